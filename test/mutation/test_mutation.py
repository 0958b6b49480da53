# SPDX-License-Identifier: BSD-2-Clause
"""Faults can be planted, all the same ones again, and of a sample the kernel's unit tests catch most."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from choice import choose, equivalents, possible
from operators import OPERATORS, Line, mutants
from sel4ish_pytest.c_tests import host_build
from trial import ROOT, attempt_near, near_tests

SAMPLE, SEED, MISSED = 8, 2, 4


@pytest.mark.parametrize(("operator", "before", "after"), [
    ("comparison swapped", "    if (a < b)", "    if (a <= b)"),
    ("condition negated", "    if (a || b) {", "    if (!(a || b)) {"),
    ("and for or", "    return a && b;", "    return a || b;"),
    ("bits and for or", "    x = flags & FLAG;", "    x = flags | FLAG;"),
    ("off by one", "    end = start + 1;", "    end = start + 2;"),
    ("number changed", "    one(x, 2);", "    one(x, 3);"),
    ("wrong right", "    if (!(rights & RIGHT_READ))", "    if (!(rights & RIGHT_WRITE))"),
    ("truth swapped", "    queued = true;", "    queued = false;"),
    ("not removed", "    if (!ready(t))", "    if (ready(t))"),
    ("statement deleted", "    t->next = NULL;", "    ;"),
    ("statement deleted", "    queue_remove(q, t);", "    ;"),
    ("wrong error", "    return seL4_RangeError;", "    return seL4_IllegalOperation;"),
    ("error ignored", "    return error;", "    return seL4_NoError;"),
])
def test_an_operator_plants_its_fault(operator: str, before: str, after: str) -> None:
    assert list(OPERATORS[operator](Line(before, ""))) == [after]


def test_a_check_is_dropped_where_its_refusal_follows() -> None:
    drop = OPERATORS["check dropped"]
    assert list(drop(Line("    if (bad)", "        return error;"))) == ["    if (false && (bad))"]
    assert list(drop(Line("    if (bad)", "        count++;"))) == []


@pytest.mark.parametrize("line", ["    struct slot *slot = found;", "    return;", "    word_t bits = 0;"])
def test_declarations_and_returns_are_not_deleted(line: str) -> None:
    assert list(OPERATORS["statement deleted"](Line(line, ""))) == []


def test_comments_assertions_and_what_is_outside_of_functions_stay(tmp_path: Path) -> None:
    (tmp_path / "x.c").write_text("static int a = 1;\n\nint f(void)\n{\n    /* a < b */\n    assert(a < 2);\n    return a;   /* 1 < 2 */\n}\n")
    assert list(mutants(tmp_path, "x.c")) == []


def test_the_same_seed_chooses_the_same_faults_of_all_functions() -> None:
    every = possible(ROOT)
    functions = {(m.file, m.function) for m in every}
    chosen = choose(every, len(functions), 1)
    assert chosen == choose(possible(ROOT), len(functions), 1) != choose(every, len(functions), 2)
    assert {(m.file, m.function) for m in chosen} == functions
    assert len(functions) >= 300
    assert set(Counter(m.operator for m in chosen)) == set(OPERATORS)


@pytest.mark.follows_from("kernel", "test/mutation", "test/reinject")
def test_of_a_sample_the_unit_tests_of_the_same_file_catch_most(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    build = host_build(request.config).program(ROOT / "kernel/test/test.c").parent
    chosen = choose([m for m in possible(ROOT) if near_tests(m)], SAMPLE, SEED)
    outcomes = [(m, attempt_near(m, build, tmp_path / str(n))) for n, m in enumerate(chosen)]
    print("\n".join(f"{o.verdict:16} {m.name}  {o.by}" for m, o in outcomes))
    missed = [m.name for m, o in outcomes if o.verdict == "survived"]
    assert any(o.verdict == "caught" for _, o in outcomes) and len(missed) <= MISSED, missed


def test_what_is_called_equivalent_still_stands_in_the_kernel() -> None:
    gone = [f"{file}: {old}" for file, _, old, _ in equivalents() if old not in (ROOT / file).read_text()]
    assert not gone, gone
