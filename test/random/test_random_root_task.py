# SPDX-License-Identifier: BSD-2-Clause
"""Random calls of a root task's threads leave the kernel alive with all its invariants true, and find a planted fault. Longer runs, and
all faults: tools/sel4ish random."""

from __future__ import annotations

from pathlib import Path

import pytest
from sel4ish_pytest.figures import Figures
from sel4ish_pytest.system import Builder
from sysc import random_calls, random_run, random_task
from sysc.commands.random import mutants

CALLS, SEED = 50_000, 1


@pytest.mark.follows_from("kernel", "libsel4ish", "test/random", "test/reinject")
def test_fifty_thousand_random_calls_leave_the_kernel_alive(builder: Builder, figures: Figures, tmp_path: Path) -> None:
    with builder.lock():
        qemu = random_task.build(tmp_path)
    played = random_run.play(qemu, CALLS, SEED)
    assert not played.found, "\n".join([*played.last, played.found])
    print("\n".join(random_calls.lines(played.reached)))
    assert played.reached.calls >= CALLS
    assert played.reached.succeeded() >= random_calls.SUCCEED
    assert len(played.reached.below(1)) <= len(played.reached.count) // 100     # a short run: the rare ones take a longer one
    figures.checked("random, in the guest", played.reached.calls)


@pytest.mark.follows_from("kernel", "libsel4ish", "test/random", "test/reinject")
def test_a_planted_fault_is_found(builder: Builder, tmp_path: Path) -> None:
    with builder.lock():
        random_task.build(tmp_path)
        name, _, qemu = next(mutants(lambda fault: fault == "mapping-outlives-its-capability"))
    played = random_run.play(qemu, CALLS, SEED)
    assert "a leaf is named by one frame" in played.found, f"{name} was not found: {played.found}"
