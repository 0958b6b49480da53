# SPDX-License-Identifier: BSD-2-Clause
"""How far long work is, said now and then on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

EVERY = 10.0        # seconds between two lines; of work before it is told how long the rest takes


class Progress:
    def __init__(self, what: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._what, self._clock, self._start, self._next = what, clock, clock(), clock()

    def at(self, text: str, part: float) -> None:
        """`part` of all is done."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + EVERY
        worked = now - self._start
        left = f", {_time(worked * (1 / part - 1))} left" if 0 < part < 1 and worked >= EVERY else ""
        print(f"{self._what}: {text}{left}", file=sys.stderr, flush=True)


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
