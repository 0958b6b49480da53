# SPDX-License-Identifier: BSD-2-Clause
"""The terminal of `sel4ish run`, against a machine that says what it is told, in capitals."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from sysc.console import LAST_SILENCE
from sysc.paths import ROOT

MACHINE = """
import os, socket, sys
s = socket.socket(fileno=int(sys.argv[1]))
s.sendall(b"ready\\n")
while data := s.recv(100):
    s.sendall(data.upper())
    if b"x" in data:
        os._exit(7)
"""
TALK = f"""
import sys
sys.path[:0] = [{str(ROOT / "tools")!r}]
from pathlib import Path
from sysc.console import Watcher, talk

class Ender(Watcher):
    every = 0.05
    text = b""
    def look(self, said):
        self.text += said
        return sys.argv[2] != "" and sys.argv[2].encode() in self.text

sys.exit(talk(lambda fd: [sys.executable, "-c", {MACHINE!r}, str(fd)], Path(sys.argv[1]), watcher=Ender(), stay=sys.argv[3] == "stay"))
"""


def command(folder: Path, until: str = "", stay: bool = False) -> list[str]:
    """until: what a watcher ends the machine at."""
    return [sys.executable, "-c", TALK, str(folder / "errors"), until, "stay" if stay else ""]


class Terminal:
    """A person at a terminal."""

    def __init__(self, folder: Path) -> None:
        self.keyboard, screen = pty.openpty()
        self.screen = screen
        self.before = termios.tcgetattr(screen)
        self.process = subprocess.Popen(command(folder), stdin=screen, stdout=screen, stderr=screen, start_new_session=True,
                                        preexec_fn=_own_terminal)
        self.seen = b""

    def wait_for(self, text: bytes) -> None:
        while text not in self.seen:
            self.seen += os.read(self.keyboard, 1000)

    def type(self, keys: bytes) -> None:
        os.write(self.keyboard, keys)

    def end(self) -> int:
        status = self.process.wait(20)
        assert termios.tcgetattr(self.screen) == self.before
        os.close(self.keyboard)
        os.close(self.screen)
        return status


def _own_terminal() -> None:
    """Make standard input the session's terminal, so that Ctrl-C is a signal."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_what_is_typed_goes_to_the_machine_key_by_key(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.wait_for(b"ready")
    terminal.type(b"a")
    terminal.wait_for(b"A")
    assert b"a" not in terminal.seen.replace(b"ready", b"")     # no echo of our own
    terminal.type(b"\x03")
    assert terminal.end() == 0


def test_ctrl_c_ends_it_and_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.wait_for(b"ready")
    terminal.type(b"\x03")
    assert terminal.end() == 0


def test_told_to_go_it_ends_the_machine_too(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.wait_for(b"ready")
    terminal.process.terminate()
    assert terminal.end() == 0


def test_a_line_that_says_quit_ends_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.wait_for(b"ready")
    terminal.type(b"quite\rquiz\x7ft\r")
    assert terminal.end() == 0


def test_a_machine_that_ends_by_itself_gives_its_status(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.wait_for(b"ready")
    terminal.type(b"x")
    assert terminal.end() == 7


def test_lines_from_a_pipe_wait_until_the_machine_is_silent(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path), input=b"one\nquit\ntwo\n", capture_output=True, timeout=20, check=False)
    assert done.returncode == 0 and done.stdout == b"ready\nONE\n\n"


def test_the_end_of_a_pipe_ends_it_when_all_is_answered(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path), input=b"one\ntwo", capture_output=True, timeout=20, check=False)
    assert done.returncode == 0 and done.stdout == b"ready\nONE\nTWO\n"


def test_no_input_at_all_ends_it_too(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
    assert done.returncode == 0 and done.stdout == b"ready\n\n"


def test_one_that_stays_outlives_its_input(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path, stay=True), input=b"one\nx\n", capture_output=True, timeout=20, check=False)
    assert done.returncode == 7 and b"ONE" in done.stdout
    with subprocess.Popen(command(tmp_path, stay=True), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(LAST_SILENCE + 1.5)
        process.terminate()
        assert process.wait(20) == 0


def test_a_terminal_that_goes_away_ends_it(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.wait_for(b"ready")
    os.close(terminal.keyboard)
    os.close(terminal.screen)
    assert terminal.process.wait(20) == 0


def test_a_watcher_ends_it_by_what_the_machine_said(tmp_path: Path) -> None:
    done = subprocess.run(command(tmp_path, "TWO"), input=b"one\ntwo\n", capture_output=True, timeout=20, check=False)
    assert done.returncode == 0 and done.stdout == b"ready\nONE\nTWO\n\n"


def test_an_output_that_nobody_reads_ends_it_and_the_machine(tmp_path: Path) -> None:
    with subprocess.Popen(command(tmp_path, stay=True), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin and process.stdout and process.stderr
        assert process.stdout.readline() == b"ready\n"
        process.stdout.close()
        process.stdin.write(b"one\n")
        process.stdin.close()
        assert process.wait(20) == 0 and process.stderr.read() == b""
