# SPDX-License-Identifier: BSD-2-Clause
"""How much memory a Spec's objects take, by the sizes that the kernel publishes in kernel/abi/objects.def."""

from __future__ import annotations

import re
from pathlib import Path

from capdl.model import (CNode, Connection, Endpoint, Frame, Interface, Notification, Object, Registry, Reply, SchedContext,
                         Spec, Tcb, VSpace)

ROW = re.compile(r'^OBJECT\((\w+),\s*\w+,\s*(\d+),', re.MULTILINE)
SLOT_BITS = 6
KERNEL_NAMES: dict[type[Object], str] = {
    Tcb: "TCB", Endpoint: "ENDPOINT", Notification: "NOTIFICATION", Reply: "REPLY", VSpace: "VSPACE", Registry: "REGISTRY",
    Interface: "INTERFACE", Connection: "CONNECTION"}
LEVELS = (21, 30, 39)       # bits that one table of each level covers


def object_bits(root: Path) -> dict[str, int]:
    return {name: int(bits) for name, bits in ROW.findall((root / "kernel/abi/objects.def").read_text())}


def need(spec: Spec, bits: dict[str, int]) -> dict[str, int]:
    """Bytes by the first part of the objects' names: a component, an interface, or what stands alone."""
    found: dict[str, int] = {}
    sizes = {o.name: o.size_bits for o in spec.objects if isinstance(o, Frame)}
    for o in spec.objects:
        owner = o.name.split(".")[0].split("/")[0]
        found[owner] = found.get(owner, 0) + _size(o, sizes, bits)
    return found


def _size(o: Object, sizes: dict[str, int], bits: dict[str, int]) -> int:
    if isinstance(o, Frame):
        return 0 if o.device else 1 << o.size_bits
    if isinstance(o, CNode):
        return 1 << (o.size_bits + SLOT_BITS)
    if isinstance(o, SchedContext):
        return 1 << o.size_bits
    name = KERNEL_NAMES.get(type(o))
    tables = _tables(o, sizes) << bits["PAGE_TABLE"] if isinstance(o, VSpace) else 0
    return (1 << bits[name] if name else 0) + tables


def _tables(o: VSpace, sizes: dict[str, int]) -> int:
    """A page needs the tables of all levels that cover more than itself."""
    places = [(m.vaddr, sizes[m.frame]) for m in o.mappings]
    places += [(t, 12) for t in o.tables] + [(t, 21) for t in o.large_tables]
    return sum(len({vaddr >> level for vaddr, size in places if size < level}) for level in LEVELS)
