# SPDX-License-Identifier: BSD-2-Clause
"""The order of a run: the files that took longest come first, so that no processor waits for a long one at the end.

How long each took is kept in build/test-seconds.json from run to run; a file that never ran comes first. Test processes get
the record from the process that started them: they must all have the same order.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest


class Order:
    def __init__(self, record: Path, config: pytest.Config) -> None:
        self.record = record
        self.worker = hasattr(config, "workerinput")
        self.before: dict[str, float] = config.workerinput["seconds"] if self.worker else self._read()  # type: ignore[attr-defined]
        self.took: Counter[str] = Counter()

    @pytest.hookimpl(optionalhook=True)     # type: ignore[misc]
    def pytest_configure_node(self, node: Any) -> None:
        """xdist starts a test process."""
        node.workerinput["seconds"] = self.before

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: -self.before.get(file_of(item.nodeid), float("inf")))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.took[file_of(report.nodeid)] += report.duration    # type: ignore[assignment]

    def pytest_sessionfinish(self) -> None:
        if self.took and not self.worker:
            self.record.parent.mkdir(exist_ok=True)
            self.record.write_text(json.dumps({**self.before, **self.took}, indent=1, sort_keys=True))

    def _read(self) -> dict[str, float]:
        read: dict[str, float] = json.loads(self.record.read_text()) if self.record.exists() else {}
        return read


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]
