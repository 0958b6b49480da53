# SPDX-License-Identifier: BSD-2-Clause
"""The boot's code becomes an untyped when the boot is over, so it must be all that the boot alone runs, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from elftools.elf.elffile import ELFFile

from sysc import cmake

sys.path.insert(0, str(Path(__file__).parents[1]))
import stack  # noqa: E402

PLATFORM = "qemu-virt-aarch64"
KERNELS = ("kernel-debug", "kernel-release")


def functions(elf: Path, section: str) -> Iterator[str]:
    with elf.open("rb") as file:
        kernel = ELFFile(file)
        start = kernel.get_section_by_name(section)
        for symbol in kernel.get_section_by_name(".symtab").iter_symbols():
            if symbol["st_info"]["type"] == "STT_FUNC" and 0 <= symbol["st_value"] - start["sh_addr"] < start["sh_size"]:
                yield symbol.name


@pytest.mark.parametrize("name", KERNELS)
def test_the_boots_code_is_what_the_boot_alone_runs(name: str) -> None:
    cmake.make(PLATFORM, [f"kernel/{name}.elf"])
    folder = cmake.folder(PLATFORM) / "kernel"
    (file,) = folder.glob(f"{name}.*.ci")
    graph = stack.read(file)
    later = stack.reached(graph, (entry for entry in stack.ENTRIES if entry != stack.BOOT))
    alone = stack.reached(graph, [stack.BOOT]) - later

    gone = set(functions(folder / f"{name}.elf", ".boot"))
    assert stack.BOOT in gone
    assert {name.rpartition(":")[2] for name in alone} == gone
