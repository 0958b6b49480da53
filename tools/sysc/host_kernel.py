# SPDX-License-Identifier: BSD-2-Clause
"""The kernel as a program of this computer: kernel/test's project, built in one of its flavours."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from sysc.paths import BUILD, ROOT


class BuildFailed(Exception):
    """What the compiler said."""


def program(flavour: str, name: str, compiler: str = "") -> Path:
    """The program, up to date. Whoever may build at the same time holds the build's lock."""
    folder = BUILD / "host" / flavour
    if not (folder / "build.ninja").exists():
        environment = {**os.environ, "CC": compiler} if compiler else None
        _make(["cmake", "-S", ROOT / "kernel/test", "-B", folder, "-G", "Ninja", f"-DFLAVOUR={flavour}"], environment)
    _make(["ninja", "-C", folder, name])
    return folder / name


def _make(command: list[str | Path], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise BuildFailed(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
