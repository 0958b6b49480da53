# SPDX-License-Identifier: BSD-2-Clause
"""Programs written against libsel4 alone, made into images by the documented command from outside the project, and booted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT, sel4ish
from sel4ish_pytest.machine import Machine

EXAMPLES, PROGRAMS = ROOT / "libsel4ish/examples", ROOT / "test/roottask/programs"
HALTED = 101        # QEMU's status when a program halts the machine
STRICT = "-Wall -Wextra -Werror -pedantic"
# Sources, the compiler's options, lines that come out in this order.
RUNS = {
    "hello": ([EXAMPLES / "hello.c"], f"{STRICT} -std=c99", [
        r"hello: node 0 of 1, domain 0, a CNode of 2\^13 slots", r"untyped +\d+: 2\^12 bytes at +0x9000000, a device",
        r"\d+ untypeds, 10\d{5} KiB of memory", r"record 6: \d+ bytes, the device tree", "hello: done"]),
    "call-benchmark": ([EXAMPLES / "call-benchmark.c"], f"{STRICT} -std=gnu11", [
        r"round 2: 10000 calls, \d+ ticks, \d+ in a call", "sum 149985000", "call-benchmark: done"]),
    "emulate": ([EXAMPLES / "emulate.c"], f"{STRICT} -std=c11", [
        r"emulated 0xd538\w+: x\d+ = 0x5e14", r"emulated 0xd5382055: x21 = 0x7c4", "ended by a fault of type 3",
        "the child saw 0x5e14 and 0x7c4", "emulate: done"]),
    "tutorial": ([PROGRAMS / "tutorial.c"], "-Wall -Wextra -Werror -std=gnu11", [
        "1 argument, root-task", "capabilities: ok", "untyped: ok, 64 notifications", "mapping: ok",
        "from 0x61: label 7, sum 55, 1 capability", "ipc: ok, 321", "faults: ok, 3 pages", "timeouts: ok, 2",
        "all is well in the universe"]),
    "process": ([PROGRAMS / "process.c"], "-Wall -Wextra -Werror", [
        "from 77: label 0x123, 0 and 0, sum 189", "fault 1: slot 0x500, a guard of 60 bits", "process: ok", "serial: ok"]),
    "deep": ([PROGRAMS / "deep.c"], "-O1 -fno-optimize-sibling-calls", [
        "deep: 0x", r"\S+ stopped: memory fault at pc 0x40\w+, (reading|writing) 0x40\w+ \(sp 0x40\w+: has the stack grown too far\?\)$"]),
    "astray-read": ([PROGRAMS / "astray.c"], "", [r"\S+ stopped: memory fault at pc 0x40\w+, reading 0x123450$"]),
    "astray-write": ([PROGRAMS / "astray.c"], "-DWRITE", [r"\S+ stopped: memory fault at pc 0x40\w+, writing 0x123450$"]),
    "astray-jump": ([PROGRAMS / "astray.c"], "-DJUMP", [r"\S+ stopped: memory fault at pc 0x123450, executing 0x123450$"]),
    "sizes": ([PROGRAMS / "sizes.c"], "-O1 -Wl,--defsym=__stack_bytes=0x80000 -Wl,--defsym=__heap_bytes=0x200000", [
        "stack: sum 5050", "heap: 1 MiB"]),
    "names": ([PROGRAMS / "names.c"], STRICT, ["names: 1 2 3 4 5 6 7 8 9", "heap: ok"]),
    "cxx": ([PROGRAMS / "shapes.cc"], STRICT, [
        "made before main", "square 9, circle 12", "gone: circle", "gone: square", "given back", "destroyed after main"]),
    "stdio": ([PROGRAMS / "stdio.c"], STRICT, ["one and two, three$", "whole$", "half at the end$"]),
    "stdio-status": ([PROGRAMS / "stdio.c"], f"{STRICT} -DSTATUS=3", ["half at the end$", "exit with status 3$"]),
    "unfinished-fault": ([PROGRAMS / "unfinished.c"], "", ["half a line$", r"\S+ stopped: user exception"]),
    "unfinished-halt": ([PROGRAMS / "unfinished.c"], "-DHALT", ["half a line$", "halted"]),
    "own-start": ([PROGRAMS / "own-start.c", PROGRAMS / "own-start.S"], f"{STRICT} -std=c99 -ffreestanding", [
        "own start: 1 record", "own start: done"]),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_program_of_libsel4_builds_with_one_command_and_runs(name: str, tmp_path: Path) -> None:
    sources, options, lines = RUNS[name]
    copies = [shutil.copy(source, tmp_path) for source in sources]
    done = sel4ish("image", "--json", "--root-task", *copies, f"--options={options}", "-o", tmp_path / "program.image")
    assert done.returncode == 0, done.stderr
    vm = Machine(json.loads(done.stdout)["machine"], tmp_path / "machine")
    try:
        for line in lines:
            vm.expect(rf"\|{line}", "debug")
    finally:
        vm.stop()


def test_what_does_not_compile_is_said_by_the_compiler(tmp_path: Path) -> None:
    (tmp_path / "bad.c").write_text("#include <sel4/sel4.h>\nint main(void) { return seL4_Nonsense; }\n")
    done = sel4ish("image", "--root-task", tmp_path / "bad.c")
    assert done.returncode == 1 and "error E040" in done.stderr and "seL4_Nonsense" in done.stderr


@pytest.mark.parametrize("arguments, said", [(["a.elf", "b.elf"], "an ELF program is one file"),
                                             (["a.elf", "--options=-O3"], "compiled already")])
def test_what_cannot_be_meant_is_said(arguments: list[str], said: str) -> None:
    done = sel4ish("image", "--root-task", *arguments)
    assert done.returncode == 2 and said in done.stderr


GONE = [("nosuch.c", "cannot be read: no such file"), ("nosuch.elf", "cannot be read: no such file"), (".", "is a folder"), ("", "is a folder")]


@pytest.mark.parametrize("path, said", GONE)
def test_what_cannot_be_read_is_a_mistake_of_the_input(path: str, said: str) -> None:
    done = sel4ish("image", "--root-task", path)
    assert done.returncode == 1 and "error E041" in done.stderr and said in done.stderr


OUTPUTS = [("first.c", "first.c is one of the files to read"), ("./other.s", "is one of the files to read"), ("lib.image", "lib.elf is one of"),
           ("first.elf", "as -o first.image"), ("", "is a folder"), (".", "is a folder"), ("nofolder/x.image", "there is no folder nofolder"),
           ("/dev/null", "no file that can be written over")]


@pytest.mark.parametrize("output, said", OUTPUTS)
def test_an_image_destroys_none_of_its_inputs(output: str, said: str, tmp_path: Path) -> None:
    inputs = {tmp_path / name: f"{name}\n" for name in ("first.c", "other.s", "lib.elf")}
    for path, text in inputs.items():
        path.write_text(text)
    done = sel4ish("image", "--root-task", *inputs, "-o", output, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr, done.stderr
    assert {path: path.read_text() for path in tmp_path.iterdir()} == inputs and Path("/dev/null").is_char_device()


def test_an_elf_program_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "x.elf").write_text("a program")
    done = sel4ish("image", "--root-task", "x.elf", "-o", "x.elf", cwd=tmp_path)
    assert done.returncode == 2 and "x.elf is one of the files to read" in done.stderr
    assert (tmp_path / "x.elf").read_text() == "a program"


UNLINKED = {"int not_main(void) { return 0; }": "define main, or _start", "int other(void);\nint main(void) { return other(); }": "`other'"}


@pytest.mark.parametrize("source", UNLINKED)
def test_what_does_not_link_is_not_said_to_be_uncompilable(source: str, tmp_path: Path) -> None:
    (tmp_path / "bad.c").write_text(source)
    done = sel4ish("image", "--root-task", tmp_path / "bad.c")
    assert done.returncode == 1 and "error E040: the program does not link" in done.stderr and UNLINKED[source] in done.stderr


def linked(folder: Path, *words: str | Path) -> str:
    """The symbols of the sizes program, whose maker gave these words to the compiler."""
    subprocess.run(["aarch64-linux-gnu-gcc", f"-specs={sel4ish('image', '--specs').stdout.strip()}", *words, "-o", folder / "p.elf"], check=True)
    return subprocess.run(["aarch64-linux-gnu-nm", folder / "p.elf"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("script", [[], ["-T", ROOT / "libsel4ish/start/root.ld"]], ids=["specs", "script"])
def test_sizes_hold_wherever_they_stand_among_the_words(script: list[str | Path], tmp_path: Path) -> None:
    def stack_bytes(*words: str | Path) -> int:
        at = {name: int(value, 16) for value, _, name in map(str.split, linked(tmp_path, *words).splitlines())}
        return at["__stack_end"] - at["__writable_start"]

    size, source = "-Wl,--defsym=__stack_bytes=0x80000", PROGRAMS / "sizes.c"
    assert stack_bytes(source, *script) == 0x8000
    assert stack_bytes(size, source, *script) == stack_bytes(*script, source, size) == 0x80000


def test_a_terminal_is_told_how_it_ends(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    command: list[str | Path] = [ROOT / "tools/sel4ish", "--no-install", "image", "--root-task", PROGRAMS / "unfinished.c",
                                "--options=-DHALT", "--run", "-o", tmp_path / "p.image"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, text=True, timeout=300, check=False)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        assert b"Ctrl-C ends it" in terminal.read(1000)
    assert done.returncode == HALTED and "half a line" in done.stdout


def test_the_command_that_json_names_shows_what_the_program_says(tmp_path: Path) -> None:
    done = sel4ish("image", "--json", "--root-task", PROGRAMS / "unfinished.c", "--options=-DHALT", "-o", tmp_path / "program.image")
    run = subprocess.run(json.loads(done.stdout)["qemu"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == HALTED and "|half a line\n" in run.stdout
