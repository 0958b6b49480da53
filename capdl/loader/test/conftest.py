# SPDX-License-Identifier: BSD-2-Clause
"""The loader with a spec of a test's own, in QEMU."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from collections.abc import Mapping as Files
from pathlib import Path

import pytest

import capdl.binary
from capdl.loader.test.probes import CODE, KERNEL, LOADER, PLATFORM, RAM, Boot
from capdl.model import Spec
from sel4ish_pytest.machine import Machine
from sel4ish_pytest.system import Builder
from sysc import cmake, image, qemu
from sysc.archive import archive
from sysc.programs import load_program


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("probe")
    here = Path(__file__).parent
    subprocess.run(["aarch64-linux-gnu-gcc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Os", "-ffreestanding", "-nostdlib",
                    "-static", "-fno-pic", "-no-pie", "-mgeneral-regs-only", "-fno-stack-protector", "-fno-jump-tables",
                    "-fno-asynchronous-unwind-tables", "-I", str(here.parents[2] / "kernel" / "abi"), "-Wl,--build-id=none",
                    f"-Wl,-Ttext={CODE:#x}", "-Wl,-eprobe", str(here / "probe.c"), "-o", str(folder / "probe")], check=True)
    subprocess.run(["aarch64-linux-gnu-objcopy", "-O", "binary", "-j", ".text", str(folder / "probe"), str(folder / "bin")], check=True)
    return (folder / "bin").read_bytes()


@pytest.fixture
def boot(tmp_path: Path, builder: Builder, observer_plugin: Path, probe: bytes) -> Iterator[Boot]:
    """A machine that starts with these bytes as its spec and these files in its archive."""
    running: list[Machine] = []

    def start(spec: Spec | bytes, files: Files[str, bytes] | None = None, ram: int = RAM) -> Machine:
        with builder.lock():
            cmake.make(PLATFORM, [KERNEL, LOADER])
        where = cmake.folder(PLATFORM)
        data = spec if isinstance(spec, bytes) else capdl.binary.write(spec)
        payload = image.payload(load_program(where / LOADER, "loader"),
                                image.loader_data(data, archive({"probe": probe, **(files or {})})))
        (tmp_path / "image").write_bytes(image.image((where / KERNEL).read_bytes(), payload))
        running.append(Machine(qemu.machine(PLATFORM, ram, tmp_path / "image"), tmp_path / str(len(running)), observer_plugin))
        return running[-1]

    yield start
    for machine in running:
        machine.stop()
