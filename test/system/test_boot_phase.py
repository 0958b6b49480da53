# SPDX-License-Identifier: BSD-2-Clause
"""A described system with a boot phase: it comes first, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

from capdl.loader.test.witness import memory, pointers, translations
from sel4ish_pytest.plugin import MachineFactory

RAM, TOP = 64 << 20, 0x43e00000         # of the description; below the kernel's share
RTC, UART = 0x9010000, 0x9000000
WORDS = {"page": TOP - 4096, "block": TOP - (4 << 20)}      # from the top down, to a multiple of their page


def test_it_comes_first_is_told_where_its_memory_lies_and_leaves_nothing(machine: MachineFactory, tmp_path: Path) -> None:
    vm = machine("test/system/boot_phase.yaml")
    for name, place in WORDS.items():
        vm.expect(rf"^early\|memory {name}: \d+ bytes at {place:#x}$", channel="debug")
    vm.expect(r"^early\|memory any: 12288 bytes at 0$", channel="debug")
    vm.expect(r"^early\|done$", channel="debug")
    vm.expect(r"^spinner\|spinning$", channel="debug")
    ram = memory(vm, tmp_path, RAM)
    assert pointers(ram, UART) and translations(ram, UART)
    for place in (RTC, *WORDS.values()):
        assert not pointers(ram, place) and not translations(ram, place), hex(place)


def test_its_fault_stops_the_boot_with_its_name(machine: MachineFactory, tmp_path: Path) -> None:
    description = tmp_path / "system.yaml"
    text = Path(__file__).with_name("boot_phase.yaml").read_text()
    description.write_text(text.replace("boot-phase", "boot-fault").replace("phase: boot,", "phase: boot, options: {fault: 1},"))
    vm = machine(description)
    vm.expect(r"^loader\|loader: run boot phase: early: a fault of memory at 0x30000000, instruction 0x40[0-9a-f]+$", channel="debug")
    assert vm.exit_status() != 0
    assert "spinn" not in vm.console.text and "early|done" not in vm.debug.text
