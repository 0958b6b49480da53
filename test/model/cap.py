# SPDX-License-Identifier: BSD-2-Clause
"""Capabilities, the slots that hold them, and the tree of who was derived from whom.

The tree is explicit: each capability names its parent and its children, so that revoking is "delete what is below". A
copy is a child of what it was copied from if that is an *original*, else its sibling (manual: Capability Derivation
Tree). Original are: what Retype made, a copy of an untyped, and an endpoint or notification capability that was given
a badge by this very step.

Where the manual is silent: what was derived last stands first among its siblings, and a sibling directly behind what it
was copied from; Revoke deletes in that order. Who loses its parent belongs to the parent's parent, in the parent's place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from abi import RIGHTS, WORD
from objects import Object


@dataclass(eq=False, slots=True, repr=False)
class Slot:
    address: int
    cap: Capability | None = None


@dataclass(eq=False, slots=True, repr=False)
class Capability:
    kind: str
    obj: Object
    rights: int = 0
    badge: int = 0              # endpoint, notification
    guard: int = 0              # CNode
    guard_bits: int = 0
    mark: int = 0               # untyped: bytes handed out
    left: int = 0               # zombie: slots still to be emptied
    original: bool = True
    slot: Slot | None = None
    parent: Capability | None = None
    children: list[Capability] = field(default_factory=list)

    def copy(self) -> Capability:
        """As a new capability, in no slot yet."""
        return Capability(self.kind, self.obj, self.rights, self.badge, self.guard, self.guard_bits, self.mark)


@dataclass(eq=False, slots=True, repr=False)
class Forest:
    """Every capability there is, from those that the kernel gave at boot."""

    roots: list[Capability] = field(default_factory=list)

    def _siblings(self, parent: Capability | None) -> list[Capability]:
        return self.roots if parent is None else parent.children

    def insert(self, slot: Slot, new: Capability, parent: Capability | None, behind: Capability | None = None) -> None:
        """As parent's newest child, or directly behind a sibling."""
        assert slot.cap is None
        siblings = self._siblings(parent)
        siblings.insert(siblings.index(behind) + 1 if behind else 0, new)
        new.parent, new.slot, slot.cap = parent, slot, new
        new.obj.refs += 1

    def derive(self, slot: Slot, new: Capability, source: Capability) -> None:
        badged = source.kind in BADGED and new.badge != source.badge
        new.original = badged or source.kind == "UNTYPED"
        if source.original:
            self.insert(slot, new, source)
        else:
            self.insert(slot, new, source.parent, source)
        if source.kind == "UNTYPED":        # one of the two hands the memory out; to the other it is in use
            source.mark = 1 << source.obj.bits

    def remove(self, cap: Capability) -> None:
        siblings = self._siblings(cap.parent)
        at = siblings.index(cap)
        siblings[at:at + 1] = cap.children
        for child in cap.children:
            child.parent = cap.parent
        cap.obj.refs -= 1
        assert cap.slot
        cap.slot.cap = None
        cap.slot = None


def move(slot: Slot, cap: Capability) -> None:
    """Everything about it stays, its place in the tree too."""
    assert cap.slot and slot.cap is None
    cap.slot.cap = None
    cap.slot, slot.cap = slot, cap


def swap(a: Slot, b: Slot) -> None:
    a.cap, b.cap = b.cap, a.cap
    for slot in (a, b):
        if slot.cap:
            slot.cap.slot = slot


BADGED = ("ENDPOINT", "NOTIFICATION")


def mask(cap: Capability, rights: int) -> None:
    """Rights only ever narrow; on kinds that have none there is nothing to narrow."""
    cap.rights &= rights & RIGHTS.get(cap.kind, 0)


def give_data(cap: Capability, data: int, moved: bool) -> bool:
    """A badge, once and only to a copy; or a guard. False: it may not be given. Other kinds take no notice."""
    if cap.kind in BADGED:
        if moved or cap.badge:
            return False
        cap.badge = data
    if cap.kind == "CNODE":
        bits = data & 63
        if bits + cap.obj.bits > 64:
            return False
        cap.guard_bits, cap.guard = bits, data >> 6 & WORD >> 64 - bits if bits else 0
    return True


def derivable(source: Capability) -> str:
    """The error of making a copy (manual: Capability derivation table); "" if it may be made."""
    if source.kind in ("ZOMBIE", "IRQ_CONTROL"):
        return "IllegalOperation"
    if source.kind == "UNTYPED" and source.children:
        return "RevokeFirst"
    return ""
