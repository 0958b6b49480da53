# SPDX-License-Identifier: BSD-2-Clause
"""Which faults are planted: as many as are asked for, spread over all functions and operators, the same for the same seed. And which
of them are none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import yaml
from operators import Mutant, mutants

EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
FOLDERS = ("kernel/core", "kernel/object")
# What says things to people, and what checks the kernel, is not the kernel.
SPARED = ("debug.c", "release.c", "invariants.c", "invariants_caps.c", "invariants_mapping.c", "invariants_registry.c",
          "invariants_sched.c")


def possible(root: Path) -> list[Mutant]:
    files = [path for folder in FOLDERS for path in sorted((root / folder).glob("*.c")) if path.name not in SPARED]
    return [m for path in files for m in mutants(root, str(path.relative_to(root)))]


def choose(every: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """In rounds: one of each function, of the operator that was used least so far."""
    functions: dict[tuple[str, str], list[Mutant]] = {}
    for m in every:
        functions.setdefault((m.file, m.function), []).append(m)
    keys = sorted(functions)
    for key in keys:
        Random(f"{seed} {key}").shuffle(functions[key])
    Random(seed).shuffle(keys)
    used: Counter[str] = Counter()
    chosen: list[Mutant] = []
    while len(chosen) < count and any(functions.values()):
        for key in keys:
            if functions[key] and len(chosen) < count:
                m = min(functions[key], key=lambda m: used[m.operator])
                functions[key].remove(m)
                used[m.operator] += 1
                chosen.append(m)
    return chosen


def equivalents() -> dict[tuple[str, str, str, str], str]:
    """Why a fault is none: by file, function, and what becomes of the line."""
    rows = yaml.safe_load(EQUIVALENT.read_text())
    return {(row["file"], row["function"], row["old"], row["new"]): row["why"] for row in rows}
