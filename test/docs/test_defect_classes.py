# SPDX-License-Identifier: BSD-2-Clause
"""docs/defect-classes.md names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [line for line in (ROOT / "docs/defect-classes.md").read_text().splitlines() if line.startswith("| ")][2:]
NAMED = re.compile(r"`([\w/.-]+)::(\w+)`")


def test_every_class_names_a_test() -> None:
    assert len(ROWS) == 34
    assert not [row for row in ROWS if not NAMED.search(row)]


@pytest.mark.parametrize("file, name", sorted({test for row in ROWS for test in NAMED.findall(row)}))
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    text = (ROOT / file).read_text()
    declared = rf"^def {name}\(" if file.endswith(".py") else rf"^(TEST\({name}\)|CASE\({name},)"
    assert re.search(declared, text, re.M)
