# SPDX-License-Identifier: BSD-2-Clause
"""Both display drivers in QEMU: what a client of framebuffer damaged is on the screen, to the pixel, and nothing else.

The client (components/test/screen-pattern) draws and shows what is typed; pattern() here is its pattern.h."""

from __future__ import annotations

import functools
import re

import pytest
from PIL import Image

from sel4ish_pytest.machine import Machine
from sel4ish_pytest.plugin import MachineFactory
from sel4ish_pytest.screen import Box, Screen

WIDTH, HEIGHT = 1024, 768
DISPLAYS = pytest.mark.parametrize("display", ["ramfb.yaml", "bochs.yaml"])


@functools.cache
def pattern(n: int) -> Screen:
    rows = (bytes(c & 0xFF for x in range(WIDTH) for c in (7 * x + 31 * n, 5 * y + 17 * n, (x ^ y) + 13 * n)) for y in range(HEIGHT))
    return Screen(Image.frombytes("RGB", (WIDTH, HEIGHT), b"".join(rows)))


def black() -> Screen:
    return Screen(Image.new("RGB", (WIDTH, HEIGHT)))


def over(below: Screen, above: Screen, *boxes: Box) -> Screen:
    """`below`, with what `above` has in these boxes."""
    image = below.image.copy()
    for box in boxes:
        image.paste(above.image.crop(box), box[:2])
    return Screen(image)


def start(machine: MachineFactory, display: str) -> Machine:
    vm = machine(display)
    vm.expect(r"^\[damage\] framebuffer@2: 1024x768$", anywhere=True)
    vm.expect(r"^\[whole\] framebuffer@1: 1024x768$", anywhere=True)
    return vm


def tell(vm: Machine, client: str, line: str, answer: str) -> None:
    vm.type(f"@{client} {line}")
    vm.expect(rf"^\[{client}\] {re.escape(answer)}")


def show(vm: Machine, x: int, y: int, width: int, height: int) -> None:
    tell(vm, "damage", f"show {x} {y} {width} {height}", "shown")


def assert_shows(vm: Machine, expected: Screen) -> None:
    screen = vm.screen()
    assert screen.size == (WIDTH, HEIGHT)
    assert screen.changed(expected) is None


@DISPLAYS
def test_the_screen_is_black_until_somebody_draws(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    tell(vm, "damage", "draw 1", "drawn 1")
    assert_shows(vm, black())


@DISPLAYS
def test_damage_draws_what_was_damaged_and_nothing_else(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    tell(vm, "damage", "draw 1", "drawn 1")
    show(vm, 0, 0, WIDTH, HEIGHT)
    assert_shows(vm, pattern(1))
    tell(vm, "damage", "draw 2", "drawn 2")
    assert_shows(vm, pattern(1))
    show(vm, 101, 203, 57, 31)
    show(vm, 0, 767, 1, 1)
    assert_shows(vm, over(pattern(1), pattern(2), (101, 203, 158, 234), (0, 767, 1, 768)))


@DISPLAYS
def test_damage_beyond_the_screen_is_cut_off_at_its_edge(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    tell(vm, "damage", "draw 3", "drawn 3")
    for rect in ((1000, 700, 65535, 65535), (1024, 0, 1, 768), (0, 768, 1024, 1), (65535, 65535, 65535, 65535), (5, 5, 0, 9)):
        show(vm, *rect)
    assert_shows(vm, over(black(), pattern(3), (1000, 700, 1024, 768)))


@DISPLAYS
def test_version_1_shows_the_whole_surface_when_it_is_rung(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    tell(vm, "whole", "draw 4", "drawn 4")
    assert_shows(vm, black())
    tell(vm, "whole", "show 0 0 1 1", "shown 1")
    assert_shows(vm, pattern(4))
    tell(vm, "damage", "draw 5", "drawn 5")
    show(vm, 10, 10, 20, 20)
    assert_shows(vm, over(pattern(4), pattern(5), (10, 10, 30, 30)))
    tell(vm, "whole", "show 0 0 1 1", "shown 2")
    assert_shows(vm, pattern(4))


@DISPLAYS
def test_a_client_that_lies_about_its_damage_draws_nothing_and_is_named(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    tell(vm, "damage", "draw 6", "drawn 6")
    tell(vm, "damage", "lie", "lied")
    vm.expect(r"^\[display\] damage broke its damage ring", anywhere=True)
    assert_shows(vm, black())
    show(vm, 1, 2, 3, 4)
    assert_shows(vm, over(black(), pattern(6), (1, 2, 4, 6)))


@DISPLAYS
def test_a_client_that_floods_keeps_nobody_elses_pixels_away(machine: MachineFactory, display: str) -> None:
    vm = start(machine, display)
    vm.type("@damage storm 1000")
    tell(vm, "whole", "draw 7", "drawn 7")
    tell(vm, "whole", "show 0 0 1 1", "shown 1")
    vm.expect(r"^\[damage\] stormed$", anywhere=True)


def test_both_drivers_show_the_same_pixels(machine: MachineFactory) -> None:
    screens = []
    for display in ("ramfb.yaml", "bochs.yaml"):
        vm = start(machine, display)
        tell(vm, "damage", "draw 8", "drawn 8")
        show(vm, 3, 5, 1000, 700)
        screens.append(vm.screen())
    assert screens[0].changed(screens[1]) is None
    assert screens[0].changed(black()) == (3, 5, 1003, 705)


def test_a_driver_that_polls_shows_what_nobody_rang_for(machine: MachineFactory) -> None:
    vm = start(machine, "polling.yaml")
    tell(vm, "damage", "draw 11", "drawn 11")
    show(vm, 0, 0, 500, 500)
    tell(vm, "damage", "draw 12", "drawn 12")
    show(vm, 1, 1, 10, 10)
    assert_shows(vm, over(black(), over(pattern(11), pattern(12), (1, 1, 11, 11)), (0, 0, 500, 500)))


def test_a_set_up_that_fails_says_why_and_nothing_runs(machine: MachineFactory) -> None:
    vm = machine("misplaced.yaml")
    vm.expect(r"^display-setup\|.*the display's memory cannot be at 0x10001000$", channel="debug")
    vm.expect(r"^loader\|loader: run boot phase: display-setup: ", channel="debug")
    assert vm.exit_status() == 101
    assert "ready" not in vm.console.text


def test_a_display_driver_that_dies_leaves_its_picture_and_its_clients(machine: MachineFactory) -> None:
    vm = start(machine, "ramfb.yaml")
    tell(vm, "damage", "draw 9", "drawn 9")
    show(vm, 0, 0, WIDTH, HEIGHT)
    vm.kill("display")
    assert_shows(vm, pattern(9))
    tell(vm, "damage", "draw 10", "drawn 10")
    assert_shows(vm, pattern(9))
