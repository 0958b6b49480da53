# SPDX-License-Identifier: BSD-2-Clause
"""The calls on CNodes (manual: CNode Methods). First the target must be there and be empty, then the source be there."""

from __future__ import annotations

from abi import ALL
from cap import Capability, Slot, derivable, give_data, mask, move, swap
from cspace import Refused, find, find_empty, find_full, missing
from ending import Endings
from objects import SENDS, Endpoint

Caps = list[Capability | None]


class CNodeCalls(Endings):
    def copy(self, root: Capability, a: list[int], caps: Caps, mint: bool = False) -> None:
        target = find_empty(root, a[0], a[1])
        source = _held(find_full(caps[0], a[2], a[3], True))
        new = source.copy()
        mask(new, a[4])
        if mint and not give_data(new, a[5], moved=False):
            raise Refused("IllegalOperation")
        if error := derivable(source):
            raise Refused(error)
        self.forest.derive(target, new, source)

    def mint(self, root: Capability, a: list[int], caps: Caps) -> None:
        self.copy(root, a, caps, mint=True)

    def move(self, root: Capability, a: list[int], caps: Caps) -> None:
        target = find_empty(root, a[0], a[1])
        move(target, _held(find_full(caps[0], a[2], a[3], True)))

    def mutate(self, root: Capability, a: list[int], caps: Caps) -> None:
        target = find_empty(root, a[0], a[1])
        source = _held(find_full(caps[0], a[2], a[3], True))
        if not give_data(source, a[4], moved=True):
            raise Refused("IllegalOperation")
        move(target, source)

    def rotate(self, root: Capability, a: list[int], caps: Caps) -> None:
        """The pivot's to the target, the source's to the pivot; or, if target and source are one, both change places."""
        target = find(root, a[0], a[1])
        source = find(caps[1], a[6], a[7], True)
        pivot = find(caps[0], a[3], a[4])
        if pivot in (source, target):
            raise Refused("IllegalOperation")
        if source is not target and target.cap:
            raise Refused("DeleteFirst", 0)
        if source.cap is None:
            raise missing(a[7], True)
        if pivot.cap is None:
            raise missing(a[4], False)
        for cap, data in ((source.cap, a[5]), (pivot.cap, a[2])):       # check both before either changes
            if not give_data(cap.copy(), data, moved=True):
                raise Refused("IllegalOperation")
        give_data(source.cap, a[5], moved=True)
        give_data(pivot.cap, a[2], moved=True)
        if source is target:
            swap(source, pivot)
        else:
            move(target, pivot.cap)
            move(pivot, source.cap)

    def delete_at(self, root: Capability, a: list[int], _: Caps) -> None:
        self.delete(find(root, a[0], a[1]))

    def revoke_at(self, root: Capability, a: list[int], _: Caps) -> None:
        self.revoke(find(root, a[0], a[1]))

    def cancel_badged_sends(self, root: Capability, a: list[int], _: Caps) -> None:
        cap = find(root, a[0], a[1]).cap
        if cap is None or cap.kind != "ENDPOINT" or cap.rights != ALL:
            raise Refused("IllegalOperation")
        e = cap.obj
        assert isinstance(e, Endpoint)
        if cap.badge:
            for t in [t for t in e.queue.threads if t.state == SENDS and t.badge == cap.badge]:
                self.cancel_send(t)


def _held(slot: Slot) -> Capability:
    assert slot.cap
    return slot.cap
