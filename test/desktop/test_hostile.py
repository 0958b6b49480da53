# SPDX-License-Identifier: BSD-2-Clause
"""Clients that spin, flood, lie, leave and die: their windows are marked or stay as they are, everybody else goes on."""

from __future__ import annotations

from sel4ish_pytest.machine import Machine
from sel4ish_pytest.plugin import MachineFactory
from sel4ish_pytest.screen import Screen

MARK = {(0x2B, 0x2F, 0x36), (0x31, 0x36, 0x3E)}
INK = (0x25, 0x30, 0x44)


def marked(screen: Screen, x: int, y: int) -> bool:
    """Is the content of a test client's window, whose frame is at x, y, nothing but stripes?"""
    return screen.part((x + 2, y + 27, x + 200, y + 175)).colours() == MARK


def draw(vm: Machine, x: int, y: int) -> None:
    """A dot in the paint program's window, and wait until it is there."""
    vm.hands.click(x, y)
    vm.expect_screen(lambda s: s.pixel(x - 2, y) == INK, "a dot")


def test_clients_that_misbehave_cost_the_others_nothing_but_time(machine: MachineFactory) -> None:
    vm = machine("hostile.yaml")
    for client in ("flood", "lie", "scribble", "leave", "die", "spin"):
        vm.expect(rf"^\[{client}\] shown: {client}", anywhere=True)
    for app in ("clock", "swarm", "paint"):
        vm.expect(rf"^\[{app}\] ready", anywhere=True)
    vm.expect(r"^\[compositor\] lie: breaks the rules of window@1", anywhere=True)
    vm.expect(r"^\[compositor\] leave: gone", anywhere=True)
    vm.expect_screen(lambda s: marked(s, 230, 560), "the mark of the client that left")
    vm.expect_screen(lambda s: marked(s, 660, 20), "the mark of the client that died")
    screen = vm.screen()
    assert screen.pixel(100, 450) == (0xC4, 0x57, 0x3F)
    assert screen.pixel(300, 450) == (0x2F, 0x9E, 0x74)
    draw(vm, 700, 520)
    draw(vm, 800, 600)
    for client in ("flood", "scribble", "spin"):
        vm.kill(client)
    vm.expect_screen(lambda s: marked(s, 20, 340) and marked(s, 20, 560), "the marks of those that were killed")
    draw(vm, 900, 560)
