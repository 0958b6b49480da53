# SPDX-License-Identifier: BSD-2-Clause
"""A picture of a running machine's screen: taken by whoever started it when the picture is worth it, or by somebody else
through the control socket that every run leaves in build/<system>/.

Invariant: a picture file is there whole or not at all."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sysc.console import Watcher
from sysc.qmp import Qmp, QmpError, QmpGone

SOCKET = "control"
SAME_LOOKS = 5          # in a row: the picture stands still
LOOK = 0.2              # seconds between two
QUIET = 1.0             # seconds without a line: the components have started
MOVING = 4.0            # seconds without a line after which a picture that always moves is taken as it is
LONGEST = 120.0         # seconds after which there will be no picture


class NothingRuns(Exception):
    """No machine listens there."""


@contextmanager
def listening(folder: Path) -> Iterator[socket.socket]:
    """The control socket of a run, for QEMU to answer on. Its file goes when the run ends, unless another run took it over."""
    listener = socket.socket(socket.AF_UNIX)
    path = folder / SOCKET
    path.unlink(missing_ok=True)
    with _short(path) as name:
        listener.bind(name)
    listener.listen()
    mine = path.stat().st_ino
    try:
        yield listener
    finally:
        listener.close()
        if path.exists() and path.stat().st_ino == mine:
            path.unlink()


def connect(folder: Path) -> Qmp:
    """To the machine that runs from this folder. Raises NothingRuns."""
    client = socket.socket(socket.AF_UNIX)
    try:
        with _short(folder / SOCKET) as name:
            client.connect(name)
    except (FileNotFoundError, ConnectionRefusedError):
        client.close()
        raise NothingRuns from None
    return Qmp(client)


@contextmanager
def _short(path: Path) -> Iterator[str]:
    """A name for a socket file that is short however deep the file lies: the kernel takes 107 characters."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def take(control: Qmp, file: Path) -> None:
    """As PNG."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        control.screenshot(part)
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)


class Photographer(Watcher):
    """Takes one picture: when a line comes that matches `after`; without one, when something is on the screen, nobody says
    anything any more, and the picture stands still (one that never does is taken a little later)."""

    every: float | None = LOOK
    busy = True

    def __init__(self, machine: socket.socket, file: Path, scratch: Path, after: str | None, ends: bool) -> None:
        """`scratch` is a file that it may write; `ends`: with the picture taken, or too late, the machine ends."""
        self.machine, self.file, self.scratch, self.ends = machine, file, scratch, ends
        self.after = re.compile(after.encode(), re.M) if after else None
        self.control: Qmp | None = None
        self.said = b""
        self.start = self.last_said = self.last_look = time.monotonic()
        self.seen, self.same = b"", 0
        self.taken = False
        self.failed = ""                    # why there will never be a picture

    def look(self, said: bytes) -> bool:
        finished = self._look(said)
        self.busy = not (self.taken or self.failed) and time.monotonic() - self.start < LONGEST
        return finished

    def _look(self, said: bytes) -> bool:
        now = time.monotonic()
        self.said += said.replace(b"\r", b"")
        if said:
            self.last_said = now
        if self.taken or self.failed or now - self.last_look < LOOK and not self.after:
            return False
        try:
            if self._due(now):
                take(self._qmp(), self.file)
                self.taken, self.every = True, None
                return self.ends
            if self.ends and now - self.start > LONGEST:
                self.failed = f"in {LONGEST:.0f} seconds " + ("no such line came" if self.after else "the screen showed nothing")
        except (QmpGone, ConnectionError):
            self.failed = "the machine ended before"
            return False                    # the console says so too
        except (QmpError, OSError) as error:
            self.failed = str(error)
        return self.ends and bool(self.failed)

    def _due(self, now: float) -> bool:
        if self.after:
            whole = self.said.rfind(b"\n") + 1
            return bool(self.after.search(self.said, 0, whole))
        self.last_look = now
        self._qmp().screenshot(self.scratch, "ppm")
        picture = self.scratch.read_bytes()
        self.same = self.same + 1 if picture == self.seen else 0
        self.seen = picture
        quiet = now - self.last_said
        return not blank(picture) and (quiet > QUIET and self.same >= SAME_LOOKS or quiet > MOVING)

    def _qmp(self) -> Qmp:
        if self.control is None:
            self.control = Qmp(self.machine, self.meanwhile)
        return self.control

    def close(self) -> None:
        self.scratch.unlink(missing_ok=True)
        if self.control:
            self.control.close()


def blank(ppm: bytes) -> bool:
    """Is it all of one colour?"""
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", ppm)
    if not header:
        return True
    pixels = ppm[header.end():]
    return pixels == pixels[:3] * (len(pixels) // 3)
