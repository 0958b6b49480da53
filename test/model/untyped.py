# SPDX-License-Identifier: BSD-2-Clause
"""Retype (manual: Untyped Memory, seL4_Untyped_Retype): objects in ascending order above the untyped's watermark, each
aligned to its size; without children the watermark is at the bottom again. Memory is handed out zeroed.

Where the manual is silent: errors are looked for in the order below.
"""

from __future__ import annotations

from abi import OBJECT_BITS, OBJECTS, RIGHTS
from cap import Capability, Forest, Slot
from cspace import Refused, find, missing
from objects import CNode, Context, Endpoint, Frame, Notification, Object, Reply, Thread

SLOT_BITS, MIN_BITS, MAX_BITS, MIN_CONTEXT_BITS, MAX_OBJECTS = 6, 4, 47, 8, 256
NAMES = {n: name for name, n in OBJECTS.items()}
THREAD_SLOTS = 5
FRAMES = ("FRAME_SMALL", "FRAME_LARGE", "FRAME_HUGE")


def retype(forest: Forest, untyped: Capability, args: list[int], root: Capability | None, thread_slots: int) -> None:
    kind, size, index, depth, offset, count = args[:6]
    name, bits = _check_type(kind, size)
    node = find(root, index, depth).cap if depth else root
    if node is None or node.kind != "CNODE":
        raise missing(depth, False)
    slots = _check_slots(node, offset, count)
    mark = untyped.mark if untyped.children else 0
    free = (1 << untyped.obj.bits) - mark
    if free >> bits < count:
        raise Refused("NotEnoughMemory", free)
    start = mark + (1 << bits) - 1 & -(1 << bits)
    untyped.mark = start + (count << bits)
    for i, slot in enumerate(slots):
        obj = make(name, untyped.obj.address + start + (i << bits), size, thread_slots)
        forest.insert(slot, Capability(obj.kind, obj, RIGHTS.get(obj.kind, 0)), untyped)


def _check_type(kind: int, size: int) -> tuple[str, int]:
    if kind not in NAMES:
        raise Refused("InvalidArgument", 0)
    name = NAMES[kind]
    bits = OBJECT_BITS[name] or size + (SLOT_BITS if name == "CNODE" else 0)
    if size >= 64 or bits > MAX_BITS:
        raise Refused("RangeError", 0, MAX_BITS)
    least = {"CNODE": 1, "UNTYPED": MIN_BITS, "SC": MIN_CONTEXT_BITS}.get(name, 0)
    if size < least:
        raise Refused("InvalidArgument", 1)
    return name, bits


def _check_slots(node: Capability, offset: int, count: int) -> list[Slot]:
    assert isinstance(node.obj, CNode)
    there = len(node.obj.slots)
    if offset >= there:
        raise Refused("RangeError", 0, there - 1)
    if not 1 <= count <= MAX_OBJECTS:
        raise Refused("RangeError", 1, MAX_OBJECTS)
    if count > there - offset:
        raise Refused("RangeError", 1, there - offset)
    slots = node.obj.slots[offset:offset + count]
    if any(slot.cap for slot in slots):
        raise Refused("DeleteFirst", 4)         # ours: which argument it was about
    return slots


def make(name: str, address: int, size: int, thread_slots: int) -> Object:
    bits = OBJECT_BITS[name] or size
    if name == "CNODE":
        return CNode(name, address, size, slots=[Slot(address + (i << SLOT_BITS)) for i in range(1 << size)])
    if name == "TCB":
        first = address + thread_slots
        return Thread(name, address, bits, slots=[Slot(first + (i << SLOT_BITS)) for i in range(THREAD_SLOTS)])
    simple: dict[str, type[Object]] = {"ENDPOINT": Endpoint, "NOTIFICATION": Notification, "SC": Context, "REPLY": Reply}
    if name in simple:
        return simple[name](name, address, bits)
    if name in FRAMES:
        return Frame("FRAME", address, bits)
    return Object(name, address, bits)
