# SPDX-License-Identifier: BSD-2-Clause
"""The instruments themselves: what the plugin counts is what is executed, and under icount it repeats to the instruction."""

from __future__ import annotations

import pytest
from sel4ish_pytest.plugin import MachineFactory


@pytest.mark.follows_from("kernel", "libsel4ish", "components", "capdl", "test/system")      # icount: no run differs
def test_a_measurement_repeats_to_the_instruction(machine: MachineFactory) -> None:
    found = []
    for _ in range(2):
        vm = machine("echo_poll.yaml", icount=True)
        found.append(vm.measurements(1))
        between = vm.instructions_between(r"^supervisor\|.*mark 1 by client", r"^supervisor\|.*mark 2 by client")
        assert 10_000 < found[-1][0] < between
        found[-1] += (between,)
        vm.check_results("client")
        counts = vm.observe()
        assert counts.opened == counts.closed == len(counts.measured) == 1
        assert counts.measured[0] < counts.instructions and counts.semihosting_calls >= len(vm.debug.text)
        vm.stop()
    assert found[0] == found[1]
