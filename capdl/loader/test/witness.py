# SPDX-License-Identifier: BSD-2-Clause
"""A machine's memory as the witness of who holds what: all of it is read from outside and searched."""

from __future__ import annotations

import re
import struct
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
    wanted = re.compile(re.escape(struct.pack("<Q", KERNEL_WINDOW + paddr)))
    return [m.start() for m in wanted.finditer(ram) if m.start() % 8 == 0]


def translations(ram: bytes, paddr: int, size: int = PAGE) -> list[int]:
    """Where an entry of a page table stands that lets user mode reach that memory: a page's ends in 3, a block's in 1."""
    address = paddr.to_bytes(6, "little")
    flags = b"[" + b"".join(b"\\x%02x" % (address[1] | n) for n in range(16)) + b"]"
    wanted = re.compile(b"(?s)." + flags + re.escape(address[2:]) + b"..")
    low = USER | (3 if size == PAGE else 1)
    return [m.start() for m in wanted.finditer(ram) if m.start() % 8 == 0 and ram[m.start()] & (USER | 3) == low]
