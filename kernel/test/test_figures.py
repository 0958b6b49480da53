# SPDX-License-Identifier: BSD-2-Clause
"""The kernel stays something that one person can read in a day, and small in memory."""

from __future__ import annotations

import sys
from pathlib import Path

from sysc import cmake

KERNEL = Path(__file__).parents[1]
sys.path.insert(0, str(KERNEL))
import figures  # noqa: E402

PLATFORM = "qemu-virt-aarch64"
LINES, FILE_LINES, INSTRUCTION_BYTES = 9_000, 400, 40 * 1024


def test_the_kernel_has_less_than_nine_thousand_lines() -> None:
    assert 0 < figures.lines(figures.source_files()) < LINES


def test_no_file_of_it_has_more_than_four_hundred() -> None:
    assert [file.name for file in figures.source_files() if file.read_text().count("\n") > FILE_LINES] == []


def test_a_release_kernel_keeps_less_than_forty_kilobytes_of_instructions() -> None:
    cmake.make(PLATFORM, ["kernel/kernel-release.elf"])
    elf = cmake.folder(PLATFORM) / "kernel" / "kernel-release.elf"
    assert 0 < figures.instruction_bytes(elf, ".text") < INSTRUCTION_BYTES
