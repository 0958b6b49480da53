# SPDX-License-Identifier: BSD-2-Clause
"""The platform's table against the device tree that QEMU makes for that machine."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sysc.paths import ROOT
from sysc.platforms import PLATFORMS, ROW, load_platform

PLATFORM = "qemu-virt-aarch64"
BEGIN_NODE, END_NODE, PROPERTY, NOTHING, END = 1, 2, 3, 4, 9
FIRST_PRIVATE, FIRST_SHARED = 16, 32        # interrupt numbers of a tree's <1 n> and <0 n>
LEVEL, EDGE = 4, 1                          # a tree's triggers
PAGE = 4096
PCI = "bochs_"
DEVICE_1 = 1 << 15                          # a device's page in the configuration space of bus 0
MEMORY_32 = 0x02000000                      # what a range of the bus is: memory below 4 GiB


@dataclass(frozen=True)
class Node:
    name: str
    properties: dict[str, bytes]

    def numbers(self, key: str, size: int = 4) -> list[int]:
        value = self.properties.get(key, b"")
        return [int.from_bytes(value[i:i + size], "big") for i in range(0, len(value), size)]

    def registers(self) -> dict[int, int]:
        """Bytes of each range by its base; two cells each."""
        words = self.numbers("reg", 8)
        return dict(zip(words[::2], words[1::2]))

    def interrupts(self) -> list[tuple[int, int]]:
        """Number and trigger of each; three cells each."""
        cells = self.numbers("interrupts")
        return [((FIRST_PRIVATE if private else FIRST_SHARED) + n, flags & 0xf)
                for private, n, flags in zip(cells[::3], cells[1::3], cells[2::3])]


def nodes(tree: bytes) -> Iterator[Node]:
    """Every node below the root, each complete before its children."""
    structure, strings = struct.unpack_from(">II", tree, 8)
    at, found = structure, []
    while (token := int.from_bytes(tree[at:at + 4], "big")) != END:
        at += 4
        if token == BEGIN_NODE:
            end = tree.index(b"\0", at)
            found.append(Node(tree[at:end].decode(), {}))
            at = (end + 4) & ~3
        elif token == PROPERTY:
            length, name = struct.unpack_from(">II", tree, at)
            key = tree[strings + name:tree.index(b"\0", strings + name)].decode()
            found[-1].properties[key] = tree[at + 8:at + 8 + length]
            at = (at + 8 + length + 3) & ~3
        elif token == END_NODE:
            yield found.pop()
        else:
            assert token == NOTHING


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> list[Node]:
    """Of the machine with every device that the table can ask for."""
    file = tmp_path_factory.mktemp("tree") / "virt.dtb"
    options = [word for o in load_platform(ROOT, PLATFORM).options for word in o.words]
    subprocess.run(["qemu-system-aarch64", "-machine", f"virt,dumpdtb={file}", "-cpu", "cortex-a53", "-m", "1G", "-nodefaults",
                    "-display", "none", *options], check=True, capture_output=True)
    return list(nodes(file.read_bytes()))


def test_every_device_is_where_the_tree_says_with_its_interrupt(tree: list[Node]) -> None:
    for device in load_platform(ROOT, PLATFORM).devices:
        if not device.base or device.name.startswith(PCI):
            continue                        # only registers of the processor; or behind a bus
        node = next((n for n in tree if device.base in n.registers()), None)
        assert node, f"{device.name}: the tree has nothing at {device.base:#x}"
        assert (node.registers()[device.base] + PAGE - 1) // PAGE * PAGE == device.bytes, device.name
        expected = [(device.irq, EDGE if device.edge else LEVEL)] if device.irq else []
        if device.user:
            assert node.interrupts() == expected, device.name


def test_pci_devices_are_inside_the_windows_of_their_bus(tree: list[Node]) -> None:
    bus = next(n for n in tree if n.properties.get("compatible") == b"pci-host-ecam-generic\0")
    (config, _), = bus.registers().items()
    cells = bus.numbers("ranges")
    start, size = next((row[4], row[6]) for i in range(0, len(cells), 7) if (row := cells[i:i + 7])[0] == MEMORY_32)
    for device in load_platform(ROOT, PLATFORM).devices:
        if device.name == "bochs_config":
            assert device.base == config + DEVICE_1
        elif device.name.startswith(PCI):
            assert start <= device.base and device.base + device.bytes <= start + size, device.name
            assert device.base % device.bytes == 0, f"{device.name}: a BAR is aligned to its size"


def test_the_timers_interrupts_are_the_trees(tree: list[Node]) -> None:
    node = next(n for n in tree if n.name == "timer")
    _, physical, virtual, _ = node.interrupts()
    rows = {name: cells for kind, arguments in ROW.findall(Path(ROOT, PLATFORMS[PLATFORM]).read_text())
            for name, *cells in [[c.strip() for c in arguments.split(",")]] if kind in ("INTERRUPT", "DEVICE")}
    assert virtual[0] == int(rows["kernel_timer"][0])
    assert physical[0] == int(rows["timer"][2])


def test_memory_begins_where_the_table_says(tree: list[Node]) -> None:
    node = next(n for n in tree if n.name.startswith("memory"))
    assert list(node.registers()) == [load_platform(ROOT, PLATFORM).ram_base]
