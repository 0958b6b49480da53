# SPDX-License-Identifier: BSD-2-Clause
"""Deleting and revoking (manual: Deletion and Revocation).

With its last capability an object ends. One that holds slots (CNode, thread) has them emptied first, the last first, and
until then its capability is a zombie, which names what it was for. The manual's footnote says what happens to a container
whose last capability is found while another one is emptied: it is not taken apart, but its zombie and what its first slot
holds change places, out of everyone's reach, and what came from there is deleted instead.
"""

from __future__ import annotations

from cap import Capability, Forest, Slot, swap
from ipc import Ipc
from objects import CALLS, Container, Context, Endpoint, Notification, Reply, Thread
from scheduler import Scheduler, forget


class Endings(Ipc):
    def __init__(self, forest: Forest, scheduler: Scheduler) -> None:
        super().__init__(forest, scheduler)

    def delete(self, slot: Slot) -> None:
        while slot.cap:
            zombie = self._retire(slot.cap)
            if not zombie or self._empty(zombie, slot):
                self.forest.remove(slot.cap)
                return
            obj, last = zombie.obj, self._last(zombie)
            self._delete_inner(last)
            if slot.cap and slot.cap.kind == "ZOMBIE" and slot.cap.obj is obj:
                slot.cap.left -= 1

    def revoke(self, slot: Slot) -> None:
        while slot.cap and slot.cap.children:
            child = slot.cap.children[0].slot
            assert child
            self.delete(child)

    def _delete_inner(self, slot: Slot) -> None:
        while slot.cap:
            zombie = self._retire(slot.cap)
            if not zombie or self._empty(zombie, slot):
                self.forest.remove(slot.cap)
                return
            assert isinstance(zombie.obj, Container)
            swap(zombie.obj.slots[0], slot)

    def _last(self, zombie: Capability) -> Slot:
        assert isinstance(zombie.obj, Container)
        return zombie.obj.slots[zombie.left - 1]

    def _empty(self, zombie: Capability, slot: Slot) -> bool:
        """All done, or nothing left but the zombie itself."""
        return not zombie.left or (zombie.left == 1 and self._last(zombie) is slot)

    def _retire(self, cap: Capability) -> Capability | None:
        """The zombie that cap has become, or is; None: nothing but the capability goes."""
        if cap.kind == "ZOMBIE":
            return cap
        if cap.obj.refs > 1 or cap.kind in ("UNTYPED", "FRAME"):
            return None
        obj = cap.obj
        if isinstance(obj, Thread):
            self._end_thread(obj)
        elif isinstance(obj, Notification):
            self._end_notification(obj)
        elif isinstance(obj, Context):
            self._end_context(obj)
        elif isinstance(obj, Reply):
            self._end_reply(obj)
        elif isinstance(obj, Endpoint):
            while obj.queue.threads:
                self.cancel_send(obj.queue.threads[0])
        if not isinstance(obj, Container):
            return None
        cap.kind, cap.left, cap.original = "ZOMBIE", len(obj.slots), False   # nothing comes from a zombie
        return cap

    def _end_thread(self, t: Thread) -> None:
        self.suspend(t)
        if t.bound:
            self.unbind_bound(t)
        if t.context:
            self.unbind_thread(t.context)

    def _end_notification(self, n: Notification) -> None:
        n.pending = False
        if n.bound:
            self.unbind_bound(n.bound)
        if n.context:
            self.unbind_notification(n.context)
        while n.queue.threads:
            self.restart(n.queue.threads[0])

    def _end_context(self, c: Context) -> None:
        self.unbind_notification(c)
        self.unbind_thread(c)
        forget(c.calls, len(c.calls))

    def _end_reply(self, r: Reply) -> None:
        """Nobody can answer any more: who waits is stopped, with its context if that came home."""
        t = r.thread
        if t is None:
            return
        if t.state == CALLS:
            self.scheduler.answered(r)
            self.give_up(t)
        else:
            self.cancel(t)
