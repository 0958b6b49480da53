# SPDX-License-Identifier: BSD-2-Clause
"""A person at the desktop, on either display and on the first version of its interface: the right pixels change, and no others."""

from __future__ import annotations

import pytest

from sel4ish_pytest.machine import Machine
from sel4ish_pytest.plugin import MachineFactory
from sel4ish_pytest.screen import Box, Screen

DISPLAYS = pytest.mark.parametrize("display", ["ramfb.yaml", "bochs.yaml", "fallback.yaml"])
POINTER = (13, 20)
# Frames of the windows, as parts.yaml places them: content, a title bar above, a border of a pixel around.
CLOCK: Box = (60, 60, 302, 367)
SWARM: Box = (260, 190, 622, 487)
PAINT: Box = (560, 330, 962, 657)
TITLE = 26
DEAD = (0x2B, 0x2F, 0x36)


def pointer(x: int, y: int) -> Box:
    return x, y, x + POINTER[0], y + POINTER[1]


def moved(box: Box, dx: int, dy: int) -> Box:
    return box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy


def start(machine: MachineFactory, display: str) -> Machine:
    vm = machine(display)
    for app in ("clock", "swarm", "paint"):
        vm.expect(rf"^\[compositor\] {app}: on the screen", anywhere=True)
    vm.still()
    return vm


def change(vm: Machine, before: Screen) -> Screen:
    """The next still picture that differs."""
    vm.expect_screen(lambda screen: screen.changed(before) is not None, "a change")
    return vm.still()


@DISPLAYS
def test_the_pointer_changes_where_it_was_and_where_it_is(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    before = vm.screen()
    vm.hands.move(700, 100)
    after = change(vm, before)
    assert after.same_outside(before, [pointer(512, 384), pointer(700, 100)])
    assert after.pixel(702, 106) == (255, 255, 255)


@DISPLAYS
def test_a_drag_moves_a_window_over_another_and_back(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    vm.hands.click(100, 200)                    # the clock is on top and has the focus
    vm.hands.move(1000, 10)
    before = vm.still()
    vm.hands.drag((150, 70), (350, 230))
    vm.hands.move(1000, 10)
    after = change(vm, before)
    assert after.same_outside(before, [CLOCK, moved(CLOCK, 200, 160)])
    assert after.part(moved(CLOCK, 200, 160)).changed(before.part(CLOCK)) is None
    vm.hands.drag((350, 230), (150, 70))
    vm.hands.move(1000, 10)
    assert change(vm, after).changed(before) is None


@DISPLAYS
def test_paint_draws_where_the_pointer_goes_and_c_clears(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    vm.hands.move(1000, 10)
    before = vm.still()
    vm.hands.click(613, 636)                    # the second colour
    vm.hands.drag((600, 380), (900, 560), steps=12)
    vm.hands.move(1000, 10)
    drawn = change(vm, before)
    assert drawn.same_outside(before, [(594, 374, 907, 567), (561, 617, 961, 656)])
    assert drawn.pixel(750, 470) == (0xD6, 0x45, 0x41)
    vm.hands.key("c")
    cleared = change(vm, drawn)
    assert cleared.same_outside(before, [(561, 617, 961, 656)])


def test_a_killed_client_leaves_a_mark_that_a_click_takes_away(machine: MachineFactory) -> None:
    vm = start(machine, "ramfb.yaml")
    vm.hands.move(1000, 10)
    before = vm.still()
    vm.kill("swarm")
    marked = change(vm, before)
    assert marked.same_outside(before, [SWARM])
    assert marked.pixel(262, 480) in (DEAD, (0x31, 0x36, 0x3E))
    vm.hands.click(400, 400)
    vm.hands.move(1000, 10)
    gone = change(vm, marked)
    assert gone.same_outside(before, [SWARM])
    assert gone.pixel(150, 80) == before.pixel(150, 80)
    vm.hands.key("c")
    vm.hands.drag((600, 380), (700, 380))
    assert vm.expect_screen(lambda s: s.pixel(650, 380) == (0x25, 0x30, 0x44), "a line")


def test_clients_outlive_their_compositor(machine: MachineFactory) -> None:
    vm = start(machine, "ramfb.yaml")
    before = vm.screen()
    vm.kill("compositor")
    vm.hands.move(20, 20)
    assert vm.still().changed(before) is None           # the driver leaves the last picture
    for app in ("clock", "swarm", "paint"):
        assert vm.counters(app)["faults"] == 0
