# SPDX-License-Identifier: BSD-2-Clause
"""The kernel's platform table (kernel/arch/<arch>/<machine>.def) as data: the one place where addresses and interrupts
of devices are written, read by the kernel's C and by this; and what QEMU must be told so that they are there."""

from __future__ import annotations

import re
from pathlib import Path

from sysc.model import Device, Platform, QemuOption

# A description's name for a platform, and where the table is.
PLATFORMS = {"qemu-virt-aarch64": "kernel/arch/aarch64/qemu-virt.def"}

ROW = re.compile(r"^\s*([A-Z]+)\(([^)]*)\)", re.MULTILINE)
QEMU_ROW = re.compile(r'^\s*"([^"]*)"\s*,(.*)$', re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def load_platform(root: Path, name: str) -> Platform:
    """The table of a platform that PLATFORMS names. A malformed table is our mistake, not a user's."""
    file = root / PLATFORMS[name]
    devices: list[Device] = []
    places: dict[str, int] = {}
    options: list[QemuOption] = []
    for kind, arguments in ROW.findall(COMMENT.sub("", file.read_text())):
        cells = [cell.strip() for cell in arguments.split(",")]
        if kind == "DEVICE":
            devices.append(_device(cells))
        elif kind == "QEMU":
            options.append(_option(arguments))
        elif kind in ("RAM", "IMAGE"):
            places[kind] = int(cells[0], 0)
    return Platform(name, tuple(devices), places["RAM"], places["IMAGE"], tuple(options), file)


def _device(cells: list[str]) -> Device:
    name, base, size, irq, trigger, driver, beyond = cells
    assert trigger in ("level", "edge") and driver in ("kernel", "user") and beyond in ("none", "dma"), name
    return Device(name, int(base, 0), int(size, 0), int(irq, 0), trigger == "edge", driver == "user", beyond == "dma")


def _option(arguments: str) -> QemuOption:
    row = QEMU_ROW.match(arguments)
    assert row, arguments
    return QemuOption(tuple(row[1].split()), tuple(cell.strip() for cell in row[2].split(",")))
