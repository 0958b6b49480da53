# SPDX-License-Identifier: BSD-2-Clause
"""Each planted fault of faults.yaml is noticed: by the host's tests of the kernel, and by the systems in QEMU."""

from __future__ import annotations

import importlib.util
import inspect
import re
import shutil
import subprocess
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faults import Fault, FaultError, OnMachine, load
from mutant import make, raw_image, recipe
from sel4ish_pytest.c_tests import host_build
from sel4ish_pytest.kept import Kept
from sel4ish_pytest.machine import Machine
from sel4ish_pytest.plugin import MachineFactory, find
from sel4ish_pytest.system import Builder

ROOT = Path(__file__).resolve().parents[2]
FAULTS = load(Path(__file__).with_name("faults.yaml"))
ON_HOST = [f for f in FAULTS if f.host]
ON_MACHINE = [f for f in FAULTS if f.machine]
SCENARIOS = {(f.machine.test, *f.machine.parameters.values()): f.machine for f in ON_MACHINE if f.machine}

HOST_SOURCES = ("kernel", "test/reinject")
MACHINE_SOURCES = (*HOST_SOURCES, "libsel4ish", "components", "capdl", "tools", "test/system")
# What a fault took away will not come: no wait lets the machine execute more than this, or sleep for longer. The machine counts
# instructions as its time (icount), so what a test takes is the same on every computer: half of this, at most.
PATIENCE = 700_000_000
STALL_SECONDS = 2.0


def named(fault: Fault) -> str:
    return fault.name


@pytest.fixture
def noticed() -> Kept:
    return Kept(ROOT / "build" / "reinject", ROOT)


def failing(fault: Fault, config: pytest.Config, folder: Path) -> set[str]:
    """Which of its tests fail with the fault in the kernel."""
    tests = "kernel/test/aarch64" if fault.file.startswith("kernel/arch/aarch64/") else "kernel/test"
    program = host_build(config).program(ROOT / tests / "test.c")
    mutant = make(recipe(program.parent, program.name, ROOT / fault.file), fault.plant(ROOT), folder)
    done = subprocess.run([mutant, *fault.host], capture_output=True, text=True, timeout=120, check=False)
    return set(re.findall(r"^FAIL (\w+)$", done.stdout, re.M))


@pytest.mark.parametrize("fault", ON_HOST, ids=named)
def test_the_hosts_tests_notice(fault: Fault, noticed: Kept, request: pytest.FixtureRequest) -> None:
    name = f"host-{fault.name}"
    text = fault.plant(ROOT)
    if noticed.holds(name, (fault, text), HOST_SOURCES):
        return
    unnoticed = set(fault.host) - failing(fault, request.config, noticed.folder / name)
    assert not unnoticed, f"nobody noticed: {fault.why}\nwith the fault in {fault.file} these pass: {sorted(unnoticed)}"
    shutil.rmtree(noticed.folder / name)
    noticed.keep(name, (fault, text), HOST_SOURCES)


def scenario(on: OnMachine) -> Callable[..., None]:
    """The system test itself, as a function."""
    spec = importlib.util.spec_from_file_location(f"reinjected_{Path(on.file).stem}", ROOT / on.file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Callable[..., None] = getattr(module, on.function)
    return function


def run(on: OnMachine, machine: MachineFactory, tmp_path: Path, kernel: Callable[[Path], Path] | None, builder: Builder) -> str:
    """The test on such a kernel: "" if it passes, else its failure's words and the lines that led there."""
    function = scenario(on)

    def boot(description: str | Path, **options: Any) -> Machine:
        found = find(description, ROOT / on.file, ROOT)
        return machine(found, kernel=kernel(builder.build(found).kernel) if kernel else None, icount=True, patience=PATIENCE,
                       stall_seconds=STALL_SECONDS, **options)

    wanted = {"machine": boot, "tmp_path": tmp_path, **on.parameters}
    try:
        function(**{name: wanted[name] for name in inspect.signature(function).parameters})
    except AssertionError as error:
        lines = [f.line or "" for f in traceback.extract_tb(error.__traceback__) if f.filename == str(ROOT / on.file)]
        return "\n".join([*lines, str(error)])
    return ""


@pytest.mark.parametrize("fault", ON_MACHINE, ids=named)
def test_a_machine_notices(fault: Fault, noticed: Kept, machine: MachineFactory, builder: Builder, tmp_path: Path) -> None:
    name, on = f"machine-{fault.name}", fault.machine
    text = fault.plant(ROOT)
    assert on
    if noticed.holds(name, (fault, text), MACHINE_SOURCES):
        return

    def mutate(kernel: Path) -> Path:
        folder = kernel.parent.parent
        how = recipe(folder, f"{kernel.relative_to(folder).with_suffix('.elf')}", ROOT / fault.file)
        return raw_image(how, make(how, text, noticed.folder / name))

    failure = run(on, machine, tmp_path, mutate, builder)
    assert failure, f"nobody noticed: {fault.why}\nwith the fault in {fault.file} it passes: {on.test}"
    missing = [words for words in on.saying if not re.search(words, failure)]
    assert not missing and "PANIC" not in failure, f"the fault was noticed by its side effects, without {missing}:\n{failure}"
    shutil.rmtree(noticed.folder / name)
    noticed.keep(name, (fault, text), MACHINE_SOURCES)


@pytest.mark.parametrize("on", SCENARIOS.values(), ids=["-".join([s[0].partition("::test_")[2][:40], *s[1:]]) for s in SCENARIOS])
def test_without_a_fault_the_same_test_passes_as_quickly(
        on: OnMachine, noticed: Kept, machine: MachineFactory, builder: Builder, tmp_path: Path) -> None:
    name = re.sub(r"\W+", "-", "-".join(["control", on.test, *on.parameters.values()]))
    if not noticed.holds(name, on, MACHINE_SOURCES):
        assert run(on, machine, tmp_path, None, builder) == ""
        noticed.keep(name, on, MACHINE_SOURCES)


def test_what_changes_nothing_is_noticed_by_nobody(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    harmless = Fault("harmless", "", "kernel/core/queue.c", "#include \"queue.h\"", "#include \"queue.h\" /* first */", ("t_queue",))
    assert failing(harmless, request.config, tmp_path) == set()


def test_a_fault_whose_text_is_gone_says_so() -> None:
    with pytest.raises(FaultError, match="kernel/core/queue.c has the text of fault 'gone' 0 times"):
        Fault("gone", "", "kernel/core/queue.c", "no such text", "").plant(ROOT)


def test_every_fault_has_a_name_of_its_own_and_someone_to_notice_it() -> None:
    assert len({f.name for f in FAULTS}) == len(FAULTS)
    assert not [f.name for f in FAULTS if not f.host and not f.machine]
