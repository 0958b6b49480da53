# SPDX-License-Identifier: BSD-2-Clause
"""Finding slots by address (manual: Capability Address Lookup, Lookup Failure Description).

An address is used up from the top: at each CNode capability the guard must agree, then the radix chooses a slot; a CNode
in it goes on with what is left.
"""

from __future__ import annotations

from dataclasses import dataclass

from abi import ERRORS
from cap import Capability, Slot
from objects import CNode

INVALID_ROOT, MISSING_CAPABILITY, DEPTH_MISMATCH, GUARD_MISMATCH = 1, 2, 3, 4


class LookupFailed(Exception):
    """The words of seL4_LookupFailureType, from the kind on."""

    def __init__(self, *words: int) -> None:
        self.words = words


class Refused(Exception):
    """An invocation's error, and what the message registers say beside it."""

    def __init__(self, error: str, *words: int) -> None:
        self.error, self.words = ERRORS[error], words


def resolve(root: Capability | None, address: int, bits: int) -> tuple[Slot, int]:
    """The slot, and how many bits were left when the way ended at something that is no CNode."""
    if root is None or root.kind != "CNODE":
        raise LookupFailed(INVALID_ROOT)
    while True:
        guard_bits, radix = root.guard_bits, root.obj.bits
        if guard_bits > bits or address >> bits - guard_bits & (1 << guard_bits) - 1 != root.guard:
            raise LookupFailed(GUARD_MISMATCH, bits, root.guard, guard_bits)
        if guard_bits + radix > bits:
            raise LookupFailed(DEPTH_MISMATCH, bits, guard_bits + radix)
        bits -= guard_bits + radix
        assert isinstance(root.obj, CNode)
        slot = root.obj.slots[address >> bits & (1 << radix) - 1]
        if not bits or slot.cap is None or slot.cap.kind != "CNODE":
            return slot, bits
        root = slot.cap


def find(root: Capability | None, index: int, depth: int, source: bool = False) -> Slot:
    """The slot that a CNode operation is about: exactly `depth` bits lead to it."""
    try:
        if root is None or root.kind != "CNODE":
            raise LookupFailed(INVALID_ROOT)
        if not 1 <= depth <= 64:
            raise Refused("RangeError", 1, 64)
        slot, left = resolve(root, index, depth)
        if left:
            raise LookupFailed(DEPTH_MISMATCH, left, 0)
        return slot
    except LookupFailed as failure:
        raise Refused("FailedLookup", source, *failure.words) from None


def find_empty(root: Capability | None, index: int, depth: int) -> Slot:
    slot = find(root, index, depth)
    if slot.cap:
        raise Refused("DeleteFirst", 0)         # ours: which argument it was about
    return slot


def find_full(root: Capability | None, index: int, depth: int, source: bool) -> Slot:
    slot = find(root, index, depth, source)
    if slot.cap is None:
        raise missing(depth, source)
    return slot


def missing(bits: int, source: bool) -> Refused:
    return Refused("FailedLookup", source, MISSING_CAPABILITY, bits)
