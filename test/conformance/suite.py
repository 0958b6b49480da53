# SPDX-License-Identifier: BSD-2-Clause
"""The conformance suite in QEMU: cases by name in, what the guest said of each out.

The guest says on the serial line which case it begins and how it ended (harness/driver.c). A case at which the machine
itself stops has failed; the machine is started again for those that come after it. The machine counts instructions as
its time, so a run repeats and a computer's load changes nothing.
"""

from __future__ import annotations

import fcntl
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path

import pytest
from sel4ish_pytest.machine import Machine, MachineError
from sel4ish_pytest.system import Builder
from sysc import cmake
from sysc.image import with_kernel

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "test" / "reinject"))

from mutant import make, raw_image, recipe  # noqa: E402

PLATFORM = "qemu-virt-aarch64"
CASE = re.compile(r'^CASE\((\w+),\s*"([^"]*)"\)', re.M)
SAID = re.compile(r"^(case|ok|FAIL|done) (\S+) ?(.*)$", re.M)
CLOCK = ["-icount", "shift=0,align=off,sleep=off"]
FEW = 40        # chosen cases that are named to the guest; of more, all run
STARTS = 8      # of the machine again, behind cases at which it stopped
PATIENCE, STALL_SECONDS = 200_000_000_000, 20.0
STOPPED = "the machine stops"


class Flavour(Enum):
    """Of the kernel; checked is the debug kernel with its invariants checked now and then (checked.c)."""

    DEBUG, CHECKED, RELEASE = "debug", "checked", "release"


@dataclass(frozen=True)
class Outcome:
    passed: bool
    text: str = ""


def run(command: Sequence[str], arguments: str, folder: Path, patience: int, stall_seconds: float) -> dict[str, Outcome]:
    """One start of the machine."""
    vm = Machine([*command, *CLOCK, "-append", arguments], folder, patience=patience, stall_seconds=stall_seconds)
    stopped = ""
    try:
        vm.expect("^done ")
    except MachineError as error:
        stopped = f"{STOPPED}: {error}"
    finally:
        vm.stop()
    found: dict[str, Outcome] = {}
    begun = ""
    for kind, name, text in SAID.findall(vm.console.text):
        if kind == "case":
            begun = name
        elif kind != "done":
            found[name] = Outcome(kind == "ok", text)
            begun = ""
    if stopped:
        found[begun] = Outcome(False, f"{stopped}\n{vm.debug.tail()}")
    return found


def run_all(command: Sequence[str], names: Sequence[str], folder: Path, patience: int = PATIENCE,
            stall_seconds: float = STALL_SECONDS) -> dict[str, Outcome]:
    """These, or all that there are; started again behind a case that stopped the machine."""
    words = " ".join(names) if len(names) <= FEW else ""
    found = run(command, words, folder, patience, stall_seconds)
    for _ in range(STARTS):
        last = list(found)[-1] if found else ""
        if not last or found[last].passed or STOPPED not in found[last].text:
            break
        found |= run(command, f"after={last} {words}", folder, patience, stall_seconds)
    found.pop("", None)
    return found


class Suite:
    """What came of the cases, once for each flavour of kernel and test run (its processes share it by a file)."""

    def __init__(self, builder: Builder, testrun: str) -> None:
        self.builder, self.testrun = builder, testrun
        self._known: dict[Flavour, dict[str, Outcome]] = {}
        self._unbuilt: Exception | None = None

    def image(self, flavour: Flavour, folder: Path) -> list[str]:
        """QEMU's command line. What does not build is not tried for every case again."""
        if self._unbuilt:
            raise self._unbuilt
        with self.builder.lock():
            try:
                cmake.make(PLATFORM, ["root/conformance.elf"])
            except cmake.BuildFailed as failed:
                self._unbuilt = failed
                raise
            release = ["--release"] if flavour is Flavour.RELEASE else []
            done = subprocess.run([self.builder.tool, "--no-install", "image", "--json", *release, "--root-task",
                                   cmake.folder(PLATFORM) / "root/conformance.elf", "-o", folder / f"{flavour.value}.image"],
                                  cwd=self.builder.root, capture_output=True, text=True, check=True)
            if flavour is Flavour.CHECKED:
                self._check(folder / f"{flavour.value}.image", folder)
        return list(json.loads(done.stdout)["machine"])

    def _check(self, image: Path, folder: Path) -> None:
        """Put a kernel that checks itself into an image of the debug kernel."""
        build, source = cmake.folder(PLATFORM), ROOT / "kernel/core/debug.c"
        how = recipe(build, "kernel/kernel-debug.elf", source)
        how = replace(how, link=(*how.link, "-Wl,--wrap=kernel_syscall"))
        kernel = raw_image(how, make(how, source.read_text() + (HERE / "checked.c").read_text(), folder))
        plain = (build / "kernel/kernel-debug.bin").read_bytes()
        image.write_bytes(with_kernel(image.read_bytes(), plain, kernel.read_bytes()))

    def outcomes(self, flavour: Flavour, names: Sequence[str]) -> dict[str, Outcome]:
        if flavour not in self._known:
            folder = self.builder.root / "build" / "conformance"
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / f"{flavour.value}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._known[flavour] = self._shared(flavour, names, folder / f"{flavour.value}.json")
        return self._known[flavour]

    def _shared(self, flavour: Flavour, names: Sequence[str], file: Path) -> dict[str, Outcome]:
        key = [self.testrun, *names]
        if self.testrun and file.exists():
            kept = json.loads(file.read_text())
            if kept["key"] == key:
                return {name: Outcome(**fields) for name, fields in kept["found"].items()}
        with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
            found = run_all(self.image(flavour, Path(folder)), names, Path(folder) / "machine")
        missing = {name: Outcome(False, "the guest does not know it") for name in names if name not in found}
        file.write_text(json.dumps({"key": key, "found": {n: asdict(o) for n, o in (found | missing).items()}}))
        return found | missing


def suite(config: pytest.Config) -> Suite:
    """Of this run."""
    found: Suite | None = getattr(config, "sel4ish_conformance", None)
    if found is None:
        worker: dict[str, str] = getattr(config, "workerinput", {})
        found = Suite(Builder(ROOT), worker.get("testrunuid", ""))
        config.sel4ish_conformance = found      # type: ignore[attr-defined]
    return found
