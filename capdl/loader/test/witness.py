# SPDX-License-Identifier: BSD-2-Clause
"""A machine's memory as the witness of who holds what: all of it is read from outside and searched."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from sel4ish_pytest.machine import Machine

RAM_BASE = 0x40000000
KERNEL_WINDOW = 0xffff << 48
PAGE, BLOCK = 1 << 12, 1 << 21
USER = 1 << 6                   # of a page table's entry: user mode may


def memory(machine: Machine, folder: Path, size: int) -> bytes:
    """All of RAM. The machine stands still from then on."""
    machine.qmp.command("stop")
    machine.qmp.command("pmemsave", val=RAM_BASE, size=size, filename=str(folder / "ram"))
    return (folder / "ram").read_bytes()


def pointers(ram: bytes, paddr: int) -> list[int]:
    """Where the kernel's address of that memory stands: in every capability to it."""
    return list(words_with(ram, struct.pack("<Q", KERNEL_WINDOW + paddr), 0))


def translations(ram: bytes, paddr: int, size: int = PAGE) -> list[int]:
    """Where an entry of a page table stands that lets user mode reach that memory: a page's ends in 3, a block's in 1."""
    low = USER | (3 if size == PAGE else 1)
    return [at for at in words_with(ram, struct.pack("<I", paddr >> 16), 2)
            if ram[at] & (USER | 3) == low and ram[at + 1] & 0xf0 == paddr >> 8 & 0xf0]


def words_with(ram: bytes, part: bytes, offset: int) -> Iterator[int]:
    """Where the words stand that have these bytes at that place."""
    found = ram.find(part)
    while found >= 0:
        if found % 8 == offset:
            yield found - offset
        found = ram.find(part, found + 1)
