# SPDX-License-Identifier: BSD-2-Clause
"""Root tasks: what programs of other people's linkers look like, and what the tool says of one that cannot run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sysc import root_task
from sysc.model import PAGE
from sysc.programs import Program
from sysc.source import SourceError

SOURCE = """
int number = 42, zeros[3000];
const int constant = 7;
void _start(void) { for (;;) { number += constant + zeros[0]; } }
"""
STATIC = ["-nostdlib", "-static", "-no-pie", "-fno-pie"]
SHARED_PAGE = """
SECTIONS { . = 0x400000; .text : { *(.text*) *(.rodata*) } :t .data : { *(.data*) } :d .bss : { *(.bss*) } :d
/DISCARD/ : { *(.note*) *(.comment) *(.eh_frame*) } }
PHDRS { t PT_LOAD FLAGS(5); d PT_LOAD FLAGS(FLAGS_OF_DATA); }
ENTRY(_start)
"""


def linked(folder: Path, *options: str, source: str = SOURCE, compiler: str = root_task.COMPILER) -> Path:
    (folder / "p.c").write_text(source)
    subprocess.run([compiler, "-O1", *options, "p.c", "-o", "p.elf"], cwd=folder, check=True, capture_output=True)
    return folder / "p.elf"


def unbroken(program: Program) -> bool:
    return all(a.vaddr + a.size == b.vaddr for a, b in zip(program.segments, program.segments[1:]))


@pytest.mark.parametrize("options", [[], ["-Wl,-z,max-page-size=4096"], ["-Wl,-z,separate-code"], ["-Wl,-z,max-page-size=2097152"],
                                     ["-Wl,-Ttext-segment=0x10000000"]], ids=" ".join)
def test_a_program_of_any_linker_is_one_run_of_pages(tmp_path: Path, options: list[str]) -> None:
    program = root_task.load(linked(tmp_path, *STATIC, *options))
    assert unbroken(program) and all(s.vaddr % PAGE == 0 and s.size % PAGE == 0 for s in program.segments)
    data = next(s for s in program.segments if s.rights == "rw")
    assert (42).to_bytes(4, "little") in data.content and data.size >= 3000 * 4 > len(data.content) % PAGE
    assert any(s.rights == "rx" and s.vaddr <= program.entry < s.vaddr + s.size for s in program.segments)


def test_two_segments_that_meet_in_a_page_are_one_if_their_rights_are(tmp_path: Path) -> None:
    script = SHARED_PAGE.replace("FLAGS_OF_DATA", "5")
    (tmp_path / "l.ld").write_text(script)
    program = root_task.load(linked(tmp_path, *STATIC, "-Wl,-T,l.ld"))
    assert [s.rights for s in program.segments] == ["rx"]
    assert (42).to_bytes(4, "little") in program.segments[0].content


REFUSED = {
    "pie": (["-nostdlib", "-fpie", "-pie"], "position-independent", "-static -no-pie"),
    "dynamic": (["-nostdlib", "-no-pie", "-Wl,--dynamic-linker=/lib/ld.so,--export-dynamic", "-shared"], "position-independent", "-no-pie"),
    "object": (["-c"], "object file", "linked"),
    "rwx": ([*STATIC, "-Wl,-N"], "both writable and executable", "without -N"),
    "entry": ([*STATIC, "-Wl,-e,number"], "is no instruction", "_start"),
    "high": ([*STATIC, "-Wl,-Ttext=0x7fffffff0000"], "ends beyond", "0x400000"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_run_is_named_with_its_cure(tmp_path: Path, case: str) -> None:
    options, what, cure = REFUSED[case]
    path = linked(tmp_path, *options)
    with pytest.raises(SourceError) as mistake:
        root_task.load(path)
    assert mistake.value.code == "E041" and str(path) in str(mistake.value)
    assert what in mistake.value.what and cure in mistake.value.hint


def test_a_page_that_is_code_and_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "l.ld").write_text(SHARED_PAGE.replace("FLAGS_OF_DATA", "6"))
    with pytest.raises(SourceError, match=r"page at 0x400000 is in two segments.*\n.*separate-code"):
        root_task.load(linked(tmp_path, *STATIC, "-Wl,-T,l.ld"))


def test_a_program_for_another_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"EM_X86_64.*\n.*aarch64-linux-gnu-gcc"):
        root_task.load(linked(tmp_path, *STATIC, compiler="gcc"))


@pytest.mark.parametrize("mebibytes", [40, 1 << 24])
def test_a_program_that_has_more_pages_than_slots_is_refused(tmp_path: Path, mebibytes: int) -> None:
    path = linked(tmp_path, *STATIC)
    whole = bytearray(path.read_bytes())
    header = int.from_bytes(whole[32:40], "little")
    for n in range(int.from_bytes(whole[56:58], "little")):
        at = header + 56 * n
        if int.from_bytes(whole[at:at + 8], "little") == 0x600000001:       # PT_LOAD, read and write
            whole[at + 40:at + 48] = (mebibytes << 20).to_bytes(8, "little")
    path.write_bytes(whole)
    with pytest.raises(SourceError, match=r"MiB; the root task's CNode|ends beyond"):
        root_task.load(path)


def test_a_file_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = linked(tmp_path, *STATIC)
    whole = path.read_bytes()
    for length in (0, 3, 40, 70, 300, len(whole) // 2):
        path.write_bytes(whole[:length])
        with pytest.raises(SourceError) as mistake:
            root_task.load(path)
        assert mistake.value.code == "E041"


@pytest.mark.parametrize("name", ["p.C", "p.cc", "p.c++"])
def test_every_usual_ending_of_a_source_is_known(name: str) -> None:
    assert Path(name).suffix in root_task.SOURCES and Path(name).suffix in root_task.ENDINGS.split()
