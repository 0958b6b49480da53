# SPDX-License-Identifier: BSD-2-Clause
"""Each TEST(sentence) of a C test file as an item of the run, beside the Python tests.

pytest.ini says which host build a folder's C tests are in:

    sel4ish_host_tests =
        kernel      kernel/test            kernel-tests
        components  components/test/host   component-tests

that is: files test_*.c and t_*.c under the first folder, the CMake project, the program that it makes. A project is built at
the first of its tests in each test process, under one lock, and nothing happens when nothing changed. The program called with
tests' names runs each in a process of its own. A file's tests are run together, as starting the program costs more than most of
them; one that does not pass there is run again alone, and that is what counts.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .system import Builder

TEST = re.compile(r"^TEST\((\w+)\)", re.M)


class CTestFailure(Exception):
    """What a compiler or a test program printed; shown without a traceback."""


class HostBuild:
    """The host projects of one checkout, each built once."""

    def __init__(self, root: Path, table: list[str]) -> None:
        self.root = root
        self.rows = [tuple(line.split()) for line in table]
        self._built: dict[str, Path] = {}

    def covers(self, source: Path) -> bool:
        return self._row(source) is not None

    def program(self, source: Path) -> Path:
        row = self._row(source)
        assert row is not None, f"{source} is under no folder of sel4ish_host_tests"
        _, project, program = row
        if project not in self._built:
            folder = self.root / "build" / "host" / project.replace("/", "-")
            with Builder(self.root).lock():
                if not (folder / "build.ninja").exists():
                    self._run("cmake", "-S", project, "-B", str(folder), "-G", "Ninja")
                self._run("ninja", "-C", str(folder))
            self._built[project] = folder
        return self._built[project] / program

    def _row(self, source: Path) -> tuple[str, ...] | None:
        return next((row for row in self.rows if source.is_relative_to(self.root / row[0])), None)

    def _run(self, *command: str) -> None:
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CTestFailure(f"the host build failed: {' '.join(command)}\n{done.stdout}{done.stderr}")


class CFile(pytest.File):
    _passed: frozenset[str] | None = None

    def collect(self) -> Iterator[pytest.Item]:
        for name in TEST.findall(self.path.read_text()):
            yield CItem.from_parent(self, name=name)

    def passed(self, program: Path) -> frozenset[str]:
        """Those of the file's chosen tests that pass, run together once in each test process."""
        if self._passed is None:
            chosen = [item.name for item in self.session.items if item.parent is self]
            done = subprocess.run([program, *chosen], capture_output=True, text=True, check=False)
            self._passed = frozenset(re.findall(r"^ok +(\w+)$", done.stdout, re.M)) if not done.stderr else frozenset()
        return self._passed


class CItem(pytest.Item):
    def runtest(self) -> None:
        program = host_build(self.config).program(self.path)
        if isinstance(self.parent, CFile) and self.name in self.parent.passed(program):
            return
        done = subprocess.run([program, self.name], capture_output=True, text=True, check=False)
        if done.returncode or not re.search(r"^1 passed, 0 failed", done.stdout, re.M):
            raise CTestFailure(f"{done.stdout}{done.stderr}\nrepeat with: {program} {self.name}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        if isinstance(excinfo.value, CTestFailure):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name}: {self.name.replace('_', ' ')}"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("sel4ish_host_tests", "folder, CMake project and program of C tests, a line each", type="linelist")


def host_build(config: pytest.Config) -> HostBuild:
    build: HostBuild | None = getattr(config, "sel4ish_host_build", None)
    if build is None:
        root = config.getoption("--sel4ish-root") or config.rootpath
        build = HostBuild(root, config.getini("sel4ish_host_tests"))
        config.sel4ish_host_build = build       # type: ignore[attr-defined]
    return build


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".c" and file_path.name.startswith(("test_", "t_")) and host_build(parent.config).covers(file_path):
        found: pytest.Collector = CFile.from_parent(parent, path=file_path)
        return found
    return None
