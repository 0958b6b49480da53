# SPDX-License-Identifier: BSD-2-Clause
"""Threads of phase 0 run to their end before the others start; then nothing that they alone had is held by anybody, or
translated for anybody: the machine's memory as a whole is searched for it."""

from __future__ import annotations

from pathlib import Path

from capdl.loader.test.probes import FIRST, PAGE, READ, SIGNAL, WRITE, Boot, Command, right, system, thread, with_code
from capdl.loader.test.witness import BLOCK, memory, pointers, translations
from capdl.model import Cap, Endpoint, Frame, Mapping, Notification, Object, Spec

RAM = 64 << 20
RTC, UART = 0x9010000, 0x9000000
RTC_ID, UART_ID = 0x1000000031, 0x1000000011    # the first two identification registers of PL031 and of PL011
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
    ram = memory(machine, tmp_path, RAM)
    assert pointers(ram, UART) and translations(ram, UART)          # what is left is found like this
    assert not pointers(ram, RTC) and not translations(ram, RTC)
    assert not pointers(ram, 0x42000000) and not translations(ram, 0x42000000, BLOCK)


def test_a_thread_of_the_boot_phase_that_faults_stops_the_boot(boot: Boot, probe: bytes) -> None:
    files: dict[str, bytes] = {}
    objects = [Notification("boot.done"), Endpoint("boot.faults"), *boot_thread("early", files, [(WRITE, 0x123450, 1)], [], 1),
               *thread("late", files, [])]
    machine = boot(with_code(system(*objects), probe), files)
    machine.expect(r"^loader\|loader: run boot phase: early: a fault of memory at 0x123450, instruction 0x400[0-9a-f]+$", channel="debug")
    assert machine.exit_status() != 0
    assert "late|" not in machine.debug.text
