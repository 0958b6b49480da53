# SPDX-License-Identifier: BSD-2-Clause
"""Random calls on the host: each leaves every invariant true, a refused one changes nothing, and together they end in every way that
outcomes.def lists. A longer campaign: tools/sel4ish fuzz."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sel4ish_pytest.c_tests import host_build
from sel4ish_pytest.figures import Figures
from sel4ish_pytest.system import Builder
from sysc import host_kernel, random_calls
from sysc.paths import ROOT

WORLDS, CALLS = 60, 10_000


def play(program: Path, worlds: int, calls: int, seed: int) -> random_calls.Reached:
    done = subprocess.run([program, "--table", "--worlds", str(worlds), "--calls", str(calls), "--seed", str(seed)],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return random_calls.read(done.stdout.splitlines())


@pytest.mark.follows_from("kernel")
def test_two_million_entries_break_nothing_and_reach_every_outcome(builder: Builder, figures: Figures) -> None:
    with builder.lock():
        program = host_kernel.program("fast", "kernel-random")
    reached = play(program, WORLDS, CALLS, 1)
    print("\n".join(random_calls.lines(reached)))
    assert reached.entries >= 2_000_000
    assert reached.succeeded() >= 30
    assert reached.below(1) == []
    figures.checked("random, on the host", reached.entries)


@pytest.mark.follows_from("kernel")
def test_the_sanitizers_find_nothing(pytestconfig: pytest.Config, figures: Figures) -> None:
    program = host_build(pytestconfig).program(ROOT / "kernel/test/test.c").with_name("kernel-random")
    reached = play(program, 2, 4_000, 2)
    assert reached.entries > 8_000
    figures.checked("random, on the host", reached.entries)
