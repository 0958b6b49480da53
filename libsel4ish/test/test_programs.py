# SPDX-License-Identifier: BSD-2-Clause
"""What the build promises of programs: sealed images are sealed, and say why when they are not; a component's writable pages
come from its read-only ones; the ready word is stored with release and read with acquire."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[1]
CROSS = "aarch64-linux-gnu-"
FLAGS = ["-std=c11", "-O2", "-g", "-ffreestanding", "-fpie", "-fno-stack-protector", "-fno-asynchronous-unwind-tables"]

# The headers that components are compiled with; the cross compiler alone brings no C library.
INCLUDE = subprocess.run([f"{CROSS}gcc", "-print-file-name=include"], capture_output=True, text=True, check=True).stdout.strip()
SYSTEM = ["-nostdinc", "-isystem", INCLUDE, "-isystem", "/usr/lib/picolibc/aarch64-linux-gnu/include"]


def compiled(folder: Path, source: str) -> Path:
    (folder / "routine.c").write_text(source)
    subprocess.run([f"{CROSS}gcc", *FLAGS, "-c", "routine.c", "-o", "routine.o"], cwd=folder, check=True)
    return folder / "routine.o"


def check(folder: Path, source: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, str(LIBRARY / "cmake/check_routines.py"), str(compiled(folder, source))],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_code_with_constants_and_calls_within_itself_is_sealed(tmp_path: Path) -> None:
    status, said = check(tmp_path, """
        static const int table[4] = { 3, 1, 4, 1 };
        __attribute__((noinline)) static int pick(unsigned i) { return table[i & 3]; }
        int routine(unsigned i) { return pick(i) + 1; }
        """)
    assert (status, said) == (0, "")


@pytest.mark.parametrize("source, line, symbol, what", [
    ("int calls;\nint routine(void) { return ++calls; }", 1, "calls", "writable data"),
    ("\nint routine(void)\n{\n    static int calls;\n    return ++calls;\n}", 4, "calls", "writable data"),
    ("int strange(int);\n\nint routine(int i)\n{\n    return 1 + strange(i);\n}", 5, "strange", "not in the image"),
    ("extern int other;\nint routine(void)\n{\n    return other;\n}", 4, "other", "not in the image"),
    ("static int a(void) { return 1; }\nint (*const table[])(void) = { a, a };\nint routine(int i) { return table[i](); }",
     2, "table", "needs a relocation"),
    ("_Thread_local int mine;\nint routine(void) { return mine; }", 1, "mine", "writable data"),
])
def test_what_cannot_be_sealed_is_named_with_symbol_and_line(tmp_path: Path, source: str, line: int, symbol: str,
                                                             what: str) -> None:
    status, said = check(tmp_path, source)
    assert status == 1
    assert re.search(rf"routine\.c:{line}: error: .*'{symbol}'.*", said), said
    assert what in said


def disassembly(folder: Path, source: str, function: str) -> str:
    includes = ["-I", str(LIBRARY / "include"), "-I", str(LIBRARY.parent / "kernel/abi")]
    program = folder / "o.o"
    subprocess.run([f"{CROSS}gcc", "-std=c11", "-O2", *SYSTEM, *includes, "-c", source, "-o", str(program)], cwd=LIBRARY, check=True)
    return subprocess.run([f"{CROSS}objdump", "-d", f"--disassemble={function}", str(program)],
                          capture_output=True, text=True, check=True).stdout


def test_the_ready_word_is_stored_with_release_and_read_with_acquire(tmp_path: Path) -> None:
    assert "stlr" in disassembly(tmp_path, "src/provider.c", "sel4ish_provider_scan")
    assert "ldar" in disassembly(tmp_path, "src/client.c", "sel4ish_ready")
