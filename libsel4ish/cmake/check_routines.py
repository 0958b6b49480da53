#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The objects of a sealed image, before they are linked: nothing writable, nothing that needs its address, nothing from
elsewhere. Prints every violation with the symbol and the source line, and fails.

    check_routines.py [--addr2line PROGRAM] a.o b.o …

The linker script asserts the same of the result, but cannot say whose fault it is."""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

from elftools.elf.elffile import ELFFile
from elftools.elf.relocation import RelocationSection

ALLOC, WRITE = 2, 1
# Relocations that an absolute address or the global offset table stands behind (ELF for the Arm 64-bit architecture, 5.7).
ABSOLUTE = range(257, 260)          # ABS64, ABS32, ABS16
MOVW_ABSOLUTE = range(263, 273)     # movz/movk and signed forms of an absolute address
GOT = range(300, 314)
TLS = range(512, 574)


@dataclass(frozen=True, order=True)
class Violation:
    """One thing that keeps the image from being sealed."""

    where: str
    what: str


def spoken(symbol: str) -> str:
    """The name as the source has it: the compiler numbers variables that live within functions."""
    return symbol.split(".")[0] if not symbol.startswith(".") else symbol


def source_file(program: Any, index: int) -> str:
    """A file of a unit's line table, as the compiler was told it (DWARF 5 counts from 0, with the unit's own folder first)."""
    five = program["version"] >= 5
    entry = program["file_entry"][index if five else index - 1]
    folder = program["include_directory"][entry.dir_index if five else entry.dir_index - 1] if entry.dir_index else b""
    return str(Path(folder.decode()) / entry.name.decode())


class Object:
    """One object file, opened once."""

    def __init__(self, path: Path, addr2line: str) -> None:
        self.path, self._addr2line = path, addr2line
        self._file = path.open("rb")
        self.elf = ELFFile(self._file)
        self.symbols = list(self.elf.get_section_by_name(".symtab").iter_symbols())

    def section(self, index: int | str) -> Any:
        return self.elf.get_section(index) if isinstance(index, int) else None

    def line(self, section: str, offset: int) -> str:
        """file:line of code."""
        found = subprocess.run([self._addr2line, "-e", str(self.path), "-j", section, hex(offset)],
                               capture_output=True, text=True, check=True).stdout.strip()
        return found.split(" ")[0] if not found.startswith("??") else self.path.name

    def declaration(self, variable: str) -> str:
        """file:line where a variable is declared."""
        if not self.elf.has_dwarf_info():
            return self.path.name
        dwarf = self.elf.get_dwarf_info()
        for unit in dwarf.iter_CUs():
            for die in unit.iter_DIEs():
                name = die.attributes.get("DW_AT_name")
                line, file = die.attributes.get("DW_AT_decl_line"), die.attributes.get("DW_AT_decl_file")
                if die.tag == "DW_TAG_variable" and line and file and name and name.value.decode() == spoken(variable):
                    return f"{source_file(dwarf.line_program_for_CU(unit), file.value)}:{line.value}"
        return self.path.name

    def holder(self, section_index: int, offset: int) -> str | None:
        """The data symbol that covers a place."""
        for symbol in self.symbols:
            start = symbol["st_value"]
            if (symbol["st_shndx"] == section_index and symbol["st_info"]["type"] == "STT_OBJECT"
                    and start <= offset < start + max(1, symbol["st_size"])):
                return str(symbol.name)
        return None


def defined(objects: list[Object]) -> set[str]:
    return {s.name for o in objects for s in o.symbols if s["st_shndx"] != "SHN_UNDEF" and s.name}


def writable_data(o: Object) -> Iterator[Violation]:
    for symbol in o.symbols:
        where = symbol["st_shndx"]
        common = where == "SHN_COMMON"
        section = o.section(where)
        writable = section is not None and section["sh_flags"] & WRITE and section["sh_flags"] & ALLOC
        # const data that holds addresses lies in .data.rel.ro: it is told as what it is, a relocation.
        if writable and section.name.startswith(".data.rel.ro"):
            continue
        if symbol["st_info"]["type"] in ("STT_OBJECT", "STT_TLS") and (common or writable):
            yield Violation(o.declaration(symbol.name), f"'{spoken(symbol.name)}' is writable data: a sealed image has none")


def bad_reference(o: Object, kind: int, symbol: Any, known: set[str]) -> str | None:
    if symbol["st_shndx"] == "SHN_UNDEF" and symbol.name and symbol.name not in known:
        return f"'{symbol.name}' is not in the image: routines call and read nothing from elsewhere"
    name = symbol.name or (o.section(symbol["st_shndx"]).name if o.section(symbol["st_shndx"]) else "?")
    if kind in ABSOLUTE or kind in MOVW_ABSOLUTE:
        return f"the address of '{name}' is stored: a sealed image runs at any address, so it needs a relocation"
    if kind in GOT:
        return f"'{name}' is reached through a table of addresses: it needs a relocation"
    if kind in TLS:
        return f"'{name}' is thread-local: a sealed image has no data of its own"
    return None


def references(o: Object, known: set[str]) -> Iterator[Violation]:
    for section in o.elf.iter_sections():
        if not isinstance(section, RelocationSection):
            continue
        target = o.elf.get_section(section["sh_info"])
        if not target["sh_flags"] & ALLOC or target.name.startswith(".eh_frame"):
            continue
        for relocation in section.iter_relocations():
            symbol = o.symbols[relocation["r_info_sym"]]
            what = bad_reference(o, relocation["r_info_type"], symbol, known)
            if what is None:
                continue
            holder = o.holder(section["sh_info"], relocation["r_offset"])
            where = o.declaration(holder) if holder else o.line(target.name, relocation["r_offset"])
            yield Violation(where, what + (f" (in '{holder}')" if holder else ""))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--addr2line", default="aarch64-linux-gnu-addr2line")
    parser.add_argument("objects", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    objects = [Object(path, options.addr2line) for path in options.objects]
    known = defined(objects)
    found = {v for o in objects for v in (*writable_data(o), *references(o, known))}
    for violation in sorted(found):
        print(f"{violation.where}: error: {violation.what}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
