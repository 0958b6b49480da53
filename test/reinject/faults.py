# SPDX-License-Identifier: BSD-2-Clause
"""The table of planted faults (faults.yaml), and which of them were noticed before.

A record of what was noticed holds for exactly the sources that it was made with: anything else is tried again.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

KINDS = (".c", ".h", ".S", ".def", ".cmake", ".txt", ".lds", ".ld", ".py", ".yaml")


class FaultError(Exception):
    """The table does not fit the sources."""


@dataclass(frozen=True)
class OnMachine:
    """A system test, `file::function`, with what its parameters are; and what it must be seen to fail with."""

    test: str
    saying: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return self.test.partition("::")[0]

    @property
    def function(self) -> str:
        return self.test.partition("::")[2]


@dataclass(frozen=True)
class Fault:
    name: str
    why: str
    file: str
    old: str
    new: str
    host: tuple[str, ...] = ()
    machine: OnMachine | None = None

    def plant(self, root: Path) -> str:
        """The file's text with the fault in it."""
        text = (root / self.file).read_text()
        if text.count(self.old) != 1:
            raise FaultError(f"{self.file} has the text of fault '{self.name}' {text.count(self.old)} times, not once; "
                             f"say in faults.yaml what stands there now:\n{self.old}")
        return text.replace(self.old, self.new)


def load(table: Path) -> tuple[Fault, ...]:
    return tuple(_fault(row) for row in yaml.safe_load(table.read_text()))


def _fault(row: dict[str, Any]) -> Fault:
    machine = row.pop("machine", None)
    if machine:
        machine = OnMachine(machine["test"], tuple(machine["saying"]), machine.get("with", {}))
    return Fault(**{**row, "host": tuple(row.get("host", ())), "machine": machine})


class Noticed:
    """What was noticed, a file each, in the build folder."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root

    def already(self, name: str, what: object, places: Iterable[str]) -> bool:
        record = self.folder / f"{name}.noticed"
        return record.exists() and record.read_text() == self._key(what, places)

    def remember(self, name: str, what: object, places: Iterable[str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.noticed").write_text(self._key(what, places))

    def _key(self, what: object, places: Iterable[str]) -> str:
        digests = [digest(self.root / place) for place in places]
        return hashlib.sha256(repr([what, digests]).encode()).hexdigest()


@functools.cache
def digest(folder: Path) -> str:
    """Of every source below it, by name."""
    sha = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in KINDS and p.is_file()):
        sha.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return sha.hexdigest()
