# SPDX-License-Identifier: BSD-2-Clause
"""All the project's Python has types, and they agree: mypy --strict, as mypy.ini says.

Tests import their neighbours by name, as pytest has them; two folders in which one name means different files are looked at apart."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT

SOURCES = ("capdl", "components", "kernel", "libsel4ish", "test", "conftest.py")


def folders() -> dict[Path, list[Path]]:
    """With their files, as paths from the root."""
    files: dict[Path, list[Path]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        own = path.relative_to(ROOT)
        if own.parts[0] not in ("build", ".git"):
            files.setdefault(own.parent, []).append(own)
    return files


def names(files: list[Path]) -> set[str]:
    """By which a folder's files are imported where that folder is on the path: a package's are not."""
    found = {f.stem for f in files}
    return set() if "__init__" in found else found


def groups() -> Iterator[list[Path]]:
    """Of folders, no name twice in each."""
    found: list[tuple[list[Path], set[str]]] = []
    for folder, files in folders().items():
        for group, taken in found:
            if not taken & names(files):
                group.append(folder)
                taken |= names(files)
                break
        else:
            found.append(([folder], names(files)))
    return (group for group, _ in found)


@pytest.mark.follows_from(*SOURCES)
def test_types_agree() -> None:
    files = folders()
    places = [folder for folder in files if names(files[folder])]
    for group in groups():
        taken = set[str]().union(*(names(files[folder]) for folder in group))
        path = [folder for folder in places if folder in group or not taken & names(files[folder])]
        done = subprocess.run([sys.executable, "-m", "mypy", *(str(f) for folder in group for f in files[folder])], cwd=ROOT,
                              env={**os.environ, "MYPYPATH": os.pathsep.join(map(str, [Path("tools"), *path]))},
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
