# SPDX-License-Identifier: BSD-2-Clause
"""The symbol blob: the functions of every component's program, for the supervisor, which names a fault's place.

    u32 "4sym", u32 programs
    programs times: char component[32], u32 symbols, u32 offset of the first
    symbols, by address: u64 address, u32 size, u32 offset of the name
    names, each ended by 0

Offsets count from the blob's start; little endian; components that run one program share its symbols."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from sysc.programs import Program

MAGIC = int.from_bytes(b"4sym", "little")
HEAD, TABLE, SYMBOL = struct.Struct("<II"), struct.Struct("<32sII"), struct.Struct("<QII")


def blob(programs: Mapping[str, Program]) -> bytes:
    """By component name; sorted."""
    own = {p.name: p for p in programs.values()}
    start = HEAD.size + TABLE.size * len(programs)
    first: dict[str, int] = {}
    for name in sorted(own):
        first[name] = start
        start += SYMBOL.size * len(own[name].functions)
    names = bytearray()
    place: dict[str, int] = {}
    rows = []
    for name in sorted(own):
        for symbol in own[name].functions:
            if symbol.name not in place:
                place[symbol.name] = start + len(names)
                names += symbol.name.encode() + b"\0"
            rows.append(SYMBOL.pack(symbol.address, symbol.size & 0xffffffff, place[symbol.name]))
    tables = [TABLE.pack(component.encode(), len(programs[component].functions), first[programs[component].name])
              for component in sorted(programs)]
    return HEAD.pack(MAGIC, len(programs)) + b"".join(tables) + b"".join(rows) + bytes(names)
