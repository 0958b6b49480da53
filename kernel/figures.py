#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""How large the kernel is. Input: a linked kernel, beside it what the compiler said of its calls and stacks. Output: a line
each for lines of source, bytes of instructions and the deepest stack; the same in figures.txt beside the kernel. The build runs it
on the release kernel."""

from __future__ import annotations

import argparse
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from elftools.elf.elffile import ELFFile

import stack

KERNEL = Path(__file__).resolve().parent
SOURCES = ("core/*.[ch]", "object/*.[ch]", "arch/*.[ch]", "arch/aarch64/*.[chS]", "arch/aarch64/*.lds",
           "arch/aarch64/*.def", "abi/*.def")
CHECKS = "core/invariants*"             # not in a release kernel
COMMENT = re.compile(r"/\*.*?\*/", re.S)
FILLING = {0, 0xd503201f}               # between functions: nothing, or no operation


def source_files() -> list[Path]:
    """The generic kernel, the AArch64 port and the tables."""
    return sorted(file for pattern in SOURCES for file in KERNEL.glob(pattern))


def lines(files: list[Path]) -> int:
    """Lines on which something stands that is no comment."""
    texts = (COMMENT.sub(lambda c: "\n" * c[0].count("\n"), file.read_text()) for file in files)
    return sum(bool(line.strip()) for text in texts for line in text.splitlines())


def instruction_bytes(elf: Path, section: str) -> int:
    with elf.open("rb") as file:
        text = ELFFile(file).get_section_by_name(section).data()
    return 4 * sum(word not in FILLING for (word,) in struct.iter_unpack("<I", text[:len(text) // 4 * 4]))


def figures(elf: Path) -> Iterator[str]:
    files = source_files()
    checks = set(KERNEL.glob(CHECKS))
    every = sum(file.read_text().count("\n") for file in files)
    yield (f"kernel: {lines(files):,} lines of C, assembly and tables, {every:,} with comments and empty ones; "
           f"{lines([f for f in files if f not in checks]):,} without the invariants' checks")
    yield (f"kernel: {instruction_bytes(elf, '.text'):,} bytes of instructions in {elf.name}, and "
           f"{instruction_bytes(elf, '.boot'):,} that are gone when the first task runs")
    (graph,) = elf.parent.glob(f"{elf.stem}.*.ci")
    used, chain = max(stack.deepest(stack.read(graph), entry) for entry in stack.ENTRIES)
    yield f"kernel: {used:,} of {stack.limit():,} bytes of stack at most, in {chain[0]}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("elf", type=Path)
    elf = parser.parse_args().elf
    text = "\n".join(figures(elf)) + "\n"
    elf.with_name("figures.txt").write_text(text)
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
