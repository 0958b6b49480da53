# SPDX-License-Identifier: BSD-2-Clause
"""What every Spec must satisfy beyond its types: the rules that spec_rules.c checks in the loader, said once more.

problems() looks at one object at a time; whether the system as a whole is the one that was asked for is the
audit's business, not this module's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from capdl.model import (Cap, CNode, Connection, End, Endpoint, Frame, Interface, Irq, Notification, Object, Registry,
                         SchedContext, Spec, Tcb, VSpace)
from capdl.tables import ACCESS, CONSTANTS, KIND_OF, REGIONS, RIGHTS, letters_to_bits

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.@/#-]*")
FRAME_BITS = (12, 21, 30)
USER_TOP = 1 << 47
PADDR_TOP = 1 << 48
TABLE_SPAN, LARGE_TABLE_SPAN = 1 << 21, 1 << 30
REGIONS_MAX = 8
GUARD_BITS = 58             # what a guard has room for in seL4_CNode_CapData


class SpecError(Exception):
    """A Spec, or bytes that should be one, that says something impossible: one line for each thing."""


@dataclass(frozen=True)
class Problem:
    object: str
    what: str

    def __str__(self) -> str:
        return f"{self.object}: {self.what}" if self.object else self.what


Objects = dict[str, Object]


def problems(spec: Spec) -> list[Problem]:
    """Everything wrong with spec, in the order of its objects."""
    found: list[Problem] = []
    objects: Objects = {o.name: o for o in spec.objects}
    if spec.arch != "aarch64":
        found.append(Problem("", f"architecture '{spec.arch}' is not aarch64"))
    previous = ""
    for o in spec.objects:
        if not NAME.fullmatch(o.name) or len(o.name) > CONSTANTS["STRING_MAX"]:
            found.append(Problem(o.name, "not a name"))
        if o.name <= previous:
            found.append(Problem(o.name, "objects must be sorted by name, and names unique"))
        previous = o.name
        rule = RULES.get(type(o))
        if rule:
            found += [Problem(o.name, what) for what in rule(o, objects)]
    return found


def require(spec: Spec) -> None:
    """Raise SpecError unless spec is in order."""
    if found := problems(spec):
        raise SpecError("\n".join(map(str, found)))


def _is(objects: Objects, name: str, kind: type[Object], role: str) -> Iterator[str]:
    if name not in objects:
        yield f"{role} '{name}' is no object"
    elif not isinstance(objects[name], kind):
        yield f"{role} '{name}' is a {KIND_OF[type(objects[name])].word}, not a {KIND_OF[kind].word}"


def _cap(objects: Objects, cap: Cap | None, kind: type[Object] | None, role: str) -> Iterator[str]:
    if cap is None:
        return
    if kind:
        yield from _is(objects, cap.object, kind, role)
    elif cap.object not in objects:
        yield f"{role} '{cap.object}' is no object"
    if letters_to_bits(cap.rights, RIGHTS) is None:
        yield f"{role}: rights '{cap.rights}' are not some of r w g p, in this order"
    if not 0 <= cap.badge < 1 << 64:
        yield f"{role}: badge {cap.badge:#x} does not fit 64 bits"
    if not 0 <= cap.guard_bits <= 63 or not 0 <= cap.guard < 1 << min(cap.guard_bits, GUARD_BITS):
        yield f"{role}: guard {cap.guard:#x} does not fit {cap.guard_bits} bits"
    if cap.guard_bits and not isinstance(objects.get(cap.object), CNode):
        yield f"{role}: only a cnode has a guard"


def _ascending(numbers: list[int]) -> bool:
    return all(a < b for a, b in zip(numbers, numbers[1:]))


def _cnode(o: CNode, objects: Objects) -> Iterator[str]:
    slots = [slot for slot, _ in o.slots]
    if not 1 <= o.size_bits <= 28:
        yield f"{o.size_bits} bits are not 1 to 28"
    elif any(not 0 <= slot < 1 << o.size_bits for slot in slots):
        yield f"a slot is beyond its {1 << o.size_bits}"
    if not _ascending(slots):
        yield "slots must be sorted and unique"
    for slot, cap in o.slots:
        yield from _cap(objects, cap, None, f"slot {slot}")


def _frame(o: Frame, objects: Objects) -> Iterator[str]:
    if o.size_bits not in FRAME_BITS:
        yield f"{o.size_bits} bits are not the size of a frame"
    elif o.paddr is not None and (o.paddr % (1 << o.size_bits) or not 0 <= o.paddr < PADDR_TOP):
        yield f"physical address {o.paddr:#x} is misaligned or too high"
    if o.device and (o.paddr is None or o.fill):
        yield "a device frame has a physical address and no content"
    for f in o.fill:
        if f.length < 1 or f.frame_offset < 0 or f.frame_offset + f.length > 1 << o.size_bits:
            yield f"content of {f.length} bytes at {f.frame_offset:#x} is not inside"
        if not 0 <= f.file_offset < 1 << 63:
            yield f"offset {f.file_offset:#x} in '{f.file}'"
        if not f.file or len(f.file) > CONSTANTS["STRING_MAX"] or not f.file.isascii() or not f.file.isprintable():
            yield f"not a file name: {f.file!r}"


def _vspace(o: VSpace, objects: Objects) -> Iterator[str]:
    end = 0
    for m in o.mappings:
        yield from _is(objects, m.frame, Frame, f"mapping at {m.vaddr:#x}")
        frame = objects.get(m.frame)
        size = 1 << frame.size_bits if isinstance(frame, Frame) and frame.size_bits in FRAME_BITS else 1
        if m.vaddr % size or m.vaddr < end or m.vaddr + size > USER_TOP:
            yield f"mapping at {m.vaddr:#x} is misaligned, out of order, overlapping or beyond user space"
        end = max(end, m.vaddr + size)
        if m.rights not in ("r", "rw", "rx") or letters_to_bits(m.rights, ACCESS) is None:
            yield f"mapping at {m.vaddr:#x}: access '{m.rights}' is not r, rw or rx"
    for spans, size in ((o.tables, TABLE_SPAN), (o.large_tables, LARGE_TABLE_SPAN)):
        if any(t % size or not 0 <= t < USER_TOP for t in spans) or not _ascending(list(spans)):
            yield "tables are misaligned, out of order or beyond user space"


def _sched_context(o: SchedContext, objects: Objects) -> Iterator[str]:
    if not 0 < o.budget_us <= o.period_us < 1 << 64:
        yield f"budget {o.budget_us} us does not fit its period {o.period_us} us"


def _tcb(o: Tcb, objects: Objects) -> Iterator[str]:
    yield from _cap(objects, o.cspace, CNode, "cspace")
    yield from _cap(objects, o.fault_endpoint, Endpoint, "fault endpoint")
    yield from _cap(objects, o.timeout_endpoint, Endpoint, "timeout endpoint")
    for name, kind, role in ((o.vspace, VSpace, "vspace"), (o.buffer_frame, Frame, "buffer"),
                             (o.bound_notification, Notification, "notification"),
                             (o.sched_context, SchedContext, "sched context")):
        if name:
            yield from _is(objects, name, kind, role)
    if o.buffer_vaddr and not o.buffer_frame:
        yield "an IPC buffer's address without its frame"
    if not 0 <= o.priority <= 255 or not 0 <= o.mcp <= 255:
        yield "priorities are 0 to 255"
    if o.component and (not NAME.fullmatch(o.component) or len(o.component) > CONSTANTS["STRING_MAX"]):
        yield f"component '{o.component}' is not a name"


def _irq(o: Irq, objects: Objects) -> Iterator[str]:
    yield from _cap(objects, o.notification, Notification, "notification")


def _registry(o: Registry, objects: Objects) -> Iterator[str]:
    yield from _cap(objects, o.monitor, Notification, "monitor")
    for name in o.interfaces:
        yield from _is(objects, name, Interface, "interface")


def _end(o: End | None, objects: Objects) -> Iterator[str]:
    if o is None:
        return
    yield from _is(objects, o.vspace, VSpace, "vspace")
    yield from _is(objects, o.cnode, CNode, "cnode")
    cnode = objects.get(o.cnode)
    if isinstance(cnode, CNode) and not 0 <= o.slot < 1 << max(cnode.size_bits, 0):
        yield f"slot {o.slot} is beyond '{o.cnode}'"
    yield from _cap(objects, o.notification, Notification, "notification")


def _interface(o: Interface, objects: Objects) -> Iterator[str]:
    if not (1 <= o.id <= 0xffff and 1 <= o.version <= 0xffff and 0 <= o.instance <= 0xff):
        yield f"id {o.id:#x}, version {o.version} or instance {o.instance} is out of range"
    if not 1 <= len(o.regions) <= REGIONS_MAX:
        yield f"{len(o.regions)} regions are not 1 to {REGIONS_MAX}"
    for r in o.regions:
        if r.kind not in REGIONS or r.size_bits not in FRAME_BITS or not 1 <= r.count <= 0xffff \
                or not 0 <= r.offset < USER_TOP or r.offset % (1 << r.size_bits):
            yield f"region at {r.offset:#x} is not right"
    for name in o.code:
        yield from _is(objects, name, Frame, "code")
    for name in o.connections:
        yield from _is(objects, name, Connection, "connection")
    yield from _end(o.provider, objects)


def _connection(o: Connection, objects: Objects) -> Iterator[str]:
    if not 1 <= o.label <= 0xffffff:
        yield f"label {o.label} is not 1 to {0xffffff}"
    for name in o.frames:
        yield from _is(objects, name, Frame, "frame")
    yield from _end(o.client, objects)


RULES: dict[type[Object], Callable[[Any, Objects], Iterator[str]]] = {
    CNode: _cnode, Frame: _frame, VSpace: _vspace, SchedContext: _sched_context, Tcb: _tcb, Irq: _irq,
    Registry: _registry, Interface: _interface, Connection: _connection,
}
