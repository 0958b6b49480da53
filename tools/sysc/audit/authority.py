# SPDX-License-Identifier: BSD-2-Clause
"""Spec in, Authority out: every capability a component holds, every page it reaches, every thread it controls.

What the registry may ever grant counts as granted: a component whose registry capability covers a connection is an end
of it. Control is what a capability to another's thread, CSpace or address space gives: all that the other can do.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from .dma import Dma
from capdl.model import CNode, Cap, Connection, Endpoint, Frame, Interface, Notification, Object, Region, Registry, Spec, Tcb, VSpace

EVER = "ever"                   # whatever anybody can do at any time, but for the loader

HOLDS = ("tcb", "vspace", "cnode", "registry")   # what gives control, the plainest first

WINDOW_RIGHTS = {               # region kind: (provider's rights, client's rights)
    "client-reads": ("rw", "r"),
    "shared": ("rw", "rw"),
    "provider-reads": ("r", "rw"),
    "code": ("", "rx"),
}


@dataclass(frozen=True, order=True)
class Held:
    """One capability of one component, and the place where it is kept."""

    component: str
    place: str                  # "store.cnode[4]", "store.tcb (fault endpoint)"
    object: str
    rights: str
    badge: int
    cause: str
    kind: str                   # the object's type, as the spec names it
    through: str = ""           # whose CNode it lies in, where that is another's: reached by control of him


@dataclass(frozen=True, order=True)
class Access:
    """A component's reach into one frame, and why."""

    component: str
    frame: str
    rights: str                 # of "rwx"
    region: str                 # "store@2/shell-a.base", or "" for private and device memory
    via: str                    # "mapping", "registry", or "capability": who holds a frame can map it
    vaddr: int
    cause: str


@dataclass(frozen=True, order=True)
class End:
    """A component as provider or client of a connection that the registry may grant."""

    component: str
    role: str                   # "provider", "client"
    interface: str
    connection: str
    label: int
    cause: str


@dataclass(frozen=True, order=True)
class Control:
    """`holder` can make `target` do anything that `target` may do."""

    holder: str
    target: str
    by: str                     # object through which
    cause: str


@dataclass(frozen=True, order=True)
class Master:
    """A component that reaches all RAM through a device."""

    component: str
    device: str
    cause: str
    trusted: str                # the line that assumes that its DMA stays in bounds; "": none does


@dataclass(frozen=True)
class Authority:
    spec: Spec
    phase: str                  # of sysc.model.PHASES, or EVER
    dma: Dma
    objects: dict[str, Object]
    components: dict[str, Tcb]
    held: tuple[Held, ...]
    own: tuple[Held, ...]       # without what lies in another's CNodes
    accesses: tuple[Access, ...]
    ends: tuple[End, ...]
    controls: tuple[Control, ...]
    memory: dict[str, list[Access]] = field(repr=False, compare=False)      # by frame
    controllers: dict[str, list[Control]] = field(repr=False, compare=False)    # by target


def registry_key(badge: int) -> tuple[int, int, int, int]:
    """label, instance, id, version of a registry capability's badge (docs/interfaces.md)."""
    return badge >> 40, badge >> 32 & 0xFF, badge >> 16 & 0xFFFF, badge & 0xFFFF


def kind_of(thing: Object | None) -> str:
    return type(thing).__name__.lower() if thing else "unknown"


def authority(spec: Spec, dma: Dma = Dma(), phase: str = EVER) -> Authority:
    """Cost grows with the number of capabilities and mappings, each looked at once. In the steady phase the threads of
    the boot phase, and what they held, are gone; at boot, everybody counts."""
    objects = {o.name: o for o in spec.objects}
    tcbs = {t.component or t.name: t for t in spec.objects if isinstance(t, Tcb) and (t.phase > 0 or phase != "steady")}
    owners = _owners(tcbs, objects)
    held = tuple(sorted(h for name, t in tcbs.items() for h in _held(name, t, objects, owners)))
    own = tuple(h for h in held if not h.through)
    ends = tuple(sorted(_ends(own, objects)))
    accesses = tuple(sorted([*_mapped(tcbs, objects), *_mappable(own), *_granted(ends, objects)]))
    controls = tuple(sorted(set(_controls(own, tcbs, owners)),
                            key=lambda c: (c.holder, c.target, HOLDS.index(kind_of(objects.get(c.by))), c.by)))
    memory: dict[str, list[Access]] = {}
    for a in accesses:
        memory.setdefault(a.frame, []).append(a)
    controllers: dict[str, list[Control]] = {}
    for c in controls:
        controllers.setdefault(c.target, []).append(c)
    return Authority(spec, phase, dma, objects, dict(sorted(tcbs.items())), held, own, accesses, ends, controls, memory, controllers)


