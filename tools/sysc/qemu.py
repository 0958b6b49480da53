# SPDX-License-Identifier: BSD-2-Clause
"""QEMU's command line for a platform, without the channels: whoever starts it says where console and debug output go."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from sysc.model import System

MACHINES = {
    "qemu-virt-aarch64": ("qemu-system-aarch64", "-machine", "virt,dtb-randomness=off", "-cpu", "cortex-a53", "-nodefaults"),
}

DISPLAYS = ("ramfb", "bochs-display")       # devices that have a picture
WINDOWS = ("gtk", "sdl")                    # what QEMU can show it in, the better first


def machine(platform: str, ram_bytes: int, image: Path, options: Iterable[str] = ()) -> list[str]:
    return [*MACHINES[platform], "-m", f"{ram_bytes >> 20}M", *options, "-kernel", str(image)]


def options(system: System) -> list[str]:
    """What puts the devices there that the system's components drive."""
    used = {name.text for c in system.components for name in c.devices}
    return [word for o in system.platform.options if used & set(o.devices) for word in o.words]


def has_display(system: System) -> bool:
    return any(word.split(",")[0] in DISPLAYS for word in options(system))


def window(platform: str, environment: Mapping[str, str] = os.environ) -> tuple[str, str]:
    """How to show the machine's screen here: QEMU's word for it, and where that is no window, why not."""
    if not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        return "none", "there is no display here"
    command = [MACHINES[platform][0], "-display", "help"]
    offered = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False).stdout.split()
    kinds = [kind for kind in WINDOWS if kind in offered]
    return (kinds[0], "") if kinds else ("none", "this QEMU has no windows (Debian's package for them is qemu-system-gui)")


def channels(debug: Path, console_fd: int, display: str = "none") -> list[str]:
    """The serial line on a socket that is already open, the kernel's debug channel in a file, the screen in a window."""
    return ["-display", display,
            "-chardev", f"socket,id=console,fd={console_fd}", "-serial", "chardev:console",
            "-chardev", f"file,id=debug,path={debug}", "-semihosting-config", "enable=on,target=native,chardev=debug"]


def debug_terminal() -> list[str]:
    """The kernel's debug channel on this terminal, and the serial line too. Ctrl-C ends the machine."""
    return ["-display", "none", "-chardev", "stdio,id=terminal,mux=on,signal=on", "-serial", "chardev:terminal",
            "-semihosting-config", "enable=on,target=native,chardev=terminal"]


def control(listening_fd: int, connected_fd: int) -> list[str]:
    """Two control channels: one for whoever comes while the machine runs, one for whoever starts it."""
    return ["-chardev", f"socket,id=control,fd={listening_fd},server=on,wait=off", "-mon", "chardev=control,mode=control",
            "-chardev", f"socket,id=starter,fd={connected_fd}", "-mon", "chardev=starter,mode=control"]
