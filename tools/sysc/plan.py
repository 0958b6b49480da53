# SPDX-License-Identifier: BSD-2-Clause
"""A checked System to a Plan: every label, address, slot and badge that the description does not say. The same System
gives the same Plan; nothing is measured here, so a Plan needs no compiled program.

Address map of every component:

    0x00400000  program             0x10400000  heap
    0x10000000  config block        0x18000000  extra memory
    0x10100000  IPC buffer          0x20000000  device pages
    0x10200000  top of the stack    0x40000000  connection windows

CSpace: a root CNode, and in its slot RUNTIME the run-time CNode, whose slots are one level deeper. A root slot i is
addressed as i << runtime_bits, a run-time slot j as RUNTIME << runtime_bits | j. The run-time CNode's slot SELF holds a
capability to itself, because only at full depth can a CNode be invoked.

Memory at physical addresses: the description says where, or it is found from the top of RAM downwards, below what the
kernel's first objects take there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from capdl.model import Cap, registry_badge
from capdl.tables import NAMES
from sysc.model import LARGE_PAGE_BITS, PAGE, PAGE_BITS, SUPERVISOR, Component, Device, InterfaceRef, InterfaceVersion, MemoryRegion, System, Use

PROGRAM, CONFIG, BUFFER, STACK_TOP = 0x400000, 0x10000000, 0x10100000, 0x10200000
HEAP, MEMORY, DEVICES, WINDOWS = 0x10400000, 0x18000000, 0x20000000, 0x40000000
SPAN, GIB = 1 << 21, 1 << 30
KERNEL_TOP = 2 << 20            # the kernel makes the first task's objects from the top of RAM downwards: less than this

RUNTIME, SELF = 1, 0
INBOX_BITS = 64

SUPERVISOR_LABEL = 1


def align_up(number: int, unit: int) -> int:
    return (number + unit - 1) // unit * unit


def interface_name(ref: InterfaceRef, instance: int) -> str:
    return f"{ref}#{instance}" if instance else str(ref)


@dataclass(frozen=True)
class ConnectionPlan:
    """One client of one provider. n is its number there; each side's `badge` is what that side's inbox shows when the
    other rings."""

    name: str
    client: str
    n: int
    use: Use
    client_label: int
    client_base: int
    client_slot: int            # in the client's run-time CNode
    client_badge: int
    provider_badge: int
    bell: int                   # root slot in the provider: signals the client
    doorbell: int               # root slot in the client: signals the provider
    registry: int               # root slot in the client: may request


@dataclass(frozen=True)
class InterfacePlan:
    """What one component provides: an interface on the registry's list."""

    name: str
    ref: InterfaceRef
    id: int
    version: InterfaceVersion
    instance: int
    provider: str
    base: int                   # of connection 0 in the provider
    slot: int                   # in the provider's run-time CNode
    badge: int                  # when a client requested or left
    registry: int               # root slot in the provider: may register
    code: str                   # the sealed image's name, or ""
    connections: tuple[ConnectionPlan, ...]


@dataclass(frozen=True)
class DevicePlan:
    device: Device
    vaddr: int                  # 0 where it has no page
    handler: int                # root slot of its interrupt's handler; 0: no interrupt
    badge: int
    cause: str


@dataclass(frozen=True)
class MemoryPlan:
    region: MemoryRegion
    vaddr: int
    paddr: int | None           # None: the loader takes any


@dataclass(frozen=True)
class NamedCap:
    """A capability that the component finds by name (and peer)."""

    name: str
    peer: str
    cptr: int
    label: int = 0
    more: int = 0


