# SPDX-License-Identifier: BSD-2-Clause
"""Components that try what they may not: stopped or refused, named, and nobody else notices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sel4ish_pytest.plugin import MachineFactory

WILD = """\
system: wild-{name}
platform: qemu-virt-aarch64
components:
  culprit: {{source: components/test/wild, options: {{what: "{name}"}}}}
  server: {{source: components/test/echo-server, provides: [echo@1]}}
  client:
    source: components/test/echo-client
    uses: {{echo@1: server}}
    trusts_code: [server]
    options: {{messages: 1000}}
"""

# What the culprit does, and what the supervisor must say of it.
CRIMES = {
    "null": r"read of 0x0 ",
    "unmapped": r"(read|write) of 0x[0-9a-f]+ ",
    "kernel": r"(read|write) of 0xffff[0-9a-f]+ ",
    "text": r"write of 0x4[0-9a-f]+ ",
    "rodata": r"write of 0x4[0-9a-f]+ ",
    "config": r"write of 0x10[0-9a-f]+ ",
    "data": r"(fetch|execution) (of|from|at) 0x[0-9a-f]+ ",
    "stack": r"(fetch|execution) (of|from|at) 0x[0-9a-f]+ ",
    "guard": r"write of 0x[0-9a-f]+ ",
    "undefined": r"undefined",
    "capability": r"capability",
    "syscall": r"system call",
}


def test_a_request_outside_the_capability_is_refused_and_its_maker_named(machine: MachineFactory) -> None:
    vm = machine("denied.yaml")
    vm.check_results("culprit")
    vm.check_results("client")
    assert "culprit denied" in vm.log("supervisor")
    assert "client denied" not in vm.log("supervisor")


@pytest.mark.parametrize("name", CRIMES)
def test_a_wild_component_is_stopped_and_named_and_the_rest_carries_on(
        machine: MachineFactory, tmp_path: Path, name: str) -> None:
    description = tmp_path / f"wild-{name}.yaml"
    description.write_text(WILD.format(name=name))
    vm = machine(description)
    line = vm.expect(r"^supervisor\|.*culprit stopped: .*$", channel="debug").group()
    vm.check_results("client")
    assert re.search(CRIMES[name], line), line
    assert re.search(r"pc 0x[0-9a-f]+ \(\w+(\+0x[0-9a-f]+)?\)", line) or name in ("data", "stack", "null"), line


def test_one_that_spins_cannot_stop_the_others(machine: MachineFactory) -> None:
    vm = machine("spin.yaml")
    vm.check_results("client")


def test_the_c_library_and_the_kernel_calls_work_as_a_component_finds_them(machine: MachineFactory) -> None:
    vm = machine("runtime.yaml")
    vm.check_results("runtime")
    vm.check_results("reach")
