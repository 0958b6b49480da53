# SPDX-License-Identifier: BSD-2-Clause
"""docs/libsel4ish.md's example is these files, and works."""

from __future__ import annotations

import re
from pathlib import Path

from sel4ish_pytest.plugin import MachineFactory

FOLDER = Path(__file__).parent / "example"
PAGE = FOLDER.parents[2] / "docs" / "libsel4ish.md"


def test_every_block_of_the_page_stands_in_the_example() -> None:
    sources = [p.read_text() for p in sorted(FOLDER.rglob("*")) if p.is_file()]
    blocks = re.findall(r"^```(?:c|yaml|cmake)\n(.*?)^```", PAGE.read_text(), re.M | re.S)
    assert len(blocks) >= 5
    for block in blocks:
        assert any(block in source for source in sources), block


def test_the_guest_is_greeted_by_name(machine: MachineFactory) -> None:
    vm = machine(FOLDER / "system.yaml")
    vm.expect(r"HELLO, GUEST \(visit 0\)", channel="debug")
