# SPDX-License-Identifier: BSD-2-Clause
"""From client to provider without the kernel: counted by the kernel for each thread, and from outside the machine."""

from __future__ import annotations

import re

from sel4ish_pytest.machine import Machine
from sel4ish_pytest.plugin import MachineFactory


def run(vm: Machine) -> str:
    vm.check_results("client")
    return vm.log("client")


def counted(vm: Machine) -> tuple[dict[str, int], dict[str, int]]:
    """System calls of each component at the client's two marks."""
    text = vm.log("supervisor")
    parts = re.split(r"supervisor: mark \d by client", text)
    assert len(parts) == 3, text
    first, second = ({name: int(n) for name, n in re.findall(r"counters (\S+): syscalls=(\d+)", part)} for part in parts[1:])
    return first, second


def test_ten_thousand_messages_between_pollers_make_no_system_call(machine: MachineFactory) -> None:
    vm = machine("echo_poll.yaml")
    assert "end: 10000 messages" in run(vm)
    before, after = counted(vm)
    assert before["client"] == after["client"] and before["server"] == after["server"]
    counts = vm.observe()
    assert counts.opened == counts.closed == 1 and counts.measured_calls == 0


def test_one_planted_system_call_is_seen_by_both_counters(machine: MachineFactory) -> None:
    vm = machine("echo_planted.yaml")
    run(vm)
    before, after = counted(vm)
    assert after["client"] == before["client"] + 1
    assert vm.observe().measured_calls == 1


def test_sleeping_peers_make_at_most_one_call_a_batch(machine: MachineFactory) -> None:
    vm = machine("echo_block.yaml")
    log = run(vm)
    batches = int(re.search(r"messages in (\d+) batches", log).group(1))    # type: ignore[union-attr]
    before, after = counted(vm)
    assert batches >= 10000 // 64
    for side in ("client", "server"):
        calls = after[side] - before[side]
        assert 0 < calls <= batches, f"{side} made {calls} calls in {batches} batches"
    assert vm.observe().measured_calls == sum(after[s] - before[s] for s in ("client", "server"))
