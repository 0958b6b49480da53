# SPDX-License-Identifier: BSD-2-Clause
"""Programs from sources: CMake and Ninja in build/<platform>/, configured once, asked only for what a system needs."""

from __future__ import annotations

import fcntl
import subprocess
from collections.abc import Iterable
from pathlib import Path

from sysc.paths import BUILD, ROOT

TOOLCHAINS = {"qemu-virt-aarch64": "tools/cmake/aarch64-toolchain.cmake"}


class BuildFailed(Exception):
    """Sources do not compile, or no CMakeLists.txt makes what is asked for; the text is what the build printed."""


def folder(platform: str) -> Path:
    return BUILD / platform


def make(platform: str, outputs: Iterable[str]) -> None:
    """Bring these files of folder(platform) up to date. Two runs at once wait for each other."""
    where = folder(platform)
    where.mkdir(parents=True, exist_ok=True)
    with (where / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (where / "build.ninja").exists():
            _run(["cmake", "-G", "Ninja", "-S", str(ROOT), "-B", str(where),
                  f"-DCMAKE_TOOLCHAIN_FILE={ROOT / TOOLCHAINS[platform]}"])
        _run(["ninja", "-C", str(where), *sorted(set(outputs))])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
    if done.returncode:
        raise BuildFailed(done.stdout)
