# SPDX-License-Identifier: BSD-2-Clause
"""The library for root tasks takes no name that belongs to the program."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from sel4ish_pytest.front_door import sel4ish

# Reserved ones, libsel4's and the project's; of the C library what only its user can define.
OURS = re.compile(r"_\w+|seL4_\w+|sel4ish_\w+|abort|fflush|stdin|stdout|stderr")


def test_every_global_symbol_is_reserved_or_ours() -> None:
    specs = Path(sel4ish("image", "--specs").stdout.strip())
    archive = specs.parent / "libsel4ish/libsel4ish-root.a"
    listed = subprocess.run(["aarch64-linux-gnu-nm", "--extern-only", "--defined-only", "--format=posix", archive],
                            capture_output=True, text=True, check=True).stdout
    symbols = [line.split()[:2] for line in listed.splitlines() if not line.endswith(":")]
    assert "sel4ish_park" in [name for name, _ in symbols]
    assert [name for name, kind in symbols if not OURS.fullmatch(name) and (name, kind) != ("sbrk", "W")] == []
