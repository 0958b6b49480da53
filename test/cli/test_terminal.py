# SPDX-License-Identifier: BSD-2-Clause
"""`sel4ish run` as a person has it: on a terminal, typing to both shells; and as a script has it: through pipes. Afterwards the
terminal is as it was and no machine is left."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import termios
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT, sel4ish
from sysc.paths import BUILD

LONGEST = 240.0     # seconds: bounds a hang
READY = (r"\[shell-a\] ready", r"\[shell-b\] ready", r"shell-a> ")
TALK = ("put colour a rather dark green\n", "@shell-b get colour\n")
ANSWER = r"\[shell-b\] .*a rather dark green"


@pytest.fixture
def description(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The two shells and their store, under a name of the test's own: a run leaves its logs in the system's folder."""
    name = f"terminal-{zlib.crc32(request.node.name.encode()):08x}"
    path = tmp_path / "system.yaml"
    path.write_text((ROOT / "docs/examples/first-light.yaml").read_text().replace("system: first-light", f"system: {name}"))
    yield path
    left = machines(folder(path))
    for process in left:
        os.kill(process, signal.SIGKILL)
    shutil.rmtree(folder(path), ignore_errors=True)
    assert not left, "QEMU was left running"


def folder(description: Path) -> Path:
    name = re.search(r"^system: (\S+)", description.read_text(), re.M)
    assert name
    return BUILD / name[1]


def machines(folder: Path) -> list[int]:
    """The processes that run this system's image."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if str(folder / "image").encode() in words and b"qemu" in words[0]:
            found.append(int(entry.parent.name))
    return found


class Person:
    """At a terminal of his own."""

    def __init__(self, *arguments: str | Path) -> None:
        self.keyboard, self.screen = pty.openpty()
        self.before = termios.tcgetattr(self.screen)
        self.process = subprocess.Popen([ROOT / "tools" / "sel4ish", "--no-install", "run", *arguments], cwd=ROOT, start_new_session=True,
                                        stdin=self.screen, stdout=self.screen, stderr=self.screen, preexec_fn=_own_terminal)
        self.seen = ""
        self.read_up_to = 0

    def wait_for(self, pattern: str, anywhere: bool = False) -> None:
        end = time.monotonic() + LONGEST
        while not (match := re.compile(pattern).search(self.seen, 0 if anywhere else self.read_up_to)):
            ready, _, _ = select.select([self.keyboard], [], [], 1.0)
            if not ready:
                assert self.process.poll() is None and time.monotonic() < end, f"no {pattern!r} in\n{self.seen}"
                continue
            self.seen += os.read(self.keyboard, 4096).decode("utf-8", "replace").replace("\r", "")
        if not anywhere:
            self.read_up_to = match.end()

    def type(self, keys: str) -> None:
        os.write(self.keyboard, keys.encode())

    def end(self) -> int:
        status = self.process.wait(LONGEST)
        assert termios.tcgetattr(self.screen) == self.before
        os.close(self.keyboard)
        os.close(self.screen)
        return status


def _own_terminal() -> None:
    """Make standard input the session's terminal, so that Ctrl-C is a signal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def talk(person: Person) -> None:
    for pattern in READY:
        person.wait_for(pattern, anywhere=True)
    person.type(TALK[0])
    person.wait_for(r"\[shell-a\] .*colour")
    person.type(TALK[1])
    person.wait_for(ANSWER)


@pytest.mark.parametrize("goodbye", ["quit\r", "\x03"], ids=["quit", "ctrl-c"])
def test_two_shells_talk_on_a_terminal_and_it_ends_cleanly(description: Path, goodbye: str) -> None:
    person = Person(description)
    talk(person)
    assert len(machines(folder(description))) == 1
    person.type(goodbye)
    assert person.end() == 0
    assert machines(folder(description)) == []
    assert "Traceback" not in person.seen


def test_a_terminal_that_is_closed_takes_the_machine_with_it(description: Path) -> None:
    person = Person(description)
    person.wait_for(READY[0])
    os.close(person.keyboard)
    os.close(person.screen)
    person.process.wait(LONGEST)
    assert machines(folder(description)) == []


def test_lines_from_a_pipe_are_answered_and_quit_ends_it(description: Path) -> None:
    done = sel4ish("run", description, typed="".join(TALK) + "quit\nput colour purple\n")
    assert done.returncode == 0 and re.search(ANSWER, done.stdout), done.stdout
    assert "purple" not in done.stdout


def test_the_end_of_a_pipe_ends_it_after_the_last_answer(description: Path) -> None:
    done = sel4ish("run", description, typed="".join(TALK))
    assert done.returncode == 0 and re.search(ANSWER, done.stdout), done.stdout


def test_without_any_input_it_boots_and_ends(description: Path) -> None:
    done = sel4ish("run", description)
    assert done.returncode == 0 and re.search(READY[0], done.stdout), done.stdout


def test_an_output_that_is_closed_ends_it(description: Path) -> None:
    done = subprocess.run(["bash", "-c", f"set -o pipefail; tools/sel4ish --no-install run --stay {description} </dev/null | head -n 1"], cwd=ROOT,
                          capture_output=True, text=True, timeout=LONGEST, check=False)
    assert done.returncode == 0 and done.stdout.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_a_signal_to_terminate_ends_it_and_the_machine(description: Path) -> None:
    with subprocess.Popen([ROOT / "tools" / "sel4ish", "--no-install", "run", "--stay", description], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        while "[shell-a] ready" not in process.stdout.readline():
            assert process.poll() is None
        process.terminate()
        assert process.wait(LONGEST) == 0
        assert "Traceback" not in process.stderr.read()