@dataclass(frozen=True)
class ComponentPlan:
    component: Component
    label: int
    root_bits: int
    runtime_bits: int
    root: tuple[tuple[int, Cap], ...]       # by slot
    runtime: tuple[tuple[int, Cap], ...]
    inbox: int                              # root slot
    monitor: int                            # inbox bits of the registry's denials; 0 except in the supervisor
    devices: tuple[DevicePlan, ...]
    memory: tuple[MemoryPlan, ...]
    caps: tuple[NamedCap, ...]
    tables: tuple[int, ...]                 # spans of 2 MiB that the registry maps small pages into at run time
    large_tables: tuple[int, ...]           # spans of 1 GiB that it maps large pages into

    @property
    def name(self) -> str:
        return self.component.name.text

    def cptr(self, root_slot: int) -> int:
        return root_slot << self.runtime_bits

    def runtime_cptr(self, slot: int) -> int:
        return RUNTIME << self.runtime_bits | slot

    @property
    def guard_bits(self) -> int:
        return 64 - self.root_bits - self.runtime_bits


@dataclass(frozen=True)
class Plan:
    system: System
    components: tuple[ComponentPlan, ...]   # by label
    interfaces: tuple[InterfacePlan, ...]   # by name, version, instance

    def component(self, name: str) -> ComponentPlan:
        return next(c for c in self.components if c.name == name)


