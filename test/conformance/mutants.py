# SPDX-License-Identifier: BSD-2-Clause
"""The rules of the conformance cases taken out of the kernel, one at a time: the cases named for each must fail then.

    /usr/bin/python3 test/conformance/mutants.py                every mutant with its cases; prints those cases that pass
    /usr/bin/python3 test/conformance/mutants.py --alone copy-rights        each case in a start of the machine of its own
    /usr/bin/python3 test/conformance/mutants.py --try untyped.c copy-rights     the cases of these files on it: which fail

mutants.yaml is the table: a text of a kernel source and what it becomes. Only that source is compiled anew and linked with
the rest of the build; the root task stays. Exit status: 0 every case noticed, 1 not, 2 the table does not fit the kernel.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT), str(ROOT / "tools"), str(ROOT / "test" / "reinject")]

from mutant import MutantError, make, raw_image, recipe  # noqa: E402
from suite import PLATFORM, Flavour, Outcome, Suite, run_all  # noqa: E402
from sel4ish_pytest.system import Builder  # noqa: E402
from sysc import cmake  # noqa: E402
from sysc.image import with_kernel  # noqa: E402

KERNEL = "kernel/kernel-debug.elf"
# A mutant on which one of these fails too, whichever it is not about, is one that runs no case at all, and tells nothing.
CONTROLS = ("delete_of_an_empty_slot_does_nothing", "revoke_of_an_empty_slot_does_nothing")
# What a mutant's machine may execute before it is given up, and how long it may stand still.
PATIENCE, STALL_SECONDS = 1_500_000_000, 5.0


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    old: str
    new: str
    cases: tuple[str, ...]

    def plant(self) -> str:
        """The source with the rule taken out."""
        text = (ROOT / self.file).read_text()
        if text.count(self.old) != 1:
            raise MutantError(f"{self.file} has the text of mutant '{self.name}' {text.count(self.old)} times")
        return text.replace(self.old, self.new)


def load(file: Path = HERE / "mutants.yaml") -> tuple[Mutant, ...]:
    return tuple(Mutant(row["name"], row["file"], row["old"], row["new"], tuple(row["cases"]))
                 for row in yaml.safe_load(file.read_text()))


class Bench:
    """The root task and the build that mutants are made of; built once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = Suite(Builder(ROOT), "").image(Flavour.DEBUG, folder)
        self.build = cmake.folder(PLATFORM)
        self.image = folder / f"{Flavour.DEBUG.value}.image"

    def outcomes(self, m: Mutant, cases: Sequence[str]) -> dict[str, Outcome]:
        """What came of these cases, or cases of files, on the mutant."""
        how = recipe(self.build, KERNEL, ROOT / m.file)
        kernel = raw_image(how, make(how, m.plant(), self.folder / m.name))
        plain = (self.build / KERNEL).with_suffix(".bin").read_bytes()
        image = self.folder / m.name / "image"
        image.write_bytes(with_kernel(self.image.read_bytes(), plain, kernel.read_bytes()))
        command = [str(image) if word == str(self.image) else word for word in self.command]
        return run_all(command, cases, self.folder / m.name / "machine", PATIENCE, STALL_SECONDS)

    def unnoticed(self, m: Mutant, alone: bool = False) -> list[str]:
        """Those of its cases that pass, in one run of the machine or each by itself. What another case's machine stop hid is
        tried by itself too; if it does not begin then either, or a case fails that the mutant is not about, it tells nothing."""
        control = next(case for case in CONTROLS if case not in m.cases)
        found = self.outcomes(m, [control] if alone else [control, *m.cases])
        for case in m.cases:
            if case not in found:
                found |= self.outcomes(m, [case])
        if missing := [case for case in m.cases if case not in found]:
            raise MutantError(f"on mutant '{m.name}' these do not even begin: {' '.join(missing)}")
        if control not in found or not found[control].passed:
            raise MutantError(f"on mutant '{m.name}' cases fail that it is not about: {control}")
        return [case for case in m.cases if found[case].passed]


def main() -> int:
    parser = argparse.ArgumentParser(description="take rules out of the kernel: the conformance cases must fail")
    parser.add_argument("names", nargs="*", help="mutants (default: all)")
    parser.add_argument("--alone", action="store_true", help="a start of the machine for each case")
    parser.add_argument("--try", dest="tried", action="append", metavar="FILE.c", help="print which of this file's cases fail on each")
    args = parser.parse_args()
    chosen = [m for m in load() if not args.names or m.name in args.names]
    missed = bad = 0
    with tempfile.TemporaryDirectory(prefix="conformance-mutants-") as folder:
        bench = Bench(Path(folder))
        for m in chosen:
            try:
                if args.tried:
                    failed = [name for name, outcome in bench.outcomes(m, args.tried).items() if not outcome.passed]
                    print(f"{m.name}: {' '.join(failed)}", flush=True)
                    continue
                passed = bench.unnoticed(m, args.alone)
            except MutantError as error:
                print(f"{m.name}: {error}", flush=True)
                bad += 1
                continue
            missed += len(passed)
            if passed:
                print(f"{m.name}: passed all the same: {' '.join(passed)}", flush=True)
    print(f"{len(chosen)} mutants, {sum(len(m.cases) for m in chosen)} cases, {missed} passed all the same, {bad} do not fit the kernel")
    return 2 if bad else 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
