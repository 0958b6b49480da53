# SPDX-License-Identifier: BSD-2-Clause
"""Cases can fail: a sample of mutants.yaml, each noticed by its cases. The whole table: mutants.py.

What was noticed is remembered in build/conformance/ under a hash of all sources involved, as planted faults are
(test/reinject), and not tried again until one of them changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutants import ROOT, Bench, Mutant, load
from sel4ish_pytest.kept import Kept
from suite import CASE

# test/reinject, which suite.py puts on the path.
from mutant import MutantError

MUTANTS = {m.name: m for m in load()}
SAMPLE = ("copy-rights", "retype-window-range", "guard-length", "tree-badge", "receive-read-right", "mint-badge")
SOURCES = ("kernel", "libsel4ish", "test/conformance", "test/reinject")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("mutants"))


@pytest.mark.parametrize("name", SAMPLE)
def test_a_rule_that_is_taken_out_is_missed(name: str, request: pytest.FixtureRequest) -> None:
    m, noticed = MUTANTS[name], Kept(ROOT / "build" / "conformance", ROOT)
    if noticed.holds(m.name, m, SOURCES):
        return
    bench: Bench = request.getfixturevalue("bench")
    assert bench.unnoticed(m) == []
    noticed.keep(m.name, m, SOURCES)


def test_every_mutant_has_a_name_of_its_own_and_names_cases() -> None:
    assert len(MUTANTS) == len(load())
    assert not [m.name for m in MUTANTS.values() if not m.cases]


def test_every_case_can_fail_and_every_row_names_cases_that_exist() -> None:
    cases = {name for file in Path(__file__).parent.rglob("*.c") for name, _ in CASE.findall(file.read_text())}
    noticing = {case for m in MUTANTS.values() for case in m.cases}
    assert cases - noticing == set(), "for a new case write a row that takes its rule out of the kernel (docs/testing.md)"
    assert noticing - cases == set()


def test_every_mutants_text_stands_in_the_kernel_once() -> None:
    counts = {m.name: (m.file, (ROOT / m.file).read_text().count(m.old)) for m in MUTANTS.values()}
    assert {name: where for name, where in counts.items() if where[1] != 1} == {}, "say in mutants.yaml what stands there now"


def test_a_mutant_whose_text_is_gone_says_so() -> None:
    with pytest.raises(MutantError, match="kernel/core/ipc.c has the text of mutant 'gone' 0 times"):
        Mutant("gone", "kernel/core/ipc.c", "no such text", "", ()).plant()
