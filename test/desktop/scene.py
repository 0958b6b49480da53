# SPDX-License-Identifier: BSD-2-Clause
"""The project's own desktop, changed for a test: another display driver, frozen programs, further components."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import yaml

from sel4ish_pytest.front_door import ROOT
from sel4ish_pytest.machine import Machine

FROZEN: dict[str, dict[str, Any]] = {
    "clock": {"options": {"frozen": 1}},
    "swarm": {"options": {"frozen": 1}},
}
WINDOWS = {"clock": (660, 64, 242, 307), "paint": (72, 96, 402, 327), "swarm": (420, 390, 362, 297)}    # frames: x, y, width, height


def desktop(folder: Path, display: str = "ramfb", changes: dict[str, dict[str, Any]] = FROZEN,
            more: dict[str, dict[str, Any]] | None = None, without: tuple[str, ...] = ()) -> Path:
    """A description in `folder`: system.yaml with keys of some components changed, some added, some left out. Whoever changes
    who is there, changes the policies' subject: they are left out."""
    description: dict[str, Any] = yaml.safe_load((ROOT / "system.yaml").read_text())
    description["include"] = str(ROOT / "components" / "drivers" / f"display-{display}.yaml")
    components = description["components"]
    for name, keys in changes.items():
        for key, value in keys.items():
            old = components[name].get(key)
            components[name][key] = {**old, **value} if isinstance(old, dict) else value
    for name in without:
        del components[name]
    components.update(more or {})
    if more or without:
        del description["policy"]
    content = yaml.safe_dump(description)
    description["system"] = f"scene-{zlib.crc32(content.encode()):08x}"       # its own folder: others build system.yaml at any time
    path = folder / "desktop.yaml"
    path.write_text(yaml.safe_dump(description, sort_keys=False))
    return path


def expect_windows(vm: Machine, *names: str) -> None:
    for name in names:
        vm.expect(rf"^\[compositor\] {name}: on the screen", anywhere=True)
