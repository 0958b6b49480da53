# SPDX-License-Identifier: BSD-2-Clause
"""Threads of phase 0 run to their end before the others start; then nothing that they alone had is held by anybody, or
translated for anybody: the machine's memory as a whole is searched for it."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from capdl.loader.test.probes import FIRST, PAGE, READ, SIGNAL, WRITE, Boot, Command, right, system, thread, with_code
from capdl.model import Cap, Endpoint, Frame, Mapping, Notification, Object, Spec
from sel4ish_pytest.machine import Machine

RAM, RAM_BASE = 64 << 20, 0x40000000
KERNEL_WINDOW = 0xffff << 48
RTC, UART = 0x9010000, 0x9000000
RTC_ID, UART_ID = 0x1000000031, 0x1000000011    # the first two identification registers of PL031 and of PL011
USER = 1 << 6                                   # of an entry
DONE = 2                                        # slot of the notification


def boot_thread(name: str, files: dict[str, bytes], commands: list[Command], mappings: list[Mapping], badge: int,
                slots: tuple[tuple[int, Cap], ...] = ()) -> list[Object]:
    return thread(name, files, [*commands, (SIGNAL, DONE, 0)], mappings, ((DONE, Cap("boot.done", "w", badge)), *slots), phase=0,
                  faults=Cap("boot.faults", "wg", badge))


def phased(files: dict[str, bytes]) -> Spec:
    """Two threads of the boot phase, one with a device of its own, one with a device that the steady thread has too."""
    device = [Frame("rtc", paddr=RTC, device=True), Frame("uart", paddr=UART, device=True)]
    rtc, uart = Mapping(FIRST, "rtc", "rw", False), Mapping(FIRST + PAGE, "uart", "rw", False)
    shared = Mapping(FIRST + 2 * PAGE, "shared", "rw")
    return system(
        *device, Frame("shared"), Frame("private", 21, 0x42000000), Notification("boot.done"), Endpoint("boot.faults"),
        *boot_thread("early", files, [(READ, rtc.vaddr + 0xfe0, RTC_ID), (WRITE, shared.vaddr, 7)],
                     [rtc, shared, Mapping(0x40000000, "private", "rw")], 1),
        *boot_thread("other", files, [(READ, uart.vaddr + 0xfe0, UART_ID), (WRITE, shared.vaddr + 8, 9)], [uart, shared], 2),
        *thread("late", files, [(READ, shared.vaddr, 7), (READ, shared.vaddr + 8, 9), (READ, uart.vaddr + 0xfe0, UART_ID)],
                [uart, shared], priority=200))


def ram(machine: Machine, folder: Path) -> bytes:
    machine.qmp.command("stop")
    machine.qmp.command("pmemsave", val=RAM_BASE, size=RAM, filename=str(folder / "ram"))
    return (folder / "ram").read_bytes()


def pointers(memory: bytes, paddr: int) -> list[int]:
    """Where the kernel's address of that memory stands: in every capability to it."""
    wanted = re.compile(re.escape(struct.pack("<Q", KERNEL_WINDOW + paddr)))
    return [m.start() for m in wanted.finditer(memory) if m.start() % 8 == 0]


def translations(memory: bytes, paddr: int, size: int) -> list[int]:
    """Where an entry of a page table stands that lets user mode reach that memory: a page's ends in 3, a block's in 1."""
    address = paddr.to_bytes(6, "little")
    flags = b"[" + b"".join(b"\\x%02x" % (address[1] | n) for n in range(16)) + b"]"
    wanted = re.compile(b"(?s)." + flags + re.escape(address[2:]) + b"..")
    low = USER | (3 if size == PAGE else 1)
    return [m.start() for m in wanted.finditer(memory) if m.start() % 8 == 0 and memory[m.start()] & (USER | 3) == low]


def test_the_boot_phase_ends_before_the_others_start(boot: Boot, probe: bytes) -> None:
    """The steady thread has the higher priority and still finds what both have written."""
    files: dict[str, bytes] = {}
    machine = boot(with_code(phased(files), probe), files, ram=RAM)
    right(machine, "late")
    assert machine.debug.text.endswith("late|R\n")      # what the others said behind their signals, they said before


def test_what_only_the_boot_phase_had_is_held_and_mapped_by_nobody(boot: Boot, probe: bytes, tmp_path: Path) -> None:
    files: dict[str, bytes] = {}
    machine = boot(with_code(phased(files), probe), files, ram=RAM)
    right(machine, "late")
    memory = ram(machine, tmp_path)
    assert pointers(memory, UART) and translations(memory, UART, PAGE)          # what is left is found like this
    assert not pointers(memory, RTC) and not translations(memory, RTC, PAGE)
    assert not pointers(memory, 0x42000000) and not translations(memory, 0x42000000, 2 << 20)


def test_a_thread_of_the_boot_phase_that_faults_stops_the_boot(boot: Boot, probe: bytes) -> None:
    files: dict[str, bytes] = {}
    objects = [Notification("boot.done"), Endpoint("boot.faults"), *boot_thread("early", files, [(WRITE, 0x123450, 1)], [], 1),
               *thread("late", files, [])]
    machine = boot(with_code(system(*objects), probe), files)
    machine.expect(r"^loader\|loader: run boot phase: early: a fault of memory at 0x123450, instruction 0x400[0-9a-f]+$", channel="debug")
    assert machine.exit_status() != 0
    assert "late|" not in machine.debug.text
