# SPDX-License-Identifier: BSD-2-Clause
"""Windows whose names, places, sizes, colours and order follow from a seed: the screen is what the test says it must be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from sel4ish_pytest.front_door import ROOT
from sel4ish_pytest.machine import Machine
from sel4ish_pytest.plugin import MachineFactory
from sysc.paths import BUILD

from capdl import text
from capdl.model import Connection

from .picture import HEIGHT, WIDTH, Painter, Window, on_screen

LETTERS = "abcdefghijklmnopqrstuvwxyz"
CLICKS = 3


def describe(seed: int, folder: Path) -> tuple[Path, list[Window]]:
    """Windows in the order of the description, their labels still unknown."""
    dice = random.Random(seed)
    names: list[str] = []
    while len(names) < dice.randint(3, 6):
        name = dice.choice(LETTERS) + "".join(dice.choice(LETTERS + "0123456789-") for _ in range(dice.randint(1, 10)))
        if name not in names and not name.endswith("-"):
            names.append(name)
    windows = [Window(name, 0, dice.randint(-60, WIDTH - 100), dice.randint(0, HEIGHT - 60), dice.randint(64, 420),
                      dice.randint(64, 320), dice.randrange(1 << 24)) for name in names]
    components = {
        "serial": {"source": "components/drivers/pl011", "priority": 200, "devices": ["uart0"], "provides": ["log@1", "console@1"]},
        "tablet": {"source": "components/drivers/virtio-input", "priority": 210, "devices": ["virtio_tablet"], "provides": ["input@1"]},
        "compositor": {"source": "components/services/compositor", "priority": 150, "provides": ["window@1"],
                       "uses": {"framebuffer@2": "display", "input@1": "tablet", "log@1": "serial"},
                       "options": {f"place-{i}": f"{w.name} {w.x},{w.y}" for i, w in enumerate(windows, 1)}},
        **{w.name: {"source": "components/test/window-client", "uses": {"window@1": "compositor", "log@1": "serial"},
                    "trusts_code": ["compositor"], "options": {"colour": w.colour, "width": w.width, "height": w.height}}
           for w in windows},
    }
    path = folder / "windows.yaml"
    path.write_text(yaml.safe_dump({
        "system": f"windows-{seed}", "platform": "qemu-virt-aarch64", "assume": {"dma_trusted": ["tablet"]},
        "include": str(ROOT / "components/drivers/display-ramfb.yaml"), "components": components}, sort_keys=False))
    return path, windows


def labelled(seed: int, windows: list[Window]) -> list[Window]:
    """With the labels that the kernel knows, from the lowest up: so they lie at first."""
    spec = text.read((BUILD / f"windows-{seed}" / "spec.cdl").read_text(), "spec.cdl")
    labels = {o.name.partition("/")[2]: o.label for o in spec.objects if isinstance(o, Connection) and o.name.startswith("window@1/")}
    assert set(labels) == {w.name for w in windows}
    return sorted((Window(w.name, labels[w.name], w.x, w.y, w.width, w.height, w.colour) for w in windows), key=lambda w: w.label)


def seen(windows: list[Window], x: int, y: int) -> Window | None:
    return next((w for w in reversed(windows) if w.frame[0] <= x < w.frame[2] and w.frame[1] <= y < w.frame[3]), None)


def visible(windows: list[Window], window: Window) -> bool:
    x0, y0, x1, y1 = on_screen(window.content)
    return any(seen(windows, x, y) == window for y in range(y0, y1) for x in range(x0, x1))


def expect(vm: Machine, painter: Painter, windows: list[Window], pointer: tuple[int, int], name: str) -> None:
    vm.expect_picture(painter.paint(windows, windows[-1], pointer), name)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_screen_is_what_follows_from_the_seed(machine: MachineFactory, tmp_path: Path, seed: int) -> None:
    path, windows = describe(seed, tmp_path)
    vm = machine(path)
    windows = labelled(seed, windows)
    painter = Painter(tmp_path)
    for window in windows:
        vm.expect(rf"^\[compositor\] {window.name}: window of", anywhere=True)
        if visible(windows, window):        # a window that nothing can be seen of is not told that it was shown
            vm.expect(rf"^\[{window.name}\] shown", anywhere=True)
    expect(vm, painter, windows, (WIDTH // 2, HEIGHT // 2), "untouched")
    dice = random.Random(-seed)
    clicked = 0
    while clicked < CLICKS:
        pointer = dice.randrange(WIDTH), dice.randrange(HEIGHT)
        hit = seen(windows, *pointer)
        if hit is None or hit == windows[-1]:
            continue
        vm.hands.click(*pointer)
        windows = [w for w in windows if w != hit] + [hit]
        clicked += 1
        expect(vm, painter, windows, pointer, f"click-{clicked}")
