# SPDX-License-Identifier: BSD-2-Clause
"""The observer plugin as Python sees it: built once, its counters read while the machine runs."""

from __future__ import annotations

import mmap
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

WORDS = 5
SOURCE = Path(__file__).with_name("observer.c")


@dataclass(frozen=True)
class Counts:
    instructions: int
    system_calls: int
    measured_calls: int
    opened: int
    closed: int


class Observer:
    """The counters of one machine. Reading costs nothing to the machine."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(8 * WORDS))
        with path.open("r+b") as file:
            self._words = mmap.mmap(file.fileno(), 8 * WORDS)

    def read(self) -> Counts:
        return Counts(*struct.unpack(f"<{WORDS}Q", self._words[: 8 * WORDS]))


def build(directory: Path) -> Path:
    """The plugin's file, compiled if the source is newer. The caller holds the build lock."""
    plugin = directory / "observer.so"
    if not plugin.exists() or plugin.stat().st_mtime < SOURCE.stat().st_mtime:
        directory.mkdir(parents=True, exist_ok=True)
        subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", plugin, SOURCE], check=True)
    return plugin
