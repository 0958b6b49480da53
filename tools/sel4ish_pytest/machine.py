# SPDX-License-Identifier: BSD-2-Clause
"""One system running in QEMU, as a test drives it.

Every wait is for something that the machine says and is bounded in what the machine executes, not in seconds: a slow
computer changes no result. A machine that executes nothing and says nothing any more is told apart from a slow one.
"""

from __future__ import annotations

import re
import select
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sysc.qmp import Qmp, QmpError

from .channel import Channel
from .input import Hands
from .observer import Counts, Observer
from .screen import Screen, assert_same

T = TypeVar("T")

PATIENCE = 20_000_000_000       # instructions that a wait lets the machine execute
STALL_SECONDS = 30.0            # without one instruction executed or byte said: nothing will come any more
IDLE_SECONDS = 0.1              # without one instruction executed, all of QEMU asleep: so is the processor
FATAL = re.compile(r"^(?:kernel\|)?PANIC.*$", re.M)
RESULT = re.compile(r"^result: (ok|FAIL) (.*)$", re.M)
DONE = re.compile(r"^result: done (\d+) (\d+)$", re.M)
COUNTERS = re.compile(r"^counters (\S+): (.*)$", re.M)


class MachineError(AssertionError):
    """What the test waited for did not come; the message holds what did."""


@dataclass(frozen=True)
class Result:
    """One check of a test component, reported on the kernel's debug channel under the component's own name."""

    component: str
    name: str
    passed: bool


