# SPDX-License-Identifier: BSD-2-Clause
"""What one thread can name: addresses of its CSpace that lead to what is in play."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cap import Capability, Slot
from objects import CNode, Thread
from state import ROOT_CNODE

PLAY, PLAYED = 256, 56              # slots of the root's CNode
ROOT_BITS = 13


@dataclass(slots=True)
class Catalogue:
    """What one thread can name: addresses by kind of capability; slots for CNode operations by what they hold."""

    made: int
    caps: dict[str, list[int]] = field(default_factory=dict)
    places: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)


def _in_play(cnode: CNode, radix: int) -> range:
    return range(PLAY, PLAY + PLAYED) if radix == ROOT_BITS else range(1 << radix)


def _walk(root: Capability, prefix: int, bits: int, depth: int) -> Iterator[tuple[int, Slot]]:
    """Addresses of 64 bits that lead to slots in play."""
    left = bits - root.guard_bits - root.obj.bits
    if left < 0 or depth > 2:
        return
    assert isinstance(root.obj, CNode)
    base = prefix | root.guard << bits - root.guard_bits
    for i in _in_play(root.obj, root.obj.bits):
        slot = root.obj.slots[i]
        at = base | i << left
        yield at, slot
        if slot.cap and slot.cap.kind == "CNODE" and left:
            yield from _walk(slot.cap, at, left, depth + 1)


def catalogue(t: Thread, made: int) -> Catalogue:
    c = Catalogue(made)
    root = t.cspace()
    if root is None or root.kind != "CNODE":
        return c
    nodes: list[tuple[int, Capability]] = []
    for at, slot in _walk(root, 0, 64, 0):
        kind = slot.cap.kind if slot.cap else "empty"
        c.caps.setdefault(kind, []).append(at)
        if slot.cap and kind == "CNODE":
            nodes.append((at, slot.cap))
    if root.obj.bits == ROOT_BITS:
        assert isinstance(root.obj, CNode)
        left = 64 - root.guard_bits - ROOT_BITS
        own = root.obj.slots[ROOT_CNODE].cap
        if own and own.kind == "CNODE":         # nobody took it away
            nodes += [(ROOT_CNODE << left, own)] * 2
    for at, cap in nodes:
        assert isinstance(cap.obj, CNode)
        for i in _in_play(cap.obj, cap.obj.bits):
            held = cap.obj.slots[i].cap
            place = (at, cap.guard << cap.obj.bits | i, cap.guard_bits + cap.obj.bits)
            c.places.setdefault(held.kind if held else "empty", []).append(place)
    return c
