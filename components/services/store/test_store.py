# SPDX-License-Identifier: BSD-2-Clause
"""The store in QEMU, with a client of each version at the same time."""

from sel4ish_pytest.plugin import MachineFactory


def test_the_store_keeps_its_promises_in_both_versions(machine: MachineFactory) -> None:
    vm = machine("records.yaml")
    vm.check_results("newer")
    vm.check_results("older")
