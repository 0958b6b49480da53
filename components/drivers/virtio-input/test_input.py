# SPDX-License-Identifier: BSD-2-Clause
"""Keyboard and tablet in QEMU: what QEMU is told that a person did is what clients of input@1 read."""

from __future__ import annotations

import re
from typing import Any

from sel4ish_pytest.machine import Machine
from sel4ish_pytest.plugin import MachineFactory

SYN, KEY, REL, ABS = 0, 1, 2, 3
LEFT, WHEEL = 0x110, 8
RING = 256


def start(machine: MachineFactory) -> Machine:
    vm = machine("echo.yaml")
    vm.expect(r"^\[typed\] kind 1 x 0\.\.0 y 0\.\.0$", anywhere=True)
    vm.expect(r"^\[pointed\] kind 2 x 0\.\.32767 y 0\.\.32767$", anywhere=True)
    vm.expect(r"^\[asleep\] kind 2", anywhere=True)
    return vm


def send(vm: Machine, *events: dict[str, Any]) -> None:
    vm.qmp.command("input-send-event", events=list(events))


def key(name: str, down: bool) -> dict[str, Any]:
    return {"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": name}}}


def button(name: str, down: bool) -> dict[str, Any]:
    return {"type": "btn", "data": {"down": down, "button": name}}


def place(axis: str, value: int) -> dict[str, Any]:
    return {"type": "abs", "data": {"axis": axis, "value": value}}


def expect_group(vm: Machine, component: str, *events: tuple[int, int, int]) -> None:
    text = "".join(f" {t}:{c}:{v}" for t, c, v in (*events, (SYN, 0, 0)))
    vm.expect(rf"^\[{component}\] group{re.escape(text)}$")


def test_keys_arrive_pressed_and_released_in_order(machine: MachineFactory) -> None:
    vm = start(machine)
    for name, code in (("a", 30), ("shift", 42), ("ret", 28), ("esc", 1), ("up", 103)):
        send(vm, key(name, True))
        expect_group(vm, "typed", (KEY, code, 1))
        send(vm, key(name, False))
        expect_group(vm, "typed", (KEY, code, 0))
    assert "group" not in vm.log("pointed")


def test_places_and_buttons_of_the_tablet_arrive(machine: MachineFactory) -> None:
    vm = start(machine)
    send(vm, place("x", 16384), place("y", 100))
    expect_group(vm, "pointed", (ABS, 0, 16384), (ABS, 1, 100))
    send(vm, button("left", True))
    expect_group(vm, "pointed", (KEY, LEFT, 1))
    send(vm, place("x", 0), place("y", 32767))
    expect_group(vm, "pointed", (ABS, 0, 0), (ABS, 1, 32767))
    send(vm, button("left", False))
    expect_group(vm, "pointed", (KEY, LEFT, 0))
    assert "group" not in vm.log("typed")


def test_the_wheel_turns(machine: MachineFactory) -> None:
    vm = start(machine)
    send(vm, button("wheel-up", True))
    expect_group(vm, "pointed", (REL, WHEEL, 1))
    send(vm, button("wheel-down", True))
    expect_group(vm, "pointed", (REL, WHEEL, -1))


def test_hundreds_of_events_arrive_whole_and_in_order(machine: MachineFactory) -> None:
    vm = start(machine)
    for i in range(500):
        send(vm, place("x", i), place("y", 2 * i))
        expect_group(vm, "pointed", (ABS, 0, i), (ABS, 1, 2 * i))


def test_groups_stay_whole_however_fast_events_come(machine: MachineFactory) -> None:
    vm = machine("count.yaml")
    vm.expect(r"^\[pointed\] kind 2")
    for i in range(3000):
        send(vm, place("x", i), place("y", i))
    send(vm, button("right", True))
    counts = vm.expect(r"^\[pointed\] (\d+) groups (\d+) torn$")
    assert 1 < int(counts[1]) <= 3001 and counts[2] == "0"


def test_a_client_that_does_not_read_loses_whole_groups_and_keeps_nobody_waiting(machine: MachineFactory) -> None:
    vm = start(machine)
    count = 200
    for i in range(count):
        send(vm, place("x", i), place("y", i))
        expect_group(vm, "pointed", (ABS, 0, i), (ABS, 1, i))
    kept = RING // 3
    vm.expect(rf"^\[asleep\] written {3 * kept} dropped {count - kept}$", anywhere=True)
