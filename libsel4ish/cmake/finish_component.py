#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""A linked component becomes what the loader maps: .data's content moves into its read-only image, so that the writable
segment has nothing in the file, and the shape that start/component.ld promises is checked.

    finish_component.py component.elf

Afterwards: three loadable segments r-x, rw-, r-- of which no two share a page, only the first executable, the writable
one without bytes in the file."""

from __future__ import annotations

import io
import struct
import sys
from pathlib import Path
from typing import Any

from elftools.elf.elffile import ELFFile

PAGE = 4096
FLAGS = ("r-x", "rw-", "r--")
SHT_NOBITS = 8


class Mistake(Exception):
    """The program cannot be a component: why."""


def flags_text(segment: Any) -> str:
    flags = segment["p_flags"]
    return "".join(letter if flags & bit else "-" for letter, bit in (("r", 4), ("w", 2), ("x", 1)))


def check_segments(elf: ELFFile) -> None:
    loads = [s for s in elf.iter_segments() if s["p_type"] == "PT_LOAD"]
    shapes = tuple(flags_text(s) for s in loads)
    if shapes != FLAGS:
        raise Mistake(f"has the segments {', '.join(shapes)} instead of {', '.join(FLAGS)}")
    for before, after in zip(loads, loads[1:]):
        if after["p_vaddr"] % PAGE or before["p_vaddr"] + before["p_memsz"] > after["p_vaddr"]:
            raise Mistake(f"has a segment at {after['p_vaddr']:#x} that shares a page with the one before")
    for section in elf.iter_sections():
        if section["sh_type"] == "SHT_SYMTAB":
            for symbol in section.iter_symbols():
                if symbol["st_shndx"] == "SHN_UNDEF" and symbol.name and symbol["st_info"]["bind"] == "STB_GLOBAL":
                    raise Mistake(f"leaves the symbol '{symbol.name}' undefined")


def finish(content: bytearray) -> None:
    """Patch in place; nothing moves."""
    elf = ELFFile(io.BytesIO(bytes(content)))
    check_segments(elf)
    data, image = elf.get_section_by_name(".data"), elf.get_section_by_name(".data_image")
    if data is None or image is None:
        raise Mistake("was not linked with component.ld")
    symbols = elf.get_section_by_name(".symtab")
    target = symbols.get_symbol_by_name("__data_image")[0]["st_value"] - image["sh_addr"] + image["sh_offset"]
    size = data["sh_size"]
    if data["sh_type"] != "SHT_NOBITS":
        content[target:target + size] = content[data["sh_offset"]:data["sh_offset"] + size]
    for index in range(elf.num_sections()):
        if elf.get_section(index).name == ".data":
            struct.pack_into("<I", content, elf["e_shoff"] + index * elf["e_shentsize"] + 4, SHT_NOBITS)
    for index, segment in enumerate(elf.iter_segments()):
        if segment["p_type"] == "PT_LOAD" and flags_text(segment) == "rw-":
            struct.pack_into("<Q", content, elf["e_phoff"] + index * elf["e_phentsize"] + 32, 0)


def main(arguments: list[str]) -> int:
    path = Path(arguments[0])
    content = bytearray(path.read_bytes())
    try:
        finish(content)
    except Mistake as mistake:
        print(f"{path.name}: error: the program {mistake}", file=sys.stderr)
        path.unlink()
        return 1
    path.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
