# SPDX-License-Identifier: BSD-2-Clause
"""The table of planted faults (faults.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

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
