# SPDX-License-Identifier: BSD-2-Clause
"""What was found out about some sources, kept for as long as they stay as they are.

A record, one file each, holds for exactly the sources that it was made with, and for what was asked of them.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

KINDS = {"", ".c", ".h", ".S", ".def", ".py", ".yaml", ".txt", ".cmake", ".lds", ".ld"}

Found = list[list[object]]      # what JSON can hold


@dataclass(frozen=True)
class Kept:
    folder: Path        # of the records
    root: Path          # what places are in

    def recall(self, name: str, asked: object, places: Iterable[str]) -> Found | None:
        """What was found out; None: nothing that still holds."""
        record = self._record(name)
        kept = json.loads(record.read_text()) if record.exists() else {}
        found: Found = kept.get("found", [])
        return found if kept.get("key") == self._key(asked, places) else None

    def holds(self, name: str, asked: object, places: Iterable[str]) -> bool:
        return self.recall(name, asked, places) is not None

    def keep(self, name: str, asked: object, places: Iterable[str], found: Found | None = None) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._record(name).write_text(json.dumps({"key": self._key(asked, places), "found": found or []}))

    def _record(self, name: str) -> Path:
        return self.folder / (re.sub(r"[^\w.-]+", "_", name) + ".json")

    def _key(self, asked: object, places: Iterable[str]) -> str:
        return hashlib.sha256(repr([asked, [digest(self.root / place) for place in places]]).encode()).hexdigest()


@functools.cache
def digest(place: Path) -> str:
    """Of every source below it, by name, or of the one that it is."""
    sha = hashlib.sha256()
    for path in sorted(p for p in (place, *place.rglob("*")) if p.suffix in KINDS and p.is_file()):
        sha.update(f"{path.relative_to(place)}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return sha.hexdigest()
