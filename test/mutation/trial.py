# SPDX-License-Identifier: BSD-2-Clause
"""One fault planted, and who notices: first the unit tests of the file that it is in, then all of them, then the lock-step
model, then the tests under the sanitizers. Each program is compiled anew for that one file alone."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "reinject"))

from mutant import MutantError, Recipe, make, recipe  # noqa: E402
from operators import Mutant  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CPU_SECONDS = 6             # that one process of a test program may use: a fault may be an endless loop
STALL_SECONDS = 300.0       # that a test program may take altogether
MODEL_CALLS = 20_000


@dataclass(frozen=True)
class Builds:
    """Build folders; None: that stage is left out."""

    plain: Path | None = None
    model: Path | None = None
    sanitized: Path | None = None


@dataclass(frozen=True)
class Outcome:
    verdict: str            # caught, survived, "does not compile", "same code"
    by: str = ""            # which test noticed


@cache
def _recipe(build: Path, program: str, source: Path) -> Recipe:
    return recipe(build, program, source)


def _machine_code(compiled: Path) -> str:
    done = subprocess.run(["objdump", "-dr", "--no-show-raw-insn", str(compiled)], capture_output=True, text=True, check=True)
    code = done.stdout.partition("\n\n")[2].partition("\n")[2].replace(str(compiled), "")
    assert code, f"{compiled} has no machine code"      # as with -flto: then all would be the same
    return code


@cache
def _original_code(compiled: Path) -> str:
    return _machine_code(compiled)


def same_code(r: Recipe, compiled: Path) -> bool:
    return _original_code(r.build / r.compile[r.compile.index("-o") + 1]) == _machine_code(compiled)


def first_failure(program: Path, names: list[str]) -> str:
    """The first test that fails; "": none does."""
    limited = ["sh", "-c", f'ulimit -t {CPU_SECONDS}; exec "$@"', "sh", str(program), *names]
    child = subprocess.Popen(limited, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace",
                             start_new_session=True)
    assert child.stdout
    until, passed = time.monotonic() + STALL_SECONDS, False
    try:
        for line in child.stdout:
            if failed := re.match(r"FAIL (\w+)", line):
                return failed[1]
            passed = passed or line.startswith("ok ")
            if time.monotonic() > until:
                return "(endless)"
        return "" if passed and child.wait() == 0 else "(the program ends)" if passed else ""
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)        # the test that runs is a process of its own
        child.wait()
        child.stdout.close()


def near_tests(m: Mutant) -> list[str]:
    """Files of unit tests that are about the mutant's file."""
    stem = Path(m.file).stem
    stems = {stem, stem.partition("_")[0], *NEAR.get(stem, ())}
    return sorted(f"t_{s}" for s in stems if (ROOT / "kernel" / "test" / f"t_{s}.c").exists())


NEAR = {"asid": ("vspace",), "cache": ("code",), "client": ("connection", "ends"), "cpu": ("sched",),
        "delete": ("ends", "withdraw"), "derive": ("derivation", "cnode"), "endings": ("delete",), "endpoint": ("cancel",),
        "fpu": ("tcb", "sched"), "frame": ("vspace", "interface"), "invoke": ("refusals", "cnode"),
        "ipc": ("endpoint", "reply", "donation", "receive"), "irq": ("bell", "withdraw"), "memory": ("untyped", "boot"),
        "message": ("endpoint",), "object": ("untyped",), "page_table": ("vspace",), "party": ("registry",),
        "provider": ("connection", "ends", "withdraw"), "region": ("derivation",), "reply": ("donation",),
        "sched_context": ("context", "sched", "donation"), "sched_control": ("context", "sched"),
        "syscall": ("endpoint", "refusals", "receive", "message"), "tcb_space": ("tcb", "restart"), "thread": ("tcb", "sched")}


def _by_tests(m: Mutant, build: Path, text: str, folder: Path, near_alone: bool = False) -> Outcome:
    r = _recipe(build, "kernel-tests", ROOT / m.file)
    program = make(r, text, folder)
    if same_code(r, folder / (Path(m.file).stem + ".o")):
        return Outcome("same code")
    near = near_tests(m)
    failed = first_failure(program, near) if near else ""
    if not failed and not near_alone:
        failed = first_failure(program, [])
    return Outcome("caught", failed) if failed else Outcome("survived")


def _by_model(m: Mutant, build: Path, text: str, folder: Path) -> Outcome:
    program = make(_recipe(build, "model-driver", ROOT / m.file), text, folder)
    command = [sys.executable, str(ROOT / "test/model/lockstep.py"), "--driver", str(program), "--calls", str(MODEL_CALLS),
               "--shrink-seconds", "0"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=STALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Outcome("caught", "model (endless)")
    return Outcome("caught", "model") if done.returncode else Outcome("survived")


def attempt_near(m: Mutant, build: Path, folder: Path) -> Outcome:
    """Only the unit tests of the mutant's file look, of which there must be some."""
    try:
        return _by_tests(m, build, m.text(ROOT), folder, near_alone=True)
    except MutantError:
        return Outcome("does not compile")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def attempt(m: Mutant, builds: Builds, folder: Path) -> Outcome:
    text = m.text(ROOT)
    outcome = Outcome("survived")
    try:
        stages: list[tuple[Path | None, Callable[[Mutant, Path, str, Path], Outcome]]] = [
            (builds.plain, _by_tests), (builds.model, _by_model), (builds.sanitized, _by_tests)]
        for build, how in stages:
            if build and outcome.verdict == "survived":
                outcome = how(m, build, text, folder)
    except MutantError:
        outcome = Outcome("does not compile")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return outcome
