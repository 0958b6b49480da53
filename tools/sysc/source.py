# SPDX-License-Identifier: BSD-2-Clause
"""Where something stands in a description, and the user's mistake there. A mistake has a stable code with an entry in
docs/diagnostics.md, names its place, and says what to write instead where that can be known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Location:
    """A place in a text file. Lines and columns count from 1; line 0 is the file as a whole. `file` is relative to the
    project's root where it lies inside."""

    file: str
    line: int = 0
    col: int = 0
    width: int = field(default=1, compare=False)    # characters that the caret underlines

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.col}" if self.line else self.file


@dataclass(frozen=True)
class Note:
    """A second place that a mistake involves."""

    at: Location
    what: str


class SourceError(Exception):
    """The user's mistake, never ours. A warning is one that the build survives."""

    def __init__(self, at: Location, code: str, what: str, hint: str = "", notes: tuple[Note, ...] = ()) -> None:
        super().__init__(f"{at}: {'warning' if code[0] == 'W' else 'error'} {code}: {what}"
                         + (f"\n  hint: {hint}" if hint else ""))
        self.at, self.code, self.what, self.hint, self.notes = at, code, what, hint, notes

    @property
    def warning(self) -> bool:
        return self.code.startswith("W")

    def key(self) -> tuple[Location, str, str]:
        return (self.at, self.code, self.what)


def in_order(mistakes: Iterable[SourceError]) -> list[SourceError]:
    """Each once, sorted by place."""
    return [m for _, m in sorted({m.key(): m for m in mistakes}.items())]


def did_you_mean(wrong: str, right: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the nearest of the words that would be right, else all of them."""
    words = sorted(set(right))
    near = difflib.get_close_matches(wrong, words, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if otherwise or not words:
        return otherwise
    return "one of: " + ", ".join(words[:20]) + (", …" if len(words) > 20 else "")