def connection_regions(interface: Interface, connection: Connection) -> Iterator[tuple[Region, int, tuple[str, ...]]]:
    """Each region with its number and its frames in this connection (or, for code, in the interface)."""
    rest, code = list(connection.frames), list(interface.code)
    for number, region in enumerate(interface.regions):
        source = code if region.kind == "code" else rest
        frames = tuple(source[: region.count])
        del source[: region.count]
        yield region, number, frames


def _owners(tcbs: dict[str, Tcb], objects: dict[str, Object]) -> dict[str, set[str]]:
    """Whose thread, address space or CNode an object is; the registry puts what it grants into an end's CNode."""
    found: dict[str, set[str]] = {}
    spaces: dict[str, set[str]] = {}
    for name, tcb in tcbs.items():
        spaces.setdefault(tcb.vspace, set()).add(name)
        for mine in (tcb.name, tcb.vspace, tcb.cspace.object if tcb.cspace else ""):
            found.setdefault(mine, set()).add(name)
    for thing in objects.values():
        end = thing.provider if isinstance(thing, Interface) else thing.client if isinstance(thing, Connection) else None
        if end and end.vspace in spaces:
            found.setdefault(end.cnode, set()).update(spaces[end.vspace])
    return {name: who for name, who in found.items() if name}


def _held(name: str, tcb: Tcb, objects: dict[str, Object], owners: dict[str, set[str]]) -> Iterator[Held]:
    def held(place: str, cap: Cap, cnode: str = "") -> Held:
        theirs = owners.get(cnode, {name})
        return Held(name, place, cap.object, cap.rights, cap.badge, cap.cause, kind_of(objects.get(cap.object)),
                    "" if name in theirs else min(theirs))

    if tcb.cspace:
        yield held(f"{tcb.name} (cspace)", tcb.cspace)
    if tcb.vspace:
        yield held(f"{tcb.name} (vspace)", Cap(tcb.vspace, cause=tcb.cspace.cause if tcb.cspace else ""))
    if tcb.fault_endpoint:
        yield held(f"{tcb.name} (fault endpoint)", tcb.fault_endpoint)
    if tcb.timeout_endpoint:
        yield held(f"{tcb.name} (time-out endpoint)", tcb.timeout_endpoint)
    for cnode, slot, cap in _reachable(tcb.cspace.object if tcb.cspace else "", objects):
        yield held(f"{cnode}[{slot}]", cap, cnode)


def _reachable(root: str, objects: dict[str, Object]) -> Iterator[tuple[str, int, Cap]]:
    """Every slot of a CSpace, its deeper CNodes included, each once."""
    seen, todo = {root}, deque([root])
    while todo:
        cnode = objects.get(todo.popleft())
        if not isinstance(cnode, CNode):
            continue
        for slot, cap in cnode.slots:
            yield cnode.name, slot, cap
            if cap.object not in seen and isinstance(objects.get(cap.object), CNode):
                seen.add(cap.object)
                todo.append(cap.object)


def _ends(held: tuple[Held, ...], objects: dict[str, Object]) -> Iterator[End]:
    by_key: dict[tuple[int, int, int], Interface] = {
        (o.instance, o.id, o.version): o for o in objects.values() if isinstance(o, Interface)
    }
    for h in held:
        if not isinstance(objects.get(h.object), Registry):
            continue
        label, instance, ident, version = registry_key(h.badge)
        exact = by_key.get((instance, ident, version))
        candidates = list(by_key.values()) if h.badge == 0 else [exact] if exact else []
        for interface in candidates:
            for name in interface.connections:
                connection = objects[name]
                assert isinstance(connection, Connection)
                if "w" in h.rights:
                    yield End(h.component, "provider", interface.name, name, connection.label, h.cause)
                if "r" in h.rights and (h.badge == 0 or connection.label == label):
                    yield End(h.component, "client", interface.name, name, connection.label, h.cause)


