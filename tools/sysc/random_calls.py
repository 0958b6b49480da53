# SPDX-License-Identifier: BSD-2-Clause
"""Random calls on the kernel: the table of what each call ended in, as programs print it, added up over runs.

A line is "row outcome count"; rows' names may have blanks. "calls N" and "entries N" are totals: entries are what the kernel was
entered for, and checked after, by those who mend the world too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

EVENTS = ("(timer)", "(interrupt)")       # no calls of anybody
LONG, PART, SUCCEED = 1_000_000, 10_000, 30     # calls that make a campaign long; of so many each pair is one; per cent


@dataclass(frozen=True)
class Reached:
    """How often each call ended in each way."""

    count: dict[tuple[str, str], int]
    calls: int = 0
    entries: int = 0

    def plus(self, other: "Reached") -> "Reached":
        keys = self.count.keys() | other.count.keys()
        return Reached({k: self.count.get(k, 0) + other.count.get(k, 0) for k in keys}, self.calls + other.calls,
                       self.entries + other.entries)

    def below(self, least: int) -> list[str]:
        return sorted(f"{row} {outcome}: {n}" for (row, outcome), n in self.count.items() if n < least)

    def succeeded(self) -> float:
        """Per cent of the calls that did what they were asked for."""
        calls = {k: n for k, n in self.count.items() if k[0] not in EVENTS}
        return 100 * sum(n for (_, outcome), n in calls.items() if outcome == "done") / max(1, sum(calls.values()))


def read(lines: Iterable[str]) -> Reached:
    count, totals = {}, {"calls": 0, "entries": 0}
    for line in lines:
        name, _, number = line.strip().rpartition(" ")
        if not number.isdigit():
            continue
        if name in totals:
            totals[name] = int(number)
        else:
            row, _, outcome = name.rpartition(" ")
            count[row, outcome] = int(number)
    return Reached(count, totals["calls"], totals["entries"])


def load(file: Path) -> tuple[int, Reached]:
    """How far a campaign is, and what it reached; the beginning where there is none."""
    if not file.exists():
        return 0, Reached({})
    kept = json.loads(file.read_text())
    count = {(row, outcome): n for row, outcomes in kept["table"].items() for outcome, n in outcomes.items()}
    return kept["next"], Reached(count, kept["calls"], kept["entries"])


def save(file: Path, following: int, reached: Reached) -> None:
    table: dict[str, dict[str, int]] = {}
    for (row, outcome), n in sorted(reached.count.items()):
        table.setdefault(row, {})[outcome] = n
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"next": following, "calls": reached.calls, "entries": reached.entries, "table": table}, indent=1))


def lines(reached: Reached) -> Iterator[str]:
    """The table for people: a line for each call, and what they come to together."""
    for row in sorted({row for row, _ in reached.count}):
        outcomes = [f"{outcome} {n}" for (r, outcome), n in sorted(reached.count.items()) if r == row]
        yield f"{row:36} {'  '.join(outcomes)}"
    if reached.entries:
        yield f"the kernel was entered, and checked after, {reached.entries:,} times"
    yield total(reached)


def total(reached: Reached) -> str:
    text = f"{reached.calls:,} calls, {reached.succeeded():.0f} % of them succeeded"
    if not reached.count:
        return text
    (row, outcome), least = min(reached.count.items(), key=lambda item: (item[1], item[0]))
    return f"{text}; {len(reached.count)} pairs of a call and its outcome, the rarest of them {least:,} times: {row} {outcome}"


def complaints(reached: Reached) -> list[str]:
    """What a long campaign must not come to: too few calls that succeed, and pairs that it hardly reaches."""
    if reached.calls < LONG:
        return []
    least = reached.calls // PART
    few = [f"fewer than {SUCCEED} % of the calls succeeded"] if reached.succeeded() < SUCCEED else []
    return few + [f"fewer than {least:,} times: {pair}" for pair in reached.below(least)]
