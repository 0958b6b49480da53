# SPDX-License-Identifier: BSD-2-Clause
"""The kernel does what the model says, call for call; and the model finds faults that were planted in the kernel."""

from __future__ import annotations

from pathlib import Path

import pytest
from driver import Driver, build
from lockstep import RUN, campaign
from planted import FAULTS, hunt
from sel4ish_pytest.figures import Figures
from sel4ish_pytest.system import Builder
from state import booted

ROOT = Path(__file__).resolve().parents[2]
CALLS, PARTS = 200_000, 4
SAMPLE = ("badged-again", "context-does-not-come-home")


@pytest.fixture(scope="module")
def program() -> Path:
    with Builder(ROOT).lock():
        return build(ROOT / "build" / "host" / "test-model")


@pytest.mark.follows_from("kernel", "test/model")
@pytest.mark.parametrize("part", range(PARTS))
def test_the_kernel_does_what_the_model_says(part: int, program: Path, figures: Figures) -> None:
    calls = CALLS // PARTS
    with Driver(program) as driver:
        totals = campaign(driver, 1 + part * (calls // RUN), calls)
        done, asked = totals.share()
        assert totals.calls == calls and done >= asked * 0.3
        missing = [name for name in booted(driver.boot, driver.thread_slots).calls if (name, 0) not in totals.tally.outcomes]
        assert not missing, f"never succeeded: {missing}"
        figures.checked("in step with the model", totals.calls)


@pytest.mark.follows_from("kernel", "test/model", "test/reinject")
@pytest.mark.parametrize("name", SAMPLE)
def test_a_planted_fault_is_found(name: str, program: Path, tmp_path: Path) -> None:
    fault = next(f for f in FAULTS if f.name == name)
    assert "the kernel says" in hunt(fault, program, tmp_path)


def test_every_planted_fault_still_has_its_text() -> None:
    assert len(FAULTS) >= 10
    for fault in FAULTS:
        assert fault.plant(ROOT) != (ROOT / fault.file).read_text()