def _mapped(tcbs: dict[str, Tcb], objects: dict[str, Object]) -> Iterator[Access]:
    for name, tcb in tcbs.items():
        vspace = objects.get(tcb.vspace)
        if isinstance(vspace, VSpace):
            for m in vspace.mappings:
                yield Access(name, m.frame, m.rights, "", "mapping", m.vaddr, m.cause)


def _mappable(held: tuple[Held, ...]) -> Iterator[Access]:
    for h in held:
        if h.kind == "frame":
            yield Access(h.component, h.object, "".join(r for r in h.rights if r in "rw"), "", "capability", 0, h.cause)


def _granted(ends: tuple[End, ...], objects: dict[str, Object]) -> Iterator[Access]:
    for end in ends:
        interface, connection = objects[end.interface], objects[end.connection]
        assert isinstance(interface, Interface) and isinstance(connection, Connection)
        base = _base(interface, connection, end.role)
        for region, number, frames in connection_regions(interface, connection):
            rights = WINDOW_RIGHTS[region.kind][end.role == "client"]
            for i, frame in enumerate(frames if rights else ()):
                vaddr = base + region.offset + (i << region.size_bits) if base else 0
                yield Access(end.component, frame, rights, f"{end.connection}.{region_name(frame, number)}",
                             "registry", vaddr, end.cause)


def region_name(frame: str, number: int) -> str:
    """The name that the description gave the region, which its frames carry: "store@2/shell-a.requests.0"."""
    parts = frame.rsplit(".", 2)
    return parts[1] if len(parts) == 3 else str(number)


def _base(interface: Interface, connection: Connection, role: str) -> int:
    if role == "client":
        return connection.client.base if connection.client else 0
    if not interface.provider:
        return 0
    largest = max((r.size_bits for r in interface.regions), default=12)
    end = max((r.offset + (r.count << r.size_bits) for r in interface.regions), default=0)
    window = (end + (1 << largest) - 1) >> largest << largest
    return interface.provider.base + interface.connections.index(connection.name) * window


def _controls(own: tuple[Held, ...], tcbs: dict[str, Tcb], owners: dict[str, set[str]]) -> Iterator[Control]:
    for h in own:
        everyone = h.kind == "registry" and h.badge == 0
        for target in set(tcbs) if everyone else owners.get(h.object, set()):
            if target != h.component:
                yield Control(h.component, target, h.object, h.cause)


def holders(a: Authority, name: str, right: str) -> list[Held]:
    """Who holds `right` on an endpoint or notification, the thread bound to a notification included."""
    found = [h for h in a.own if h.object == name and right in h.rights]
    thing = a.objects.get(name)
    if right == "r" and isinstance(thing, Notification):
        for component, tcb in a.components.items():
            if tcb.bound_notification == name and not any(h.component == component for h in found):
                found.append(Held(component, f"{tcb.name} (bound notification)", name, "r", 0, "", "notification"))
    return found


def channels(a: Authority) -> list[str]:
    return [o.name for o in a.spec.objects if isinstance(o, Endpoint | Notification)]


def private_frames(a: Authority, component: str) -> list[str]:
    return sorted({x.frame for x in a.accesses if x.component == component and x.via == "mapping"
                   and not is_device(a, x.frame)})


def masters(a: Authority) -> list[Master]:
    """Each once for each device."""
    found = {(x.component, device): Master(x.component, device, x.cause, a.dma.trusted.get(x.component, ""))
             for x in a.accesses if "w" in x.rights and is_device(a, x.frame)
             and (device := family(x.frame).removeprefix("device.")) in a.dma.devices}
    return sorted(found.values())


def family(frame: str) -> str:
    """store.stack of store.stack.3; a device of one page is its own."""
    name, _, last = frame.rpartition(".")
    return name if last.isdigit() else frame


def is_device(a: Authority, frame: str) -> bool:
    thing = a.objects.get(frame)
    return isinstance(thing, Frame) and thing.device
