# SPDX-License-Identifier: BSD-2-Clause
"""Each mistake of a user has a pair here: golden/NAME.yaml, and golden/NAME.txt with what the tool says of it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from sysc.build import describe, judge
from sysc.paths import ROOT
from sysc.show import as_data, as_text

HERE = Path(__file__).parent
PAIRS = sorted(p.stem for p in (HERE / "golden").glob("*.yaml"))
# The mistakes that the design names, and their codes.
NAMED = {
    "unknown_key": "E003", "wrong_type": "E004", "missing_source": "E010", "duplicate_name": "E011", "interface_nobody_provides": "E014",
    "version_that_nobody_has": "E015", "unknown_device": "E017", "two_owners_of_one_device_page": "E018", "budget_over_period": "E019",
    "call_cycle": "E020", "bad_policy": "E021", "broken_yaml": "E001", "priority_out_of_range": "E022", "need_not_granted": "E023",
    "too_little_memory": "E024", "provider_does_not_provide": "E016"}     # policy_broken, E080, is the audit's


def said(name: str) -> str:
    _, mistakes = judge(HERE / "golden" / f"{name}.yaml", HERE)
    return as_text(mistakes, HERE)


@pytest.mark.parametrize("name", PAIRS)
def test_the_tool_says_what_the_golden_file_says(name: str) -> None:
    golden = HERE / "golden" / f"{name}.txt"
    text = said(name)
    if os.environ.get("SEL4ISH_REGENERATE"):
        golden.write_text(text)
    assert text == golden.read_text()


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_named_mistake_has_its_own_code(name: str) -> None:
    codes = {m.code for m in describe(HERE / "golden" / f"{name}.yaml", HERE)[1] if not m.warning}
    assert NAMED[name] in codes


def test_a_right_description_has_no_mistake() -> None:
    assert said("right") == ""


@pytest.mark.parametrize("name", PAIRS)
def test_mistakes_are_sorted_unique_and_placed(name: str) -> None:
    _, mistakes = describe(HERE / "golden" / f"{name}.yaml", HERE)
    assert [m.key() for m in mistakes] == sorted({m.key() for m in mistakes})
    for mistake, data in zip(mistakes, as_data(mistakes)):
        assert mistake.at.line > 0 or mistake.code in ("E001", "E010")
        assert data["code"] == mistake.code and data["line"] == mistake.at.line


def test_every_code_has_its_entry_in_the_manual() -> None:
    sources = "".join(p.read_text() for p in (ROOT / "tools" / "sysc").rglob("*.py") if "test" not in p.parts)
    used = set(re.findall(r'"([EW]\d{3})"', sources))
    written = set(re.findall(r"^### ([EW]\d{3})", (ROOT / "docs" / "diagnostics.md").read_text(), re.MULTILINE))
    assert used == written


def test_the_projects_own_interfaces_may_be_named_too(tmp_path: Path) -> None:
    path = tmp_path / "system.yaml"
    path.write_text((ROOT / "docs/examples/first-light.yaml").read_text() + "interfaces: [components/interfaces]\n")
    assert [m for m in describe(path)[1] if not m.warning] == []
