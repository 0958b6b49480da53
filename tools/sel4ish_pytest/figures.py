# SPDX-License-Identifier: BSD-2-Clause
"""What a run says of itself at its end: figures that its tests told.

    def test_random_calls(figures: Figures) -> None:
        ...
        figures.checked("random calls on the host", 600_000)        # added up over all tests
        figures.share("branches of the generic kernel", 2631, 2657)

They travel as properties of the test: into its report, from test processes to the one that started them, and into the JUnit file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

CHECKED, SHARE = "checked calls", "share"


@dataclass(frozen=True)
class Figures:
    """Of one test."""

    properties: list[tuple[str, object]]

    def checked(self, what: str, calls: int) -> None:
        """Calls of the kernel, or entries into it, after which somebody looked whether all was right."""
        self.properties.append((CHECKED, [what, calls]))

    def share(self, what: str, some: int, all_of_them: int) -> None:
        self.properties.append((SHARE, [what, some, all_of_them]))


class Summary:
    """A plugin: the figures of all tests that passed, in the run's last lines."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.shares: dict[str, tuple[int, int]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            for name, value in report.user_properties:
                self._take(name, value)

    def _take(self, name: str, value: Any) -> None:
        if name == CHECKED:
            self.calls[value[0]] += value[1]
        elif name == SHARE:
            self.shares[value[0]] = (value[1], value[2])

    def lines(self) -> list[str]:
        shares = [f"{what}: {some:,} of {all_of_them:,}, {100 * some / all_of_them:.1f} %"
                  for what, (some, all_of_them) in sorted(self.shares.items())]
        calls = ", ".join(f"{what} {n:,}" for what, n in self.calls.most_common())
        return shares + ([f"calls of the kernel that were checked: {self.calls.total():,} ({calls})"] if calls else [])

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for line in self.lines():
            terminalreporter.write_line(line)
