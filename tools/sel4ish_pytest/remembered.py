# SPDX-License-Identifier: BSD-2-Clause
"""Tests whose answer follows from the sources alone: seeded campaigns, which say the same as long as no source changes.

    @pytest.mark.follows_from("kernel", "test/model")

Such a test that passed is not made again until a source below one of those folders, in tools/ or the build's own file, or the test's
own file, changes. What is remembered
lies in build/remembered/, a file for each test; a failure is never remembered. --again makes all of them again, and so does deleting the folder."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

KINDS = {"", ".c", ".h", ".S", ".def", ".py", ".yaml", ".txt", ".cmake", ".lds", ".ld"}
MARK = "follows_from"
ALWAYS = ("tools", "CMakeLists.txt")        # what builds and runs every test


@functools.cache
def digest(place: Path) -> str:
    """Of every source below it, by name, or of the one that it is."""
    sha = hashlib.sha256()
    for path in sorted(p for p in (place, *place.rglob("*")) if p.suffix in KINDS and p.is_file()):
        sha.update(f"{path.relative_to(place)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return sha.hexdigest()


class Remembered:
    """A plugin: what passed, and from which sources."""

    def __init__(self, folder: Path, root: Path, again: bool) -> None:
        self.folder, self.root, self.again = folder, root, again

    def key(self, item: pytest.Item, mark: pytest.Mark) -> str:
        digests = [digest(self.root / place) for place in (*mark.args, *ALWAYS)]
        return hashlib.sha256(repr([digests, item.path.read_text()]).encode()).hexdigest()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        mark = pyfuncitem.get_closest_marker(MARK)
        if mark is None:
            yield
            return
        record = self.folder / re.sub(r"[^\w.-]+", "_", pyfuncitem.nodeid)
        key = self.key(pyfuncitem, mark)
        if not self.again and record.exists() and record.read_text() == key:
            pyfuncitem.obj = lambda **arguments: None
            yield
            return
        outcome = yield
        if outcome.excinfo is None:     # type: ignore[attr-defined]
            self.folder.mkdir(parents=True, exist_ok=True)
            record.write_text(key)
