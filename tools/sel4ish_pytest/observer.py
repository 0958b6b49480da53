# SPDX-License-Identifier: BSD-2-Clause
"""The observer plugin as Python sees it: built once, its counters read while the machine runs."""

from __future__ import annotations

import mmap
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

MEASUREMENTS = 1024
BYTES = 1 << 18
HEAD = struct.Struct("<6Q")
MEASURED = HEAD.size
BEFORE_BYTE = MEASURED + 8 * MEASUREMENTS
SIZE = BEFORE_BYTE + 8 * BYTES
SOURCE = Path(__file__).with_name("observer.c")


@dataclass(frozen=True)
class Counts:
    instructions: int
    system_calls: int
    measured_calls: int
    opened: int
    closed: int
    semihosting_calls: int
    measured: tuple[int, ...]       # instructions in each measurement that was closed


class Observer:
    """The counters of one machine. Reading costs nothing to the machine."""

    def __init__(self, path: Path) -> None:
        with path.open("w+b") as file:
            file.truncate(SIZE)
            self._memory = mmap.mmap(file.fileno(), SIZE)

    def read(self) -> Counts:
        executed, calls, measured_calls, opened, closed, semihosting = HEAD.unpack_from(self._memory)
        return Counts(executed, calls, measured_calls, opened, closed, semihosting, self._words(MEASURED, min(closed, MEASUREMENTS)))

    def before_byte(self, number: int) -> int:
        """Instructions executed when this byte of the debug channel was about to be written."""
        assert number < BYTES, "the debug channel said more than is counted"
        return self._words(BEFORE_BYTE + 8 * number, 1)[0]

    def _words(self, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f"<{count}Q", self._memory, at)


def build(directory: Path) -> Path:
    """The plugin's file, compiled if the source is newer. The caller holds the build lock."""
    plugin = directory / "observer.so"
    if not plugin.exists() or plugin.stat().st_mtime < SOURCE.stat().st_mtime:
        directory.mkdir(parents=True, exist_ok=True)
        subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", plugin, SOURCE], check=True)
    return plugin
