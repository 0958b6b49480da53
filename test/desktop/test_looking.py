# SPDX-License-Identifier: BSD-2-Clause
"""Looking at the screen while a system starts stops nothing, however much it says meanwhile."""

from __future__ import annotations

from sel4ish_pytest.plugin import MachineFactory

LOOKS = 400


def test_a_machine_that_is_only_looked_at_starts(machine: MachineFactory) -> None:
    vm = machine("ramfb.yaml")
    for _ in range(LOOKS):
        assert vm.screen().size
        if "[compositor] paint: on the screen" in vm.console.text:
            return
    raise AssertionError(vm.console.tail())