class Machine:
    def __init__(self, command: Sequence[str], folder: Path, plugin: Path | None = None, regenerate: bool = False,
                 patience: int = PATIENCE, stall_seconds: float = STALL_SECONDS) -> None:
        """`command` is QEMU's, without the channels: those are added here. regenerate: see expect_golden. patience: no wait
        lets the machine execute more. stall_seconds: how long a machine that sleeps is waited for."""
        self.regenerate, self.patience, self.stall_seconds = regenerate, patience, stall_seconds
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.observer = Observer(folder / "counts")
        ours, theirs = zip(*(socket.socketpair() for _ in range(3)))
        fds = [s.fileno() for s in theirs]
        self.command = [
            *command, "-display", "none",
            "-chardev", f"socket,id=console,fd={fds[0]}", "-serial", "chardev:console",
            "-chardev", f"socket,id=debug,fd={fds[1]}",
            "-semihosting-config", "enable=on,target=native,chardev=debug",
            "-chardev", f"socket,id=qmp,fd={fds[2]}", "-mon", "chardev=qmp,mode=control",
        ]
        if plugin:
            self.command += ["-plugin", f"file={plugin},counts={folder / 'counts'}"]
        (folder / "qemu-command.txt").write_text(shlex.join(self.command) + "\n")
        self._errors = (folder / "qemu-errors.txt").open("w+b")
        self._process = subprocess.Popen(self.command, pass_fds=fds, stdin=subprocess.DEVNULL,
                                         stdout=self._errors, stderr=self._errors)
        for s in theirs:
            s.close()
        self.console, self.debug = Channel("console", ours[0]), Channel("debug", ours[1])
        self._seen = {"console": 0, "debug": 0}
        try:
            self.qmp = Qmp(ours[2], lambda: self._pump(0))
        except (QmpError, OSError) as error:
            self.stop()
            raise MachineError(f"QEMU did not start: {error}\n{self.errors()}") from error

    # What the machine says

    def expect(self, pattern: str, channel: str = "console", within: int = PATIENCE, anywhere: bool = False) -> re.Match[str]:
        """Wait until `pattern` (multi-line) comes in whole lines of the channel, behind what earlier waits matched; `anywhere`:
        or came before, which is right for what two components say in an order of their own."""
        stream = self._stream(channel)
        want = re.compile(pattern, re.M)

        def found() -> re.Match[str] | None:
            match = want.search(stream.text, 0 if anywhere else self._seen[channel], stream.text.rfind("\n") + 1)
            if match and not anywhere:
                self._seen[channel] = match.end()
            return match

        return self._wait(found, f"{pattern!r} on the {channel}", within)

    def log(self, component: str) -> str:
        """All that one component has said so far, on the console and on the debug channel."""
        self._pump(0)
        return self.console.by_component().get(component, "") + self.debug.by_component().get(component, "")

    def results(self, component: str | None = None, within: int = PATIENCE) -> list[Result]:
        """Wait until the component (or all that report at all) said that its checks are done; every check, by name."""
        def finished() -> list[Result] | None:
            logs = self.debug.by_component()
            names = [component] if component else [n for n, t in logs.items() if "result: " in t]
            if not names or not all(DONE.search(logs.get(n, "")) for n in names):
                return None
            return [Result(n, text, kind == "ok") for n in names for kind, text in RESULT.findall(logs[n])]

        return self._wait(finished, f"results of {component or 'the test components'}", within)

    def check_results(self, component: str | None = None, within: int = PATIENCE) -> list[Result]:
        """As results, and each must have passed, and there must be one."""
        results = self.results(component, within)
        failed = [f"{r.component}: {r.name}" for r in results if not r.passed]
        assert results, "the test component reported no check"
        assert not failed, "\n".join(failed) + "\n" + self.debug.tail()
        return results

    # What the test does

    def type(self, text: str) -> None:
        """Type a line (the newline is added) on the serial console."""
        self.console.sock.setblocking(True)
        self.console.sock.sendall(text.encode() + b"\r")
        self.console.sock.setblocking(False)

    def kill(self, component: str) -> None:
        """Have the supervisor stop a component and take its connections away."""
        self.type(f"@supervisor kill {component}")
        self.expect(rf"^supervisor\|.*{re.escape(component)}.*killed.*$", channel="debug")

    def counters(self, component: str) -> dict[str, int]:
        """The kernel's counters of a component's thread: syscalls, faults, switches, denials."""
        self.type(f"@supervisor counters {component}")
        match = self.expect(rf"^supervisor\|.*counters {re.escape(component)}:.*$", channel="debug")
        return {name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", match.group())}

    def screen(self) -> Screen:
        """The picture that the display shows now."""
        file = self.folder / "screen.ppm"
        self.qmp.command("screendump", filename=str(file))
        return Screen.read(file)

    def expect_screen(self, right: Callable[[Screen], bool], what: str, within: int = PATIENCE) -> Screen:
        """Wait until the picture is as `right` says; `what` names it for the failure."""
        def found() -> Screen | None:
            screen = self.screen()
            return screen if right(screen) else None

        return self._wait(found, what, within)

    def expect_golden(self, golden: Path, within: int = PATIENCE) -> Screen:
        """Wait until the screen is the golden picture, to the pixel. --regenerate-golden writes what is there instead,
        once it has stood still."""
        if self.regenerate:
            screen = self.still()
            screen.save(golden)
            return screen
        return self.expect_picture(Screen.read(golden), golden.stem, within)

    def expect_picture(self, picture: Screen, name: str, within: int = PATIENCE) -> Screen:
        """Wait until the screen is this picture, to the pixel. A failure leaves both, and the difference, under this name."""
        try:
            return self.expect_screen(lambda s: s.size == picture.size and s.changed(picture) is None, name, within)
        except MachineError as error:
            assert_same(self.screen(), picture, self.folder, name)
            raise AssertionError(f"{name} came too late") from error

    def still(self, looks: int = 5) -> Screen:
        """The picture once it no longer changes while the machine goes on: the same in several looks in a row."""
        last, same = self.screen(), 0

        def found() -> Screen | None:
            nonlocal last, same
            screen = self.screen()
            same = same + 1 if screen.size == last.size and screen.changed(last) is None else 0
            last = screen
            return screen if same >= looks else None

        return self._wait(found, "a picture that stands still", PATIENCE)

    @property
    def hands(self) -> Hands:
        """Keys and the pointer, in pixels of the screen as it is now."""
        return Hands(self.qmp, *self.screen().size)

    def instructions_between(self, first: str, second: str, within: int = PATIENCE) -> int:
        """Wait for two lines of the debug channel, one after the other: the instructions that the whole machine executed from
        writing one to writing the other. With icount the same in every run that gets the same input at the same moments."""
        def line_end(pattern: str) -> int:
            match = self.expect(pattern, "debug", within)
            return self.observer.before_byte(self.debug.text.index("\n", match.end()))

        start = line_end(first)
        return line_end(second) - start

    def measurements(self, number: int, within: int = PATIENCE) -> tuple[int, ...]:
        """Wait until programs closed so many measurements (components/lib/marks/marks.h); the instructions in each."""
        def found() -> tuple[int, ...] | None:
            counts = self.observe()
            return counts.measured[:number] if counts.closed >= number else None

        return self._wait(found, f"{number} measurements", within)

    def until_idle(self) -> int:
        """Wait until the processor sleeps, and not because a busy computer keeps QEMU waiting: instructions so far."""
        last, since = -1, time.monotonic()

        def found() -> int | None:
            nonlocal last, since
            now = self.observe().instructions
            if now != last or not self._asleep():
                last, since = now, time.monotonic()
            return now if time.monotonic() - since > IDLE_SECONDS else None

        return self._wait(found, "a machine that sleeps", PATIENCE)

    def observe(self) -> Counts:
        return self.observer.read()

    def registers(self) -> str:
        return self.qmp.monitor("info registers")

    # Ends

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._pump(0)
        self._errors.flush()

    def exit_status(self, within: int = PATIENCE) -> int:
        """Wait until QEMU ends by itself."""
        return self._wait(self._process.poll, "the machine's end", within, ending=True)

    def errors(self) -> str:
        self._errors.flush()
        return (self.folder / "qemu-errors.txt").read_text(errors="replace")

    def save(self) -> None:
        """Everything there is to know about this machine, as files in its folder."""
        if self._process.poll() is None:
            try:
                (self.folder / "registers.txt").write_text(self.registers())
            except (QmpError, OSError) as error:
                (self.folder / "registers.txt").write_text(f"not readable: {error}\n")
        self._pump(0)
        for stream in (self.console, self.debug):
            (self.folder / f"{stream.name}.log").write_text(stream.text)
            for name, text in stream.by_component().items():
                (self.folder / f"{stream.name}-{name}.log").write_text(text)
        (self.folder / "counts.txt").write_text(f"{self.observe()}\n")

    # Waiting

    def _stream(self, channel: str) -> Channel:
        return {"console": self.console, "debug": self.debug}[channel]

    def _pump(self, seconds: float) -> bool:
        streams = [s for s in (self.console, self.debug) if s.open]
        if streams:
            select.select(streams, [], [], seconds)
        elif seconds:
            time.sleep(seconds)
        return any([s.pump() for s in streams])

    def _wait(self, found: Callable[[], T | None], what: str, within: int, ending: bool = False) -> T:
        start = last = self.observe().instructions
        within = min(within, self.patience)
        moved = awake = time.monotonic()
        while True:
            said = self._pump(0.02)
            answer = found()
            if answer is not None:
                return answer
            fatal = FATAL.search(self.debug.text)
            if fatal and not ending:
                raise MachineError(f"{fatal.group()}\nbefore {what}\n{self._report()}")
            if self._process.poll() is not None and not said and not ending:
                raise MachineError(f"QEMU ended with status {self._process.returncode} before {what}\n{self._report()}")
            now, clock = self.observe().instructions, time.monotonic()
            if said or now != last:
                last, moved, awake = now, clock, clock
            elif not self._asleep():            # a busy computer keeps it from what it would do
                awake = clock
            if now - start > within:
                raise MachineError(f"no {what} within {within:,} instructions\n{self._report()}")
            if clock - moved > STALL_SECONDS or clock - awake > self.stall_seconds:
                raise MachineError(f"the machine stands still and there is no {what}\n{self._report()}")

    def _asleep(self) -> bool:
        """Does each of QEMU's threads wait for an event?"""
        try:
            stats = [p.read_text() for p in Path(f"/proc/{self._process.pid}/task").glob("*/stat")]
        except OSError:
            return False                        # a thread ended meanwhile
        return all(s.rpartition(")")[2].split()[0] == "S" for s in stats)

    def _report(self) -> str:
        return (f"--- console ---\n{self.console.tail()}\n--- debug channel ---\n{self.debug.tail()}\n"
                f"--- QEMU ---\n{self.errors()}")
