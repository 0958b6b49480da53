# SPDX-License-Identifier: BSD-2-Clause
"""The real kernel as a child process: built, started, and given runs to play."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import TracebackType

from abi import ROOT

PROJECT = ROOT / "test" / "model"
PROGRAM = "model-driver"


def build(folder: Path) -> Path:
    if not (folder / "build.ninja").exists():
        _run("cmake", "-S", str(PROJECT), "-B", str(folder), "-G", "Ninja")
    _run("ninja", "-C", str(folder))
    return folder / PROGRAM


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


class Driver:
    """Each play starts from the same kernel, that has just booted."""

    def __init__(self, program: Path) -> None:
        self._child = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._child.stdout
        self.thread_slots = int(self._child.stdout.readline())
        self.boot = self.play(["s"])[:-1]

    def play(self, lines: list[str]) -> list[str]:
        assert self._child.stdin and self._child.stdout
        text = ("\n".join(lines) + "\n").encode()
        self._child.stdin.write(b"run %d\n" % len(text) + text)
        self._child.stdin.flush()
        said: list[str] = []
        for line in self._child.stdout:
            if line == b"end\n":
                return said
            said.append(line.decode(errors="replace").rstrip("\n"))
        raise SystemExit("the driver ended:\n" + "\n".join(said[-5:]))

    def __enter__(self) -> Driver:
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        assert self._child.stdin and self._child.stdout
        self._child.stdin.close()
        self._child.stdout.close()
        self._child.wait()
