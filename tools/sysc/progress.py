# SPDX-License-Identifier: BSD-2-Clause
"""How far long work is, said now and then on standard error."""

from __future__ import annotations

import sys
import time

EVERY = 10.0        # seconds between two lines


class Progress:
    def __init__(self, what: str) -> None:
        self._what, self._start, self._next = what, time.monotonic(), 0.0

    def at(self, text: str, part: float) -> None:
        """`part` of all is done."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + EVERY
        left = f", {_time((now - self._start) * (1 / part - 1))} left" if 0 < part < 1 else ""
        print(f"{self._what}: {text}{left}", file=sys.stderr, flush=True)


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
