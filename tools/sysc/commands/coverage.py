# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish coverage: which branches of the generic kernel its unit tests take.
Builds kernel/test in a flavour of its own, runs it, and asks gcov. A branch counts once for each way that it can go. Lines of assertions do not count: their other way is
our own mistake, which no test can make happen. The invariants' own files are not measured: they judge, and only tests call them."""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sysc import host_kernel
from sysc.paths import ROOT

MEASURED = ("kernel/core", "kernel/object")
LEAST = 95.0
ASSERTION = re.compile(r"\b(?:assert|panic)\(")
EPILOG = """examples:
  sel4ish coverage
  sel4ish coverage --missing        with every branch that no test takes
exit status: 0 at least 95 % of the branches are taken, 1 fewer are or a test failed"""


class TestsFailed(Exception):
    """Which, and how."""


@dataclass(frozen=True, order=True)
class Branch:
    """One way to go on from a line."""

    file: str
    line: int
    way: int


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("coverage", help="count the branches of the kernel that its unit tests take", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missing", action="store_true", help="name the lines with a branch that is never taken")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        return count(args.missing)
    except host_kernel.BuildFailed as failed:
        print(failed, file=sys.stderr)
        return 1


def count(missing: bool) -> int:
    try:
        taken = measure(build())
    except TestsFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    print("\n".join([*(row(file, of(taken, file), missing) for file in files(taken)), row("all", taken, False)]))
    return 0 if percent(taken) >= LEAST else 1


def build() -> Path:
    """The unit tests. Whoever may build at the same time holds the build's lock."""
    return host_kernel.program("coverage", "kernel-tests")


def measure(program: Path) -> dict[Branch, int]:
    """How often the unit tests take each branch."""
    for old in program.parent.rglob("*.gcda"):
        old.unlink()
    tests = subprocess.run([program], capture_output=True, text=True, check=False)
    if tests.returncode:
        raise TestsFailed("\n".join(line for line in tests.stdout.splitlines() if not line.startswith("ok ")))
    return branches(program.parent)


def branches(folder: Path) -> dict[Branch, int]:
    """How often each was taken, in all objects that contain it."""
    taken: dict[Branch, int] = {}
    with tempfile.TemporaryDirectory() as scratch:
        data = sorted(p.absolute() for p in folder.rglob("*.gcda"))
        subprocess.run(["gcov", "--json-format", "--branch-probabilities", "--hash-filenames", *data], cwd=scratch, check=True,
                       capture_output=True)
        for file in Path(scratch).glob("*.gcov.json.gz"):
            for branch, count in _read(json.loads(gzip.decompress(file.read_bytes()))):
                taken[branch] = taken.get(branch, 0) + count
    return taken


def _read(report: dict[str, Any]) -> Iterator[tuple[Branch, int]]:
    for file in report["files"]:
        path = Path(report["current_working_directory"], file["file"]).resolve()
        if not any(path.is_relative_to(ROOT / room) for room in MEASURED):
            continue
        text = path.read_text().splitlines()
        for line in file["lines"]:
            if ASSERTION.search(text[line["line_number"] - 1]):
                continue
            for way, branch in enumerate(line["branches"]):
                yield Branch(path.relative_to(ROOT).as_posix(), line["line_number"], way), branch["count"]


def files(taken: dict[Branch, int]) -> list[str]:
    return sorted({b.file for b in taken})


def of(taken: dict[Branch, int], file: str) -> dict[Branch, int]:
    return {b: n for b, n in taken.items() if b.file == file}


def percent(taken: dict[Branch, int]) -> float:
    return 100 * sum(1 for n in taken.values() if n) / max(1, len(taken))


def row(name: str, taken: dict[Branch, int], missing: bool) -> str:
    lines = sorted({b.line for b, n in taken.items() if not n}) if missing else []
    count = f"{sum(1 for n in taken.values() if n):5} of {len(taken):5} branches"
    return f"{name:34} {percent(taken):6.1f} %  {count}  {','.join(map(str, lines))}".rstrip()