@dataclass
class _Desk:
    """One component while it is planned: what has been handed out so far."""

    component: Component
    label: int
    root: list[Cap] = field(default_factory=list)           # from slot RUNTIME + 1
    runtime: list[Cap | None] = field(default_factory=list) # None: filled at run time
    bits: int = 0
    window: int = WINDOWS
    spans: set[int] = field(default_factory=set)
    large_spans: set[int] = field(default_factory=set)
    devices: list[DevicePlan] = field(default_factory=list)
    memory: tuple[MemoryPlan, ...] = ()
    named: list[tuple[str, str, bool, int, int, int]] = field(default_factory=list)     # name, peer, in runtime, slot, label, more
    inbox: int = 0
    monitor: int = 0

    @property
    def name(self) -> str:
        return self.component.name.text

    def slot(self, cap: Cap) -> int:
        self.root.append(cap)
        return RUNTIME + len(self.root)

    def runtime_slot(self, cap: Cap | None = None) -> int:
        self.runtime.append(cap)
        return SELF + len(self.runtime)

    def badge(self) -> int:
        """A bit of the inbox of its own; once they are all out, the last one is shared."""
        bit = min(self.bits, INBOX_BITS - 1)
        self.bits += 1
        return 1 << bit

    def windows(self, version: InterfaceVersion, count: int) -> int:
        """Addresses for `count` connections side by side, and the tables that they will need."""
        align, size = 1 << version.align_bits, version.window * count
        base = (self.window + align - 1) // align * align
        for n in range(count):
            for region in version.regions:
                start = base + n * version.window + region.offset
                if region.page_bits == PAGE_BITS:
                    self.spans.update(range(start // SPAN * SPAN, start + region.bytes, SPAN))
                elif region.page_bits == LARGE_PAGE_BITS:
                    self.large_spans.update(range(start // GIB * GIB, start + region.bytes, GIB))
        self.window = base + size + PAGE
        return base

    def plan(self) -> ComponentPlan:
        runtime_bits = max(2, len(self.runtime).bit_length())
        runtime = f"{self.name}.runtime"
        cause = str(self.component.at)
        done = ComponentPlan(
            self.component, self.label, max(2, (RUNTIME + len(self.root)).bit_length()), runtime_bits,
            ((RUNTIME, Cap(runtime, cause=cause)), *((RUNTIME + 1 + i, cap) for i, cap in enumerate(self.root))),
            ((SELF, Cap(runtime, cause=cause)), *((SELF + 1 + i, cap) for i, cap in enumerate(self.runtime) if cap)),
            self.inbox, self.monitor, tuple(self.devices), self.memory, (),
            tuple(sorted(self.spans)), tuple(sorted(self.large_spans)))
        caps = tuple(NamedCap(name, peer, done.runtime_cptr(slot) if deep else done.cptr(slot), label, more)
                     for name, peer, deep, slot, label, more in self.named)
        return replace(done, caps=caps)


def plan(system: System) -> Plan:
    desks = {c.name.text: _Desk(c, label) for c, label in _labels(system)}
    for desk in desks.values():
        desk.inbox = desk.slot(Cap(f"{desk.name}.inbox", "r", cause=str(desk.component.at)))
        _devices(system, desk)
    _memory(system, desks)
    interfaces = tuple(_interface(system, desks, *offer) for offer in _offers(system))
    _calls(system, desks)
    _supervise(desks)
    _boot(desks)
    return Plan(system, tuple(sorted((d.plan() for d in desks.values()), key=lambda c: c.label)), interfaces)


def _labels(system: System) -> Iterator[tuple[Component, int]]:
    """The supervisor is always 1; the others count from 2 in the description's order."""
    label = SUPERVISOR_LABEL + 1
    for component in system.components:
        if component.is_supervisor:
            yield component, SUPERVISOR_LABEL
        else:
            yield component, label
            label += 1


def _devices(system: System, desk: _Desk) -> None:
    vaddr = DEVICES
    for name in desk.component.devices:
        device = system.platform.device(name.text)
        assert device is not None
        cause = str(name.at)
        handler = desk.slot(Cap(f"irq.{device.name}", cause=cause)) if device.irq else 0
        vaddr = align_up(vaddr, 1 << device.page_bits)
        desk.devices.append(DevicePlan(device, vaddr if device.bytes else 0, handler, desk.badge() if handler else 0, cause))
        vaddr += align_up(device.bytes, PAGE) + (PAGE if device.bytes else 0)


def _memory(system: System, desks: dict[str, _Desk]) -> None:
    """Regions in the order of labels and of each component's own list: addresses upwards, RAM that is to be found for
    them downwards."""
    taken = [(r.paddr, r.paddr + r.size) for d in desks.values() for r in d.component.memory if r.paddr is not None]
    top = ram_top(system)
    for desk in sorted(desks.values(), key=lambda d: d.label):
        vaddr, found = MEMORY, []
        for region in desk.component.memory:
            vaddr = align_up(vaddr, 1 << region.page_bits)
            paddr = region.paddr
            if paddr is None and region.dma:
                paddr = top = _below(top, region, taken)
            found.append(MemoryPlan(region, vaddr, paddr))
            vaddr += region.size + PAGE
        desk.memory = tuple(found)


def ram_top(system: System) -> int:
    """The end of what may be asked for at a physical address."""
    return system.platform.ram_base + system.ram_bytes - KERNEL_TOP


def _below(top: int, region: MemoryRegion, taken: list[tuple[int, int]]) -> int:
    """The highest place for the region below top and beside what is taken."""
    place = (top - region.size) >> region.page_bits << region.page_bits
    for start, end in sorted(taken, reverse=True):
        if start < place + region.size and place < end:
            place = (start - region.size) >> region.page_bits << region.page_bits
    return place


def _offers(system: System) -> list[tuple[InterfaceRef, int, Component]]:
    """Each interface that somebody provides, with its instance and its provider, by name, version and instance."""
    refs = sorted({p for c in system.components for p in c.provides})
    return [(next(p for p in c.provides if p == ref), instance, c)
            for ref in refs for instance, c in enumerate(system.providers(ref.name, ref.version))]


def _interface(system: System, desks: dict[str, _Desk], ref: InterfaceRef, instance: int, provider: Component) -> InterfacePlan:
    kind = system.interfaces[ref.name]
    version = kind.version(ref.version)
    assert version is not None
    desk = desks[provider.name.text]
    name = interface_name(ref, instance)
    clients = sorted(((d, u) for d in desks.values() for u in d.component.uses if u.ref == ref and u.provider.text == provider.name.text),
                     key=lambda pair: pair[0].label)
    registry = desk.slot(Cap("registry", "w", registry_badge(desk.label, kind.id, ref.version, instance), cause=str(ref.at)))
    badge, slot, base = desk.badge(), desk.runtime_slot(), desk.windows(version, len(clients))
    connections = tuple(_connection(desk, client, use, n, name, version, registry_badge(client.label, kind.id, ref.version, instance))
                        for n, (client, use) in enumerate(clients))
    target = provider.type.code_of(ref.name, ref.version)
    return InterfacePlan(name, ref, kind.id, version, instance, provider.name.text, base, slot, badge, registry,
                         target.text if target else "", connections)


def _connection(provider: _Desk, client: _Desk, use: Use, n: int, interface: str, version: InterfaceVersion, key: int) -> ConnectionPlan:
    cause = str(use.ref.at)
    client_badge, provider_badge = client.badge(), provider.badge()
    return ConnectionPlan(
        name=f"{interface}/{client.name}", client=client.name, n=n, use=use, client_label=client.label,
        client_base=client.windows(version, 1), client_slot=client.runtime_slot(), client_badge=client_badge,
        provider_badge=provider_badge,
        bell=provider.slot(Cap(f"{client.name}.inbox", "w", client_badge, cause=cause)),
        doorbell=client.slot(Cap(f"{provider.name}.inbox", "w", provider_badge, cause=cause)),
        registry=client.slot(Cap("registry", "r", key, cause=cause)))


def _calls(system: System, desks: dict[str, _Desk]) -> None:
    """Protected procedure calls: one endpoint a server, each caller's capability badged with its label."""
    for component in system.components:
        for name in component.calls:
            client, server = desks[component.name.text], desks[name.text]
            cause, endpoint = str(name.at), f"{name.text}.serve"
            if not any(n[0] == "serve" for n in server.named):
                server.named.append(("serve", "", False, server.slot(Cap(endpoint, "r", cause=cause)), 0, 0))
                server.named.append(("reply", "", False, server.slot(Cap(f"{name.text}.reply", "g", cause=cause)), 0, 0))
            client.named.append(("call", name.text, False, client.slot(Cap(endpoint, "wp", client.label, cause=cause)), client.label, 0))


def _supervise(desks: dict[str, _Desk]) -> None:
    """The supervisor's own: the fault endpoint, and of every other component its thread and its run-time CNode. A CNode's
    capability lies in the run-time CNode, at full depth, so that it can be invoked."""
    supervisor = desks.get(SUPERVISOR)
    if supervisor is None:
        return
    own = str(supervisor.component.at)
    supervisor.monitor = supervisor.badge()
    supervisor.named.append(("denials", "", False, supervisor.inbox, 0, supervisor.monitor))
    supervisor.named.append(("fault-endpoint", "", False, supervisor.slot(Cap("supervisor.faults", "r", cause=own)), 0, 0))
    supervisor.named.append(("reply", "", False, supervisor.slot(Cap("supervisor.reply", "g", cause=own)), 0, 0))
    for desk in sorted(desks.values(), key=lambda d: d.label):
        if desk is supervisor or desk.component.boot:
            continue
        cause = str(desk.component.at)
        bits = max(2, len(desk.runtime).bit_length())
        supervisor.named.append(("tcb", desk.name, False, supervisor.slot(Cap(f"{desk.name}.tcb", cause=cause)), desk.label, 0))
        supervisor.named.append(("runtime", desk.name, True, supervisor.runtime_slot(Cap(f"{desk.name}.runtime", cause=cause)),
                                 desk.label, bits))


def _boot(desks: dict[str, _Desk]) -> None:
    """Components of the boot phase: each says by a badge of its own that it is done."""
    boot = sorted((d for d in desks.values() if d.component.boot), key=lambda d: d.label)
    for n, desk in enumerate(boot):
        slot = desk.slot(Cap(NAMES["BOOT_DONE"], "w", 1 << n, cause=str(desk.component.place("phase"))))
        desk.named.append(("done", "", False, slot, 0, 0))
