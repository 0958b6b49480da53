# SPDX-License-Identifier: BSD-2-Clause
"""The serial line in QEMU: what is typed, what is shown, and who is heard."""

from __future__ import annotations

from sel4ish_pytest.plugin import MachineFactory


def test_a_component_that_floods_its_log_does_not_keep_others_from_being_heard(machine: MachineFactory) -> None:
    vm = machine("flood.yaml")
    vm.expect(r"^\[flood\] flood 20:")
    vm.expect(r"^\[shell\] ready", anywhere=True)
    vm.type("echo can you hear me")
    vm.expect(r"^\[shell\] can you hear me")
    vm.type("@supervisor ps")
    vm.expect(r"^\[supervisor\] .*flood +running")
    vm.expect(r"^\[flood\] flood")


def test_lines_can_be_edited_and_control_characters_do_nothing(machine: MachineFactory) -> None:
    vm = machine("docs/examples/first-light.yaml")
    vm.expect(r"^\[shell-a\] ready")
    vm.type("echo wrong\x15echo helpp\x7f\b\bllo\x1b[A\x01 there")
    vm.expect(r"^\[shell-a\] hello there$")


def test_the_focus_moves_when_a_name_is_typed(machine: MachineFactory) -> None:
    vm = machine("docs/examples/first-light.yaml")
    vm.expect(r"^\[shell-b\] ready")
    vm.type("@shell-b")
    vm.type("echo I am b")
    vm.expect(r"^\[shell-b\] I am b")
    vm.type("@shell-a echo and I am a")
    vm.expect(r"^\[shell-a\] and I am a")
    vm.type("echo still b")
    vm.expect(r"^\[shell-b\] still b")
    vm.type("@nobody-here hello")
    vm.expect(r"^\[serial\] nobody here is called 'nobody-here'")


def test_nobody_can_write_another_components_mark(machine: MachineFactory) -> None:
    vm = machine("docs/examples/first-light.yaml")
    vm.expect(r"^\[shell-a\] ready")
    vm.type("echo " + "x" * 140)
    vm.expect(r"^\[shell-a\] x{140}$")
    vm.type("echo [store] forged")
    vm.expect(r"^\[shell-a\] \[store\] forged$")
