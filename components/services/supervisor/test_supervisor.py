# SPDX-License-Identifier: BSD-2-Clause
"""The supervisor in QEMU: what it says of components that do what they may not."""

from __future__ import annotations

import re

from sel4ish_pytest.plugin import MachineFactory

CAUSES = {
    "write-unmapped": r"write of 0x30000000 at pc 0x\w+ \(fault_write\+0x0\): not mapped",
    "write-kernel": r"write of 0xffff\w+ at pc 0x\w+ \(fault_write\+0x0\): not permitted",
    "execute-rodata": r"fetch of 0x\w+ at pc 0x\w+ \(unknown function\): not permitted",
    "execute-kernel": r"fetch of 0xffff\w+ at pc 0xffff\w+ \(unknown function\)",
    "misaligned": r"misaligned pc at pc 0x\w+ \(fault_write\+0x2\)",
    "privileged": r"undefined instruction at pc 0x\w+ \(fault_privileged\+0x0\)",
    "breakpoint": r"breakpoint instruction at pc 0x\w+ \(fault_breakpoint\+0x0\)",
    "receive": r"invalid capability 0x7ffffff0 in receive at pc 0x\w+ \(fault_receive\+0x\w+\)",
}


def test_every_fault_is_told_with_its_cause_and_place(machine: MachineFactory) -> None:
    vm = machine("faults.yaml")
    for name, cause in CAUSES.items():
        vm.expect(rf"^supervisor\|supervisor: {name} stopped: {cause}", channel="debug", anywhere=True)


def test_one_that_is_always_denied_is_told_of_sixteen_times_and_keeps_nobody_busy(machine: MachineFactory) -> None:
    vm = machine("denials.yaml")
    vm.expect(r"asking_again_and_again_comes_to_an_end", channel="debug", anywhere=True)
    vm.check_results("client")
    told = re.findall(r"culprit denied: .*", vm.log("supervisor"))
    assert len(told) == 16 and told[-1].endswith("; more are counted, not told"), told
