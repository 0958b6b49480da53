# SPDX-License-Identifier: BSD-2-Clause
"""What the kernel's operations cost, counted in user mode around each call on the release kernel, against seL4's own figures.
The operations are those of the root task in kernel/; kernel/rows.yaml says what each is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sysc.commands.bench import Boot, Figure

ROWS = Path(__file__).parent / "kernel" / "rows.yaml"
SAID = re.compile(r"^row (\w+) (?:(\d+)|differs (\d+) (\d+))$", re.M)


def figures(boot: Boot) -> Iterator[Figure]:
    rows: list[dict[str, Any]] = yaml.safe_load(ROWS.read_text())
    took = measured(boot)
    named = {row[key] for row in rows for key in ("row", "against") if key in row}
    assert named == set(took), f"rows.yaml and the root task disagree on {', '.join(sorted(named ^ set(took)))}"
    for row in rows:
        if "against" in row:
            yield Figure(row["operation"], took[row["row"]] / took[row["against"]], row["sel4"], times=True)
        else:
            yield Figure(row["operation"], took[row["row"]], row["sel4"], row["next"])


def measured(boot: Boot) -> dict[str, int]:
    """What each row took. One whose repetitions differ is worth nothing, and neither is the run."""
    vm = boot.root_task("bench/kernel_bench.elf")
    end = vm.expect(r"^(rows done|failed: .*)$")
    assert end[1] == "rows done", end[1]
    said = SAID.findall(vm.console.text)
    differ = [f"{name}: {least} to {most}" for name, _, least, most in said if least]
    assert not differ, "repetitions differ: " + ", ".join(differ)
    return {name: int(count) for name, count, _, _ in said}
