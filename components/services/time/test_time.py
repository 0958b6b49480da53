# SPDX-License-Identifier: BSD-2-Clause
"""The time service in QEMU."""

from sel4ish_pytest.plugin import MachineFactory


def test_time_goes_on_and_alarms_ring_for_two_clients_at_once(machine: MachineFactory) -> None:
    vm = machine("alarms.yaml")
    vm.check_results("one")
    vm.check_results("two")
