# SPDX-License-Identifier: BSD-2-Clause
"""The unit tests take nearly every branch of the generic kernel. Which they do not: tools/sel4ish coverage --missing."""

from __future__ import annotations

import pytest
from sel4ish_pytest.figures import Figures
from sel4ish_pytest.system import Builder
from sysc.commands import coverage


@pytest.mark.follows_from("kernel")
def test_the_unit_tests_take_nearly_every_branch_of_the_generic_kernel(builder: Builder, figures: Figures) -> None:
    with builder.lock():
        program = coverage.build()
    taken = coverage.measure(program)
    print("\n".join(coverage.row(file, coverage.of(taken, file), True) for file in coverage.files(taken)))
    assert len(taken) > 2_000
    assert coverage.percent(taken) >= coverage.LEAST
    figures.share("branches of kernel/core and kernel/object that the unit tests take", sum(1 for n in taken.values() if n), len(taken))
