# SPDX-License-Identifier: BSD-2-Clause
"""From a client's pixels to the screen without the kernel: counted for each thread, and from outside the machine."""

from __future__ import annotations

import re

from sel4ish_pytest.machine import Machine
from sel4ish_pytest.plugin import MachineFactory

FRAMES = 100
SUPERVISORS_OWN = 16        # calls, to go on after a mark


def counted(vm: Machine) -> dict[str, int]:
    """How many system calls each component made between the client's two marks."""
    vm.expect(r"mark 2 by swarm", channel="debug")
    vm.expect(r"^\[swarm\] 100 frames")
    parts = re.split(r"supervisor: mark \d by swarm", vm.log("supervisor"))
    assert len(parts) == 3, parts
    first, second = ({name: int(n) for name, n in re.findall(r"counters (\S+): syscalls=(\d+)", part)} for part in parts[1:])
    return {name: second[name] - first[name] for name in first}


def test_a_hundred_frames_between_pollers_make_no_system_call(machine: MachineFactory) -> None:
    vm = machine("poll.yaml")
    calls = counted(vm)
    assert calls["swarm"] == calls["compositor"] == 0
    counts = vm.observe()
    assert counts.opened == counts.closed == 1
    # The driver looks at its inbox, the serial line finishes what the supervisor said, which is not in the list.
    assert counts.measured_calls <= sum(calls.values()) + SUPERVISORS_OWN, (counts, calls)


def test_sleepers_make_at_most_two_calls_a_frame(machine: MachineFactory) -> None:
    calls = counted(machine("block.yaml"))
    for side in ("swarm", "compositor"):
        assert 0 < calls[side] <= 2 * FRAMES + 2, calls
