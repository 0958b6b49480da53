# SPDX-License-Identifier: BSD-2-Clause
"""The root task of test/random on a machine: its image, and what it says while it runs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sysc import cmake, root_task
from sysc.build import kernel_file
from sysc.image import image, payload
from sysc.qemu import machine
from sysc.text import write_if_changed

PLATFORM, PROGRAM, DONE, PANIC = "qemu-virt-aarch64", "root/random.elf", "random|random: done", "PANIC"
# One instruction is one nanosecond of the machine's time: so a seed repeats a run.
CLOCK = ("-icount", "shift=0,align=off,sleep=off")


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


def lines(qemu: list[str], calls: int, seed: int) -> Iterator[str]:
    """What the debug channel says until the machine halts; then it is gone."""
    options = ["-append", f"calls={calls} seed={seed}", "-display", "none", *CLOCK, "-chardev", "stdio,id=debug,signal=off",
               "-semihosting-config", "enable=on,target=native,chardev=debug"]
    running = subprocess.Popen([*qemu, *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, errors="replace")
    assert running.stdout
    try:
        for line in running.stdout:
            yield line.rstrip("\n")
    finally:
        running.kill()
        with suppress(ValueError):
            running.stdout.close()
        running.wait()
