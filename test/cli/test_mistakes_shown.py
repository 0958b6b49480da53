# SPDX-License-Identifier: BSD-2-Clause
"""The twelve mistakes that every user makes sooner or later, through the command line and the project's own components: each with
its own code at its own place, all of a file in one run, status 1. golden/NAME.txt is what `check` prints of golden/NAME.yaml.

    SEL4ISH_REGENERATE=1 pytest test/cli/test_mistakes_shown.py      writes them anew: read the difference"""

from __future__ import annotations

import json
import os
import re

import pytest
from sel4ish_pytest.front_door import ROOT, sel4ish

GOLDEN = ROOT / "test" / "cli" / "golden"

# name: its code, and what stands at the place (the last such text of the file).
TWELVE = {
    "unknown_key": ("E003", "priorty"),
    "wrong_type": ("E004", "high"),
    "missing_source": ("E010", "components/services/stoer"),
    "duplicate_name": ("E011", "store: {source: components/services/time"),
    "interface_nobody_provides": ("E014", "store@2"),
    "version_that_nobody_has": ("E015", "store@7"),
    "unknown_device": ("E017", "tmier"),
    "two_owners_of_one_device_page": ("E018", "uart0"),
    "budget_over_period": ("E019", "5ms"),
    "call_cycle": ("E020", "right]"),
    "bad_policy": ("E021", "shel]"),
    "broken_yaml": ("E001", ": ["),      # where YAML cannot go on; the note says what it was reading
}
MANY = [("E010", "components/services/stoer"), ("E014", "store@7"), ("E014", "tyme@1"), ("E019", "5ms"), ("E003", "priorty"), ("E018", "uart0, uart7"),
        ("E017", "uart7"), ("E004", "deep"), ("E021", "nobody")]


def place(name: str, text: str) -> tuple[int, int]:
    """Line and column of the last place where the text stands."""
    before, found, _ = (GOLDEN / f"{name}.yaml").read_text().rpartition(text)
    assert found, text
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def errors(name: str, command: str = "check") -> list[tuple[str, tuple[int, int]]]:
    """Code and place of each error, in order; no word that is not about the description."""
    done = sel4ish(command, GOLDEN.relative_to(ROOT) / f"{name}.yaml")
    assert done.returncode == 1 and not done.stdout
    return [(code, (int(line), int(column))) for line, column, code in
            re.findall(rf"^test/cli/golden/{name}\.yaml:(\d+):(\d+): error ([EW]\d+): ", done.stderr, re.M)]


def test_each_has_a_code_of_its_own() -> None:
    assert len(TWELVE) == 12 and len({code for code, _ in TWELVE.values()}) == 12


@pytest.mark.parametrize("name", TWELVE)
def test_a_mistake_is_said_once_at_its_place(name: str) -> None:
    code, text = TWELVE[name]
    assert errors(name) == [(code, place(name, text))]


@pytest.mark.parametrize("name", ["unknown_key", "call_cycle", "broken_yaml", "many_at_once"])
def test_build_says_the_same_as_check(name: str) -> None:
    assert errors(name, "build") == errors(name)


def test_all_mistakes_of_a_file_come_in_one_run() -> None:
    assert errors("many_at_once") == [(code, place("many_at_once", text)) for code, text in MANY]


@pytest.mark.parametrize("name", [*TWELVE, "many_at_once"])
def test_what_is_printed_is_the_golden_text(name: str) -> None:
    printed = sel4ish("check", GOLDEN.relative_to(ROOT) / f"{name}.yaml").stderr
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("SEL4ISH_REGENERATE"):
        golden.write_text(printed)
    assert printed == golden.read_text()


@pytest.mark.parametrize("name", ["wrong_type", "many_at_once", "broken_yaml"])
def test_json_says_the_same(name: str) -> None:
    done = sel4ish("check", "--json", GOLDEN.relative_to(ROOT) / f"{name}.yaml")
    assert done.returncode == 1 and not done.stderr
    assert [(m["code"], (m["line"], m["column"])) for m in json.loads(done.stdout)] == errors(name)
