# SPDX-License-Identifier: BSD-2-Clause
"""QEMU's command line for a platform, without the channels: whoever starts it says where console and debug output go."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sysc.model import System

MACHINES = {
    "qemu-virt-aarch64": ("qemu-system-aarch64", "-machine", "virt,dtb-randomness=off", "-cpu", "cortex-a53", "-nodefaults"),
}


def machine(platform: str, ram_bytes: int, image: Path, options: Iterable[str] = ()) -> list[str]:
    return [*MACHINES[platform], "-m", f"{ram_bytes >> 20}M", *options, "-kernel", str(image)]


def options(system: System) -> list[str]:
    """What puts the devices there that the system's components drive."""
    used = {name.text for c in system.components for name in c.devices}
    return [word for o in system.platform.options if used & set(o.devices) for word in o.words]


def channels(debug: Path, console_fd: int) -> list[str]:
    """The serial line on a socket that is already open, the kernel's debug channel in a file."""
    return ["-display", "none",
            "-chardev", f"socket,id=console,fd={console_fd}", "-serial", "chardev:console",
            "-chardev", f"file,id=debug,path={debug}", "-semihosting-config", "enable=on,target=native,chardev=debug"]
