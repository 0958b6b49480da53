# SPDX-License-Identifier: BSD-2-Clause
"""The boot test's root task on several processor models and memory sizes."""

import subprocess
from pathlib import Path

import pytest

from sysc import cmake

PLATFORM = "qemu-virt-aarch64"


@pytest.mark.parametrize(("cpu", "memory"), [("cortex-a53", "1G"), ("cortex-a53", "131M"), ("cortex-a76", "2G"), ("max", "5G")])
def test_the_machine_side_of_the_kernel_works(cpu: str, memory: str) -> None:
    cmake.make(PLATFORM, ["kernel/kernel-debug.bin", "kernel/test/boot/boot-root.elf"])
    command = [str(Path(__file__).with_name("run.py")), str(cmake.folder(PLATFORM) / "kernel"), "--cpu", cpu, "--memory", memory]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
