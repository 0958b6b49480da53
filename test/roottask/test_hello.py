# SPDX-License-Identifier: BSD-2-Clause
"""A program that knows libsel4's API alone, as the root task: what it shows of the kernel and of the C start-up holds."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from sel4ish_pytest.machine import Machine
from sel4ish_pytest.system import Builder
from sysc import cmake

PLATFORM = "qemu-virt-aarch64"


def image(builder: Builder, folder: Path) -> list[str]:
    """QEMU's command line for hello on the debug kernel."""
    with builder.lock():
        cmake.make(PLATFORM, ["root/hello.elf"])
        done = subprocess.run([builder.tool, "--no-install", "image", "--json", "--root-task",
                               cmake.folder(PLATFORM) / "root/hello.elf", "-o", folder / "hello.image"],
                              cwd=builder.root, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout)["machine"])


def test_a_libsel4_program_runs_as_root_task(builder: Builder, tmp_path: Path) -> None:
    vm = Machine(image(builder, tmp_path), tmp_path / "machine")
    try:
        assert len(vm.check_results("hello")) == 14
        assert "device" in vm.log("hello")
    finally:
        vm.stop()
