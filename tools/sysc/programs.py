# SPDX-License-Identifier: BSD-2-Clause
"""ELF executables as facts: what of a program is loaded where, its entry point and its functions. A program that does
not keep to the components' shape is our build's mistake or its author's; the error names the file."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sysc.model import PAGE
from sysc.source import Location, SourceError

if TYPE_CHECKING:
    from elftools.elf.elffile import ELFFile

R, W, X = 4, 2, 1       # ELF's segment flags
SYMBOL = struct.Struct("<IBBHQQ")       # Elf64_Sym, read here: elftools takes longer for each than all else that a build does
FUNCTION, GLOBAL, HIDDEN, UNDEFINED = 2, 1, 2, 0        # its type, binding, visibility, and no section


@dataclass(frozen=True)
class Segment:
    """Whole pages with one set of rights. `content` is what the file holds; the rest is zero."""

    vaddr: int
    size: int
    rights: str         # "r", "rw", "rx"
    content: bytes

    @property
    def pages(self) -> int:
        return self.size // PAGE


@dataclass(frozen=True)
class Symbol:
    address: int
    size: int
    name: str


@dataclass(frozen=True)
class Program:
    name: str
    entry: int
    segments: tuple[Segment, ...]       # by address
    functions: tuple[Symbol, ...]       # by address
    entry_points: tuple[Symbol, ...]    # the global ones

    @property
    def image(self) -> bytes:
        """Every segment's content, each from a page boundary: the file that travels to the loader."""
        return b"".join(s.content + bytes(-len(s.content) % PAGE) for s in self.segments)

    def image_offset(self, index: int) -> int:
        return sum((len(s.content) + PAGE - 1) // PAGE * PAGE for s in self.segments[:index])


def load_program(path: Path, name: str) -> Program:
    # Imported by who reads a program: it takes as long as all else that a check imports.
    from elftools.common.exceptions import ELFError
    from elftools.elf.elffile import ELFFile

    try:
        with path.open("rb") as file:
            elf = ELFFile(file)
            return Program(name, int(elf["e_entry"]), tuple(sorted(_segments(elf, path), key=lambda s: s.vaddr)),
                           *_functions(elf))
    except OSError as error:
        raise SourceError(Location(str(path)), "E041", f"cannot be read: {(error.strerror or 'failed').lower()}") from None
    except ELFError as error:
        raise SourceError(Location(str(path)), "E041", f"not a program: {error}") from None


def _segments(elf: "ELFFile", path: Path) -> list[Segment]:
    found = []
    for segment in elf.iter_segments():
        if segment["p_type"] != "PT_LOAD" or not segment["p_memsz"]:
            continue
        vaddr, flags = int(segment["p_vaddr"]), int(segment["p_flags"])
        if vaddr % PAGE:
            raise SourceError(Location(str(path)), "E041", f"a segment begins at {vaddr:#x}, inside a page")
        if flags & W and flags & X:
            raise SourceError(Location(str(path)), "E041", f"the segment at {vaddr:#x} is both writable and executable")
        rights = "rw" if flags & W else "rx" if flags & X else "r"
        found.append(Segment(vaddr, (int(segment["p_memsz"]) + PAGE - 1) // PAGE * PAGE, rights, bytes(segment.data())))
    return found


def _functions(elf: "ELFFile") -> tuple[tuple[Symbol, ...], tuple[Symbol, ...]]:
    table = elf.get_section_by_name(".symtab")
    every: dict[int, Symbol] = {}
    entries: dict[str, Symbol] = {}
    if table:
        names = table.stringtable.data()
        for name, info, other, section, address, size in SYMBOL.iter_unpack(table.data()):
            if info & 15 != FUNCTION or section == UNDEFINED:
                continue
            new = Symbol(address, size, names[name:names.index(0, name)].decode())
            old = every.get(new.address)
            if old is None or (-new.size, new.name) < (-old.size, old.name):
                every[new.address] = new
            if info >> 4 == GLOBAL and other & 3 != HIDDEN:
                entries[new.name] = new
    return (tuple(every[a] for a in sorted(every)),
            tuple(sorted(entries.values(), key=lambda s: (s.address, s.name))))
