# SPDX-License-Identifier: BSD-2-Clause
"""What the desktop costs, in instructions of the whole machine unless it says otherwise: kernel, drivers, compositor, programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sel4ish_pytest.machine import Machine
from sysc.commands.bench import Boot, Figure

HERE = Path(__file__).parent
SMALL, LARGE = (64, 64), (448, 320)
SECONDS = 3
MOVES = {"over the backdrop": ((40, 700), (48, 708)), "over a window": ((600, 120), (608, 128))}


def figures(boot: Boot) -> Iterator[Figure]:
    yield from composition(boot(HERE / "marked.yaml"))
    vm = boot(HERE / "still.yaml")
    yield from frames(vm)
    yield from moves(vm)
    yield from idle(boot(HERE / "ticking.yaml"))


def composition(vm: Machine) -> Iterator[Figure]:
    yield Figure("opaque composition, a pixel (compositor alone)", slope(vm))


def frames(vm: Machine) -> Iterator[Figure]:
    yield Figure("a pixel from a client's surface to the display's memory", slope(vm))
    yield Figure("a frame that shows one pixel, from the client's store until it knows", show(vm, (1, 1)))


def moves(vm: Machine) -> Iterator[Figure]:
    """Nothing else happens: all that the machine does until it sleeps again is because of the move."""
    for where, (first, second) in MOVES.items():
        vm.hands.move(*first)
        before = vm.until_idle()
        vm.hands.move(*second)
        yield Figure(f"pointer move {where}, from the device to the screen", vm.until_idle() - before)


def idle(vm: Machine) -> Iterator[Figure]:
    vm.expect(r"^\[meter\] shown")
    vm.type(f"@meter seconds {SECONDS}")
    vm.expect(rf"^\[meter\] slept {SECONDS} seconds")
    yield Figure("idle second in which the clock ticks (and who counts wakes up)", vm.observe().measured[-1])


def slope(vm: Machine) -> float:
    """What one pixel more costs."""
    vm.expect(r"^\[meter\] shown")
    return (show(vm, LARGE) - show(vm, SMALL)) / (area(LARGE) - area(SMALL))


def area(size: tuple[int, int]) -> int:
    return size[0] * size[1]


def show(vm: Machine, size: tuple[int, int]) -> int:
    """Damage of that size, and the one measurement that was made of it."""
    vm.until_idle()
    before = vm.observe().closed
    vm.type(f"@meter show {size[0]} {size[1]}")
    vm.expect(rf"^\[meter\] shown {size[0]} x {size[1]}")
    counts = vm.observe()
    assert counts.closed == before + 1, f"{counts.closed - before} measurements"
    return counts.measured[-1]
