# SPDX-License-Identifier: BSD-2-Clause
"""Mistakes as people and programs read them. Text: place, code, what is wrong; the line with a caret; what to write
instead; a second place. JSON: docs/diagnostics.md says the fields."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sysc.source import Location, SourceError, in_order

PAGE_OF = "docs/diagnostics.md"
WIDEST = 160        # columns of a quoted line


def as_text(mistakes: Iterable[SourceError], root: Path) -> str:
    return "\n".join(_text(m, root) for m in in_order(mistakes))


def as_data(mistakes: Iterable[SourceError]) -> list[dict[str, Any]]:
    return [{"code": m.code, "severity": "warning" if m.warning else "error", **_place(m.at), "message": m.what, "hint": m.hint,
             "related": [{**_place(n.at), "message": n.what} for n in m.notes], "page": f"{PAGE_OF}#{m.code.lower()}"}
            for m in in_order(mistakes)]


def _place(at: Location) -> dict[str, Any]:
    return {"file": at.file, "line": at.line, "column": at.col, "width": at.width}


def _text(mistake: SourceError, root: Path) -> str:
    kind = "warning" if mistake.warning else "error"
    lines = [f"{mistake.at}: {kind} {mistake.code}: {mistake.what}", *_quoted(mistake.at, root)]
    if mistake.hint:
        lines.append(f"  hint: {mistake.hint}")
    for note in mistake.notes:
        lines += [f"  {note.at}: note: {note.what}", *_quoted(note.at, root)]
    return "\n".join(lines) + "\n"


def _quoted(at: Location, root: Path) -> list[str]:
    """The line, and a caret under the place. Nothing where the file cannot be read any more."""
    if not at.line:
        return []
    try:
        lines = (root / at.file).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    if at.line > len(lines):
        return []
    line = lines[at.line - 1]
    before = "".join("\t" if c == "\t" else " " for c in line[:at.col - 1])
    width = max(1, min(at.width, len(line) - at.col + 1))
    return [f"{at.line:5} | {_printable(line)[:WIDEST]}", f"      | {before}{'^' * width}"] if at.col <= WIDEST else []


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() or c == "\t" else "?" for c in line)
