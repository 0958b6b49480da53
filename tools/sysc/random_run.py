# SPDX-License-Identifier: BSD-2-Clause
"""One run of test/random's root task: what came of it, however it ends.

A machine that hangs is told from a slow one by its own clock, which stands still when this computer is busy elsewhere: QEMU's
real-time clock follows the instructions that were executed, and can be read from outside. A machine that sleeps and that nothing
will wake has no time at all; QEMU says so.
"""

from __future__ import annotations

import os
import re
import select
import signal
import socket
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO

from sysc import random_calls
from sysc.qmp import Qmp, QmpGone

SPEAKER, UNHANDLED, ASLEEP = "random|", "kernel|random stopped: ", "no active timers"
PANICS = ("kernel|PANIC ", "PANIC: ")       # no thread's lines begin so
PROGRESS, DONE = re.compile(r"random: (\d+) calls"), "random: done"
# One instruction is one nanosecond of the machine's time: so a seed repeats a run.
CLOCK = ("-icount", "shift=0,align=off,sleep=off", "-rtc", "clock=vm,base=1970-01-01")
CLOCK_REGISTER = 0x09010000     # seconds, of the virt machine's real-time clock
PATIENCE = 10                   # seconds of the machine's time without progress: many times what the steps between two lines take
LOOK = 2.0                      # seconds of this computer's between two looks at the machine's clock
ENDING = 5.0                    # seconds that QEMU gets to end by itself
LAST_LINES = 24                 # a panic's registers among them


@dataclass
class Run:
    """`found`: what went wrong; empty: the kernel lives, and the root task came to its end."""

    calls: int = 0              # that it told of last
    found: str = ""
    reached: random_calls.Reached = field(default_factory=lambda: random_calls.Reached({}))
    last: list[str] = field(default_factory=list)       # lines, for people


class _Hung(Exception):
    """No progress for so long that none will come."""


def play(qemu: list[str], calls: int, seed: int, heard: Callable[[int], None] = lambda calls: None,
         start: "Callable[[list[str]], Machine] | None" = None) -> Run:
    """`heard` is called with the number of calls made, whenever the machine tells it. The machine is gone when this returns."""
    machine = (start or Machine)([*qemu, "-append", f"calls={calls} seed={seed}"])
    run, last, table, found, done = Run(), deque[str](maxlen=LAST_LINES), [], "", False
    try:
        for line in machine.lines():
            last.append(line)
            text = line.removeprefix(SPEAKER) if line.startswith(SPEAKER) else ""
            if progress := PROGRESS.fullmatch(text):
                run.calls = int(progress[1])
                machine.moved()
                heard(run.calls)
            elif text and not text.startswith("random:"):
                table.append(text)
            done = done or text == DONE
            found = found or _panic(line)           # of which the kernel says more, and halts
            if complaint := _complaint(line):
                found = found or complaint
                break
    except _Hung:
        found = found or f"it hangs: no progress in {PATIENCE} s of the machine's time"
    finally:
        machine.stop()
    run.found = found or ("" if done else "it stopped")
    run.reached, run.last = random_calls.read(table), list(last)
    return run


def _panic(line: str) -> str:
    return next((line.removeprefix(words) for words in PANICS if line.startswith(words)), "")


def _complaint(line: str) -> str:
    """What nobody says while all is well."""
    if line.startswith(UNHANDLED):
        return "the root task " + line.removeprefix("kernel|random ")
    if line.startswith(f"{SPEAKER}the play: "):
        return "the root task: " + line.removeprefix(f"{SPEAKER}the play: ")
    return "it sleeps, and nothing will wake it" if line.endswith(ASLEEP) else ""


class Machine:
    """A machine that talks on the debug channel, and whose clock can be read."""

    def __init__(self, qemu: list[str]) -> None:
        ours, theirs = socket.socketpair()
        options = ["-display", "none", *CLOCK, "-chardev", "stdio,id=debug,signal=off",
                   "-semihosting-config", "enable=on,target=native,chardev=debug",
                   "-chardev", f"socket,id=control,fd={theirs.fileno()}", "-mon", "chardev=control,mode=control"]
        with theirs:
            self._process = subprocess.Popen([*qemu, *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                             stderr=subprocess.STDOUT, pass_fds=[theirs.fileno()], start_new_session=True)
        self._socket = ours
        self._control: Qmp | None = None
        self._since: int | None = None      # the machine's second in which no progress was seen first

    def lines(self) -> Iterator[str]:
        assert self._process.stdout
        return whole_lines(self._process.stdout, self._look)

    def moved(self) -> None:
        """It made progress."""
        self._since = None

    def _look(self) -> None:
        now = self._seconds()
        if now is None:
            return
        self._since = now if self._since is None else self._since
        if now - self._since > PATIENCE:
            raise _Hung

    def _seconds(self) -> int | None:
        """None: it has ended."""
        try:
            self._control = self._control or Qmp(self._socket)
            return int(self._control.monitor(f"xp /1wx {CLOCK_REGISTER:#x}").split()[-1], 16)
        except (QmpGone, ConnectionError):
            return None

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()
        self._socket.close()


def whole_lines(stream: IO[bytes], look: Callable[[], None]) -> Iterator[str]:
    """Until its end; `look` is called every now and then, whether anything comes or not."""
    rest, looked = b"", time.monotonic()
    while True:
        ready = select.select([stream], [], [], LOOK)[0]
        if time.monotonic() - looked >= LOOK:
            look()
            looked = time.monotonic()
        if not ready:
            continue
        chunk = os.read(stream.fileno(), 1 << 16)
        if not chunk:
            return
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield line.decode(errors="replace")
