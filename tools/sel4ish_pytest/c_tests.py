# SPDX-License-Identifier: BSD-2-Clause
"""Each TEST(sentence) of a test_*.c file as an item of the run, beside the Python tests.

The host build under build/host makes the programs (kernel/test/CMakeLists.txt says which file is in which); it runs once
for each test process, under the builder's lock, and does nothing when nothing changed. A program called with a test's name runs that one.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .system import Builder

TEST = re.compile(r"^TEST\((\w+)\)", re.M)


class HostBuild:
    """Where each test file's program is; built at the first question."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "build" / "host"
        self._programs: dict[str, str] | None = None

    def program(self, source: Path) -> Path | None:
        if self._programs is None:
            with Builder(self.root).lock():
                self._run("cmake", "-S", "kernel/test", "-B", str(self.folder), "-G", "Ninja")
                self._run("ninja", "-C", str(self.folder))
            self._programs = json.loads((self.folder / "tests.json").read_text())
        name = self._programs.get(str(source.relative_to(self.root)))
        return self.folder / name if name else None

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CTestFailure(f"the host build failed: {' '.join(command)}\n{done.stdout}{done.stderr}")


class CTestFailure(Exception):
    """What the program printed; shown without a traceback."""


class CFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        for name in TEST.findall(self.path.read_text()):
            yield CItem.from_parent(self, name=name)


class CItem(pytest.Item):
    def runtest(self) -> None:
        host = _host_build(self.config)
        program = host.program(self.path)
        if program is None:
            raise CTestFailure(f"{self.path} is in no program of kernel/test/CMakeLists.txt")
        done = subprocess.run([program, self.name], capture_output=True, text=True, check=False)
        if done.returncode or not re.search(r"^1 passed, 0 failed", done.stdout, re.M):
            raise CTestFailure(f"{done.stdout}{done.stderr}\nrepeat with: {program} {self.name}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:   # type: ignore[override]
        if isinstance(excinfo.value, CTestFailure):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name}: {self.name.replace('_', ' ')}"


def _host_build(config: pytest.Config) -> HostBuild:
    build: HostBuild | None = getattr(config, "sel4ish_host_build", None)
    if build is None:
        root = config.getoption("--sel4ish-root") or Path(__file__).resolve().parents[2]
        build = HostBuild(root)
        config.sel4ish_host_build = build       # type: ignore[attr-defined]
    return build


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".c" and file_path.name.startswith("test_"):
        found: pytest.Collector = CFile.from_parent(parent, path=file_path)
        return found
    return None
