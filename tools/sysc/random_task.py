# SPDX-License-Identifier: BSD-2-Clause
"""The root task of test/random on a machine: its image, and how QEMU is started with it. What comes of it: random_run."""

from __future__ import annotations

from pathlib import Path

from sysc import cmake, root_task
from sysc.build import kernel_file
from sysc.image import image, payload
from sysc.qemu import machine
from sysc.text import write_if_changed

PLATFORM, PROGRAM = "qemu-virt-aarch64", "root/random.elf"


def kernel() -> Path:
    """The debug kernel's raw image."""
    return cmake.folder(PLATFORM) / kernel_file("debug")


def build(folder: Path, raw_kernel: Path | None = None) -> list[str]:
    """QEMU's command line, for another kernel if one is given. Whoever may build at the same time holds the build's lock."""
    cmake.make(PLATFORM, [PROGRAM, kernel_file("debug")])
    return command(folder, raw_kernel or kernel())


def command(folder: Path, raw_kernel: Path) -> list[str]:
    output = folder / "random.image"
    folder.mkdir(parents=True, exist_ok=True)
    program = root_task.load(cmake.folder(PLATFORM) / PROGRAM)
    write_if_changed(output, image(raw_kernel.read_bytes(), payload(program)))
    return machine(PLATFORM, 1 << 30, output.absolute())
