# SPDX-License-Identifier: BSD-2-Clause
"""The whole path: first-light.yaml, booted, talked to on its serial line."""

from sel4ish_pytest.plugin import MachineFactory


def test_one_shell_sees_the_record_that_the_other_stored(machine: MachineFactory) -> None:
    vm = machine("docs/examples/first-light.yaml")
    vm.expect(r"^\[shell-a\] ready")
    vm.expect(r"^\[shell-b\] ready", anywhere=True)
    vm.type("@shell-a put colour a rather dark green")
    vm.expect(r"^\[shell-a\] .*colour")
    vm.type("@shell-b get colour")
    vm.expect(r"^\[shell-b\] .*a rather dark green")


def test_a_shell_uses_the_newest_version_that_it_is_granted(machine: MachineFactory) -> None:
    vm = machine("docs/examples/first-light.yaml")
    vm.expect(r"^\[shell-a\] ready")
    vm.expect(r"^\[shell-b\] ready", anywhere=True)
    vm.type("@shell-a who")
    vm.expect(r"^\[shell-a\]   store@2 of store: connected")
    vm.type("@shell-b who")
    vm.expect(r"^\[shell-b\]   store@1 of store: connected")
    vm.type("@shell-a put k v")
    vm.expect(r"^\[shell-a\] .*k")
    vm.type("@shell-b list")
    vm.expect(r"^\[shell-b\] .*version 1")


def test_an_alarm_rings_when_it_is_due(machine: MachineFactory) -> None:
    vm = machine("docs/examples/first-light.yaml")
    vm.expect(r"^\[shell-a\] ready")
    vm.type("@shell-a sleep 50")
    slept = vm.expect(r"^\[shell-a\] slept (\d+) ms")
    assert int(slept.group(1)) >= 50


def test_a_component_that_is_killed_leaves_the_others_talking(machine: MachineFactory) -> None:
    vm = machine("docs/examples/first-light.yaml")
    vm.expect(r"^\[shell-b\] ready")
    vm.kill("store")
    vm.type("@shell-b echo still here")
    vm.expect(r"^\[shell-b\] still here")
    vm.type("@supervisor ps")
    vm.expect(r"^\[supervisor\] .*store +killed")
    vm.expect(r"^\[supervisor\] .*shell-a +running", anywhere=True)


def test_the_counters_of_a_component_only_grow(machine: MachineFactory) -> None:
    vm = machine("docs/examples/first-light.yaml")
    vm.expect(r"^\[shell-a\] ready")
    before = vm.counters("shell-a")
    vm.type("@shell-a echo once more")
    vm.expect(r"^\[shell-a\] once more")
    after = vm.counters("shell-a")
    assert before["faults"] == after["faults"] == 0 and after["switches"] > before["switches"] > 0
