# SPDX-License-Identifier: BSD-2-Clause
"""Each CASE(sentence, "rule") of a C file here as an item of the run. All cases that a run chose go through one start of
the machine, whichever test process comes first; an item's result is what the guest said of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from suite import CASE, Flavour, Outcome, suite


class CaseFailure(Exception):
    """What the guest said; shown without a traceback."""


class CaseFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        for name, rule in CASE.findall(self.path.read_text()):
            yield CaseItem.from_parent(self, name=name, rule=rule)


class CaseItem(pytest.Item):
    def __init__(self, rule: str, **rest: object) -> None:
        super().__init__(**rest)        # type: ignore[arg-type]
        self.rule = rule

    def runtest(self) -> None:
        chosen = [item.name for item in self.session.items if isinstance(item, CaseItem)]
        outcome: Outcome = suite(self.config).outcomes(Flavour.CHECKED, chosen)[self.name]
        if not outcome.passed:
            raise CaseFailure(f"{self.name.replace('_', ' ')} ({self.rule})\n{outcome.text}\nrepeat with: "
                              f"tools/sel4ish test test/conformance -k {self.name}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        if isinstance(excinfo.value, CaseFailure):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name}: {self.name.replace('_', ' ')}"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".c" and "harness" not in file_path.parts:
        found: pytest.Collector = CaseFile.from_parent(parent, path=file_path)
        return found
    return None
