# SPDX-License-Identifier: BSD-2-Clause
"""`sel4ish bench`: figures that are the same in every run, and of the order that they are meant to be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from sel4ish_pytest.front_door import sel4ish

ROWS = Path(__file__).parent / "kernel" / "rows.yaml"

MOST = {"opaque composition, a pixel": 2, "a pixel from a client's surface": 5, "a frame that shows one pixel": 60_000,
        "pointer move over the backdrop": 100_000, "pointer move over a window": 100_000, "idle second": 20_000_000}


@pytest.mark.follows_from("kernel", "libsel4ish", "components", "capdl", "test/bench", "test/desktop")
def test_the_desktops_figures_repeat_to_the_instruction() -> None:
    done = sel4ish("bench", "desktop", "--json", "--runs", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout)
    for start, most in MOST.items():
        (figure,) = [f for f in figures if f["what"].startswith(start)]
        first, second = figure["instructions"]
        assert first == second and 0 < first < most, figure


@pytest.mark.follows_from("kernel", "libsel4ish", "components", "capdl", "test/bench", "test/desktop")
def test_no_operation_of_the_kernel_takes_more_instructions_than_sel4s() -> None:
    done = sel4ish("bench", "kernel", "--json", "--runs", "1")
    assert done.stdout, done.stderr
    figures = json.loads(done.stdout)
    assert done.returncode == 0 and not [f["what"] for f in figures if f["worse"]]
    assert len(figures) == len(yaml.safe_load(ROWS.read_text()))
    assert all(0 < f["instructions"][0] <= f["sel4"] for f in figures), done.stdout


def test_a_benchmark_that_is_not_there_is_refused() -> None:
    done = sel4ish("bench", "nothing")
    assert done.returncode == 2 and "desktop" in done.stderr
