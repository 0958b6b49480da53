# SPDX-License-Identifier: BSD-2-Clause
"""The boot test's root task behind both kernels, on several processor models and memory sizes."""

import subprocess
from pathlib import Path

import pytest

from sysc import cmake

PLATFORM = "qemu-virt-aarch64"


@pytest.mark.parametrize(("kernel", "cpu", "memory"), [
    ("debug", "cortex-a53", "1G"), ("release", "cortex-a53", "131M"),
    ("debug", "cortex-a76", "2G"), ("release", "max", "5G"),
])
def test_the_machine_side_of_the_kernel_works(kernel: str, cpu: str, memory: str) -> None:
    cmake.make(PLATFORM, [f"kernel/kernel-{kernel}.bin", "kernel/test/boot/boot-root.elf"])
    command = [str(Path(__file__).with_name("run.py")), str(cmake.folder(PLATFORM) / "kernel"),
               "--kernel", kernel, "--cpu", cpu, "--memory", memory]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
