# SPDX-License-Identifier: BSD-2-Clause
"""Tests of described systems in QEMU, for pytest.

    def test_the_shells_see_each_other(machine):
        vm = machine("system.yaml")
        vm.expect("shell-a ready")
        vm.type("@shell-a put k v")

`machine(description)` builds the description, boots it and gives a Machine (machine.py); all machines are stopped when the
test ends. A path is looked for beside the test and then from the project's root. A test that fails leaves a folder under
build/test-failures/ with everything that the machine said, its registers, and the command that repeats the test.
C tests (TEST in test_*.c) are items of the same run: see c_tests.py.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from . import observer
from .figures import Figures, Summary
from .kept import Kept
from .machine import PATIENCE, STALL_SECONDS, Machine
from .order import Order
from .remembered import MARK, Remembered
from .system import Builder, exchange_kernel

MachineFactory = Callable[..., Machine]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("sel4ish")
    group.addoption("--sel4ish-root", type=Path, default=None, help="the checkout that holds tools/sel4ish")
    group.addoption("--regenerate-golden", action="store_true", help="write the golden pictures anew; read the difference before committing")
    group.addoption("--again", action="store_true", help="make tests again that passed with the same sources (follows_from)")
    group.addoption("--keep-machines", action="store_true", help="keep the logs of passing tests too")


def pytest_configure(config: pytest.Config) -> None:
    build = checkout(config) / "build"
    config.addinivalue_line("markers", f"{MARK}(folders): passes again as long as no source in them changes")
    config.pluginmanager.register(Order(build / "test-seconds.json", config))
    config.pluginmanager.register(Remembered(Kept(build / "remembered", checkout(config)), bool(config.getoption("--again"))))
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Summary())


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    return Figures(request.node.user_properties)


@pytest.fixture(scope="session")
def builder(request: pytest.FixtureRequest) -> Builder:
    return Builder(checkout(request.config))


@pytest.fixture(scope="session")
def observer_plugin(builder: Builder) -> Path:
    with builder.lock():
        return observer.build(builder.root / "build" / "test-tools")


@pytest.fixture
def machine(request: pytest.FixtureRequest, builder: Builder, observer_plugin: Path) -> Iterator[MachineFactory]:
    name = re.sub(r"[^\w.-]+", "_", request.node.nodeid).strip("_")
    folder = builder.root / "build" / "test-failures" / name
    shutil.rmtree(folder, ignore_errors=True)
    running: list[Machine] = []

    def boot(description: str | Path, icount: bool = False, qemu: tuple[str, ...] = (), kernel: Path | None = None,
             patience: int = PATIENCE, stall_seconds: float = STALL_SECONDS) -> Machine:
        """icount: one instruction is one nanosecond of the machine's time, and a run repeats to the instruction.
        kernel: a raw Image to boot in place of the built one. patience, stall_seconds: see Machine."""
        built = builder.build(find(description, request.path, builder.root))
        if kernel:
            built = exchange_kernel(built, kernel, folder / str(len(running)) / "image")
        clock = ["-icount", "shift=0,align=off,sleep=off"] if icount else []
        vm = Machine([*built.qemu, *clock, *qemu], folder / str(len(running)), observer_plugin,
                     bool(request.config.getoption("--regenerate-golden")), patience, stall_seconds)
        running.append(vm)
        shutil.copy(built.description, vm.folder / "description.yaml")
        (vm.folder / "image.txt").write_text(f"{built.image}\n{built.folder}\n")
        return vm

    yield boot
    failed = getattr(request.node, "outcome_of_call", "failed") != "passed"
    for vm in running:
        if failed:
            vm.save()
        vm.stop()
    if failed or request.config.getoption("--keep-machines"):
        repeat = ["tools/sel4ish", "test", request.node.nodeid]
        if running:
            (folder / "repeat.txt").write_text(shlex.join(repeat) + "\n")
            request.node.add_report_section("call", "machine", f"everything is in {folder}\nrepeat with: {shlex.join(repeat)}")
            print(f"machine: everything is in {folder}; repeat with: {shlex.join(repeat)}", file=sys.stderr)
    else:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(hookwrapper=True)      # type: ignore[misc]
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()       # type: ignore[attr-defined]
    if report.when == "call":
        item.outcome_of_call = report.outcome       # type: ignore[attr-defined]


def find(description: str | Path, test: Path, root: Path) -> Path:
    for base in (test.parent, root):
        if (base / description).exists():
            return (base / description).resolve()
    raise FileNotFoundError(f"{description}: neither beside {test} nor in {root}")


def checkout(config: pytest.Config) -> Path:
    root: Path = config.getoption("--sel4ish-root") or Path(__file__).resolve().parents[2]
    return root
