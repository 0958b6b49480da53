# SPDX-License-Identifier: BSD-2-Clause
"""The config block: a component's planned facts as bytes, as libsel4ish/include/sel4ish/config.h declares them."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from sysc.model import REGION_KINDS, Component, InterfaceVersion
from sysc.plan import BUFFER, HEAP, STACK_TOP, ComponentPlan, ConnectionPlan, InterfacePlan, Plan
from sysc.programs import Program, Symbol

MAGIC, VERSION = 0x34736973, 1
HEADER = struct.Struct("<IHHII8Q32s")
ENTRY = struct.Struct("<II40s32s10Q")
VALUES = 10
assert HEADER.size == 112 and ENTRY.size == 160


class Kind(IntEnum):
    USE = 1
    PROVIDE = 2
    CONNECTION = 3
    ROUTINE = 4
    DEVICE = 5
    IRQ = 6
    OPTION = 7
    CAP = 8
    MEMORY = 9
    REGION = 10


@dataclass(frozen=True)
class Entry:
    kind: Kind
    name: str = ""
    peer: str = ""
    values: tuple[int, ...] = ()
    owner: int = 0


@dataclass(frozen=True)
class Block:
    name: str
    label: int
    heap: tuple[int, int]
    stack: tuple[int, int]
    buffer: int
    inbox: int
    runtime: int
    runtime_bits: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Memory:
    """A file of the boot archive in a component's memory."""

    name: str
    vaddr: int
    size: int


def block(plan: Plan, own: ComponentPlan, code: Mapping[str, Program], memory: tuple[Memory, ...] = ()) -> Block:
    """`code` has every sealed image by name; `memory` is what the component gets beside the regions that are its own."""
    c = own.component
    return Block(own.name, own.label, (HEAP, HEAP + c.heap), (STACK_TOP - c.stack, STACK_TOP), BUFFER, own.cptr(own.inbox),
                 own.runtime_cptr(0), own.runtime_bits, tuple(_entries(plan, own, code, memory)))


def _entries(plan: Plan, own: ComponentPlan, code: Mapping[str, Program], memory: tuple[Memory, ...]) -> list[Entry]:
    entries: list[Entry] = []
    uses = [(i, c) for i in plan.interfaces for c in i.connections if c.client == own.name]
    for interface, connection in sorted(uses, key=lambda u: (u[0].ref.name, -u[0].ref.version, u[0].instance)):
        trusted = own.component.trusts(interface.provider)
        owner = len(entries)
        entries.append(_use(own, interface, connection, trusted))
        entries += _parts(interface, owner, code if trusted else {})
    for interface in (i for i in plan.interfaces if i.provider == own.name):
        owner = len(entries)
        entries.append(_provide(own, interface))
        entries += _parts(interface, owner, code)
        entries += [Entry(Kind.CONNECTION, peer=c.client, owner=owner,
                          values=(c.n, c.client_label, own.cptr(c.bell), c.provider_badge)) for c in interface.connections]
    for d in own.devices:
        if d.vaddr:
            entries.append(Entry(Kind.DEVICE, d.device.name, values=(d.vaddr, d.device.bytes)))
        if d.handler:
            entries.append(Entry(Kind.IRQ, d.device.name, values=(own.cptr(d.handler), d.badge, d.device.irq)))
    given = options(own.component, plan.system.kernel)
    entries += [_option(key, given[key]) for key in sorted(given)]
    entries += [Entry(Kind.CAP, c.name, c.peer, (c.cptr, c.label, c.more)) for c in own.caps]
    entries += [Entry(Kind.MEMORY, m.region.name.text, values=(m.vaddr, m.region.size, m.paddr or 0)) for m in own.memory]
    entries += [Entry(Kind.MEMORY, m.name, values=(m.vaddr, m.size, 0)) for m in memory]
    return entries


def _use(own: ComponentPlan, interface: InterfacePlan, c: ConnectionPlan, trusted: bool) -> Entry:
    return Entry(Kind.USE, interface.ref.name, interface.provider, (
        interface.id, interface.ref.version, interface.instance, own.cptr(c.registry), c.client_base, interface.version.window,
        own.cptr(c.doorbell), c.client_badge, c.client_slot, int(trusted)))


def _provide(own: ComponentPlan, interface: InterfacePlan) -> Entry:
    return Entry(Kind.PROVIDE, interface.ref.name, values=(
        interface.id, interface.ref.version, interface.instance, own.cptr(interface.registry), interface.base,
        interface.version.window, len(interface.connections), interface.badge, interface.slot))


def _parts(interface: InterfacePlan, owner: int, code: Mapping[str, Program]) -> list[Entry]:
    """The regions of an interface, and the entry points of its sealed image."""
    found = [Entry(Kind.REGION, r.name, owner=owner, values=(r.offset, r.bytes, REGION_KINDS.index(r.kind)))
             for r in interface.version.regions]
    return found + [Entry(Kind.ROUTINE, s.name, owner=owner, values=(offset,))
                    for s, offset in _routines(interface.version, code.get(interface.code))]


def _routines(version: InterfaceVersion, image: Program | None) -> list[tuple[Symbol, int]]:
    region = version.code
    return [(s, region.offset + s.address) for s in image.entry_points] if image and region else []


def options(component: Component, kernel: str) -> dict[str, int | str]:
    """Defaults, then what the description sets. An option named "debug" tells whether the kernel has a debug channel."""
    flavour: dict[str, int | str] = {"debug": int(kernel == "debug")}
    declared = {o.name.text: flavour.get(o.name.text, o.value) for o in component.type.options}
    return declared | {o.name.text: o.value for o in component.options}


def _option(key: str, value: int | str) -> Entry:
    return Entry(Kind.OPTION, key, value, ()) if isinstance(value, str) else Entry(Kind.OPTION, key, values=(value % (1 << 64),))


def encode(block: Block) -> bytes:
    size = HEADER.size + ENTRY.size * len(block.entries)
    header = HEADER.pack(MAGIC, VERSION, len(block.entries), block.label, size, *block.heap, *block.stack, block.buffer, block.inbox,
                         block.runtime, block.runtime_bits, _text(block.name, 32))
    return header + b"".join(ENTRY.pack(e.kind, e.owner, _text(e.name, 40), _text(e.peer, 32),
                                        *e.values, *[0] * (VALUES - len(e.values))) for e in block.entries)


def decode(data: bytes) -> Block:
    """The Block that the bytes say; for tests and for people who look into an image."""
    magic, version, count, label, size, *numbers, name = HEADER.unpack_from(data)
    assert (magic, version, size) == (MAGIC, VERSION, HEADER.size + ENTRY.size * count)
    entries = []
    for i in range(count):
        kind, owner, entry, peer, *values = ENTRY.unpack_from(data, HEADER.size + ENTRY.size * i)
        entries.append(Entry(Kind(kind), _read(entry), _read(peer), tuple(values), owner))
    h0, h1, s0, s1, buffer, inbox, runtime, bits = numbers
    return Block(_read(name), label, (h0, h1), (s0, s1), buffer, inbox, runtime, bits, tuple(entries))


def _text(text: str, size: int) -> bytes:
    data = text.encode()
    assert len(data) < size, f"'{text}' is longer than {size - 1} bytes"
    return data


def _read(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode()
