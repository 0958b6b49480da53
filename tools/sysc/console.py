# SPDX-License-Identifier: BSD-2-Clause
"""A machine's serial line on this terminal. What is typed goes out key by key, the machine echoes; Ctrl-C or a line that
says only "quit" ends the machine. The terminal is left as it was found, however this ends.

Where the input is no terminal, each of its lines waits until the machine has been silent for a moment, and its end is
the user's "quit" once the machine has nothing more to say; unless the machine is to stay."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

QUIT = b"quit"
SILENCE = 0.5           # seconds without output after which a machine waits for input
LAST_SILENCE = 2.0      # after the end of the input: the machine has said all
PATIENCE = 30.0         # seconds for a machine that says nothing at all, or never stops
ENDING = 3.0            # seconds that QEMU gets to end by itself


class Watcher:
    """Somebody else who looks while the user talks. This one sees nothing and wants nothing."""

    every: float | None = None      # seconds after which it wants to look, said something or not
    busy = False                    # the machine has to go on for it, whatever the input does

    def meanwhile(self) -> None:
        """To be called while it waits for the machine to answer it elsewhere: the console must not fill up. Set by the relay."""

    def look(self, said: bytes) -> bool:
        """`said` came since the last look. True ends the machine."""
        return False


def talk(command: Callable[[int], list[str]], errors: Path, sockets: Sequence[socket.socket] = (),
         watcher: Watcher = Watcher(), stay: bool = False) -> int:
    """Start the command, which gets the number of the console's socket; relay until it ends, or the user or the watcher
    ends it; with `stay`, the input's end does not. `sockets` become the command's. What QEMU itself complains of goes to
    `errors`. Its exit status; 0 where it was ended."""
    ours, theirs = socket.socketpair()
    with ours, errors.open("wb") as complaints:
        passed = [theirs, *sockets]
        process = subprocess.Popen(command(theirs.fileno()), pass_fds=[s.fileno() for s in passed], stdin=subprocess.DEVNULL,
                                   stderr=complaints, start_new_session=True)      # Ctrl-C is for us
        for s in passed:
            s.close()
        ended = True
        try:
            for number in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, _stop)
            signal.signal(signal.SIGPIPE, signal.SIG_IGN)       # to die of it would leave the machine behind
            with _keys():
                ended = _Relay(ours, watcher, stay).run()
        except KeyboardInterrupt:
            pass
        finally:
            status = _end(process, patient=not ended)
    _say(b"\n")
    return 0 if ended else status


def _stop(number: int, frame: FrameType | None) -> None:
    """Told to go by whoever started us: as Ctrl-C, so that no machine is left behind."""
    raise KeyboardInterrupt


def _say(data: bytes) -> bool:
    """False where nobody hears it any more: the pipe is closed, the terminal gone."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())      # Python flushes once more when it ends
        return False
    return True


def _end(process: "subprocess.Popen[bytes]", patient: bool) -> int:
    """The machine's own status where it ended by itself."""
    if not patient:
        process.send_signal(signal.SIGTERM)
    try:
        return process.wait(ENDING)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


@contextmanager
def _keys() -> Iterator[None]:
    """Each key at once and without echo, signals as ever."""
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin, termios.TCSADRAIN)
        yield
    finally:
        with suppress(termios.error):       # it may be gone
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


class _Relay:
    def __init__(self, machine: socket.socket, watcher: Watcher, stay: bool) -> None:
        self.machine, self.watcher, self.stay = machine, watcher, stay
        self.terminal = sys.stdin.isatty()
        self.input = True               # more may come
        self.typed = b""                # since the last line's end
        self.waiting: list[bytes] = []  # lines that a silent machine will get
        self.last_said = self.last_read = time.monotonic()
        self.said = False
        self.heeded = True              # somebody takes what it says
        self.heard = b""                # that the watcher does not know yet
        watcher.meanwhile = self.listen     # type: ignore[assignment]

    def run(self) -> bool:
        """True when the user or the watcher ends it, False when the machine does."""
        while True:
            sources: list[object] = [self.machine]
            if self.input and not self.waiting:
                sources.append(sys.stdin)
            ready, _, _ = select.select(sources, [], [], 0.1 if self.waiting or not self.input else self.watcher.every)
            if self.machine in ready and not self.hear():
                return False
            if not self.heeded:
                return True
            if sys.stdin in ready and self.read():
                return True
            heard, self.heard = self.heard, b""
            if self.watcher.look(heard):
                return True
            if self.waiting and self.silent(SILENCE) and self.feed() or self.over():
                return True

    def silent(self, seconds: float) -> bool:
        return time.monotonic() - self.last_said > (seconds if self.said else PATIENCE)

    def over(self) -> bool:
        """All was typed, and answered as far as one can tell."""
        if self.input or self.waiting or self.stay or self.watcher.busy:
            return False
        return self.silent(LAST_SILENCE) or time.monotonic() - self.last_read > PATIENCE

    def listen(self) -> None:
        if select.select([self.machine], [], [], 0)[0]:
            self.hear()                 # its end is found by the next one

    def hear(self) -> bool:
        try:
            data = self.machine.recv(65536)
        except ConnectionResetError:
            data = b""
        if data:
            self.last_said, self.said = time.monotonic(), True
            self.heard += data
            self.heeded = _say(data)
        return bool(data)

    def read(self) -> bool:
        """True where the user says quit, or his terminal has gone."""
        try:
            data = os.read(sys.stdin.fileno(), 4096)
        except OSError:
            data = b""
        self.input, self.last_read = bool(data), time.monotonic()
        if self.terminal and not data:
            return True
        if not self.terminal:
            lines = (self.typed + data).splitlines(keepends=True)
            self.typed = lines.pop() if lines and data and not lines[-1].endswith(b"\n") else b""
            self.waiting += lines
            return False
        return any(self.key(data[i:i + 1]) for i in range(len(data)))

    def key(self, key: bytes) -> bool:
        if key in b"\r\n":
            done, self.typed = self.typed.strip() == QUIT, b""
            if done:
                return True
        elif key in b"\x7f\b":
            self.typed = self.typed[:-1]
        elif key == b"\x15":
            self.typed = b""
        else:
            self.typed += key
        self.send(key)
        return False

    def feed(self) -> bool:
        line = self.waiting.pop(0)
        if line.strip() == QUIT:
            return True
        self.send(line)
        self.last_said = self.last_read = time.monotonic()
        return False

    def send(self, data: bytes) -> None:
        try:
            self.machine.sendall(data, socket.MSG_NOSIGNAL)
        except BrokenPipeError:
            self.input = False          # it ended; the next read from it says so
