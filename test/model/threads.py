# SPDX-License-Identifier: BSD-2-Clause
"""The calls on threads and scheduling contexts (manual: Threads and Execution; MCS: Scheduling Contexts).

What a thread is given as a space or as a handler is copied into slots of its own. All is checked first. Then each slot is
emptied and filled, in order; should emptying have taken away the source or the thread itself, the slot stays empty.
"""

from __future__ import annotations

from abi import GRANT, GRANT_REPLY, READ, WORD, WRITE
from cap import Capability, Slot, derivable, give_data
from cnode import Caps, CNodeCalls
from cspace import Refused
from objects import (BUFFER, CSPACE, FAULT_HANDLER, RECEIVES, RUNS, SENDS, STOPPED, TIMEOUT_HANDLER, VSPACE, WAITS, Buffer,
                     Context, Frame, Notification, Thread)

MIN_BUDGET, MAX_PERIOD = 20, 1 << 44            # microseconds
Change = tuple[int, Slot | None, Capability | None]     # a thread's slot, the source, and the copy


class ThreadCalls(CNodeCalls):
    # ---- priorities and states

    def set_priority(self, cap: Capability, a: list[int], caps: Caps) -> None:
        _check_priority(caps[0], a[0])
        self._prioritise(_thread(cap), a[0] & 255)

    def set_mcpriority(self, cap: Capability, a: list[int], caps: Caps) -> None:
        _check_priority(caps[0], a[0])
        _thread(cap).mcp = a[0] & 255

    def _prioritise(self, t: Thread, priority: int) -> None:
        """Wherever it stands in line it goes behind the others of its new priority."""
        queued = self.scheduler.queued(t)
        self.scheduler.remove(t)
        t.priority = priority
        if queued:
            self.scheduler.append(t)
        if t.state in (SENDS, RECEIVES, WAITS):
            assert t.waiting_on
            queue = t.waiting_on.queue
            queue.threads.remove(t)
            queue.insert(t)
            if isinstance(t.waiting_on, Notification):
                self.deliver(t.waiting_on)

    def resume(self, cap: Capability, _a: list[int], _caps: Caps) -> None:
        t = _thread(cap)
        if t.state != RUNS:
            self.restart(t)

    def suspend_thread(self, cap: Capability, _a: list[int], _caps: Caps) -> None:
        self.suspend(_thread(cap))

    def bind_bell(self, cap: Capability, _a: list[int], caps: Caps) -> None:
        t = _thread(cap)
        n = caps[0].obj if caps[0] and caps[0].kind == "NOTIFICATION" and caps[0].rights & READ else None
        if t.bound or not isinstance(n, Notification) or n.bound or n.queue.threads:
            raise Refused("IllegalOperation")
        n.bound, t.bound = t, n
        self.deliver(n)

    def unbind_bell(self, cap: Capability, _a: list[int], _caps: Caps) -> None:
        t = _thread(cap)
        if t.bound is None:
            raise Refused("IllegalOperation")
        self.unbind_bound(t)

    # ---- spaces and handlers

    def configure(self, cap: Capability, a: list[int], caps: Caps) -> None:
        changes = [_cspace(caps[0], a[0]), _vspace(caps[1]), _buffer(caps[2], a[2])]
        self._apply(cap, changes)
        self._view(cap, _thread(cap), changes[2], a[2])

    def set_space(self, cap: Capability, a: list[int], caps: Caps) -> None:
        self._apply(cap, [_handler(caps[0], 1, FAULT_HANDLER), _cspace(caps[1], a[0]), _vspace(caps[2])])

    def set_buffer(self, cap: Capability, a: list[int], caps: Caps) -> None:
        change = _buffer(caps[0], a[0])
        self._apply(cap, [change])
        self._view(cap, _thread(cap), change, a[0])

    def set_timeout_endpoint(self, cap: Capability, _a: list[int], caps: Caps) -> None:
        self._apply(cap, [_handler(caps[0], 1, TIMEOUT_HANDLER)])

    def set_sched_params(self, cap: Capability, a: list[int], caps: Caps) -> None:
        t = _thread(cap)
        _check_priority(caps[0], a[0])
        _check_priority(caps[0], a[1])
        context = self._check_context(t, caps[1])
        change = _handler(caps[2], 3, FAULT_HANDLER)
        self._apply(cap, [change])
        t.mcp = a[0] & 255
        self._prioritise(t, a[1] & 255)
        if context and caps[1] and caps[1].kind == "SC":
            self.bind_thread(context, t)
        elif caps[1] is None and t.context:
            self.unbind_thread(t.context)

    def _check_context(self, t: Thread, cap: Capability | None) -> Context | None:
        if cap is None:
            if t is self.scheduler.current:
                raise Refused("IllegalOperation")
            return None
        c = cap.obj
        if cap.kind != "SC" or not isinstance(c, Context):
            raise Refused("InvalidCapability", 2)
        if not _may_bind(c, t):
            raise Refused("IllegalOperation")
        return c

    def _apply(self, invoked: Capability, changes: list[Change]) -> None:
        t = _thread(invoked)
        home = invoked.slot
        for which, source, new in changes:
            slot = t.slots[which]
            self.delete(slot)
            if home is None or home.cap is None or home.cap.kind != "TCB" or home.cap.obj is not t:
                continue
            held = source.cap if source else None
            if held and new and held.kind == new.kind and held.obj is new.obj:
                self.forest.derive(slot, new, held)

    def _view(self, _invoked: Capability, t: Thread, change: Change, address: int) -> None:
        """The kernel writes only where the thread could."""
        t.view = None
        new = change[2]
        if new and new.rights & READ and new.rights & WRITE:
            assert isinstance(new.obj, Frame)
            t.view = Buffer(new.obj, (address & (1 << new.obj.bits) - 1) // 8)

    # ---- scheduling contexts

    def bind(self, cap: Capability, _a: list[int], caps: Caps) -> None:
        c, other = _context(cap), _bindable(caps[0])
        if not (_may_bind(c, other) if isinstance(other, Thread) else c.notification is None and other.context is None):
            raise Refused("IllegalOperation")
        if isinstance(other, Thread):
            self.bind_thread(c, other)
        else:
            self.bind_notification(c, other)

    def unbind(self, cap: Capability, _a: list[int], _caps: Caps) -> None:
        c = _context(cap)
        if c.thread and c.thread is self.scheduler.current:
            raise Refused("IllegalOperation")
        self._end_context(c)

    def unbind_object(self, cap: Capability, _a: list[int], caps: Caps) -> None:
        c, other = _context(cap), _bindable(caps[0])
        if isinstance(other, Thread):
            if c.thread is not other or other is self.scheduler.current:
                raise Refused("IllegalOperation")
            self.unbind_thread(c)
        else:
            if c.notification is not other:
                raise Refused("IllegalOperation")
            self.unbind_notification(c)

    def configure_context(self, _cap: Capability, a: list[int], caps: Caps) -> None:
        if caps[0] is None or caps[0].kind != "SC":
            raise Refused("InvalidCapability", 1)
        if not MIN_BUDGET <= a[0] <= MAX_PERIOD or not MIN_BUDGET <= a[1] <= MAX_PERIOD:
            raise Refused("RangeError", MIN_BUDGET, MAX_PERIOD)
        if a[0] > a[1]:
            raise Refused("RangeError", MIN_BUDGET, a[1])
        self.scheduler.configure(_context(caps[0]))


def _thread(cap: Capability) -> Thread:
    assert isinstance(cap.obj, Thread)
    return cap.obj


def _context(cap: Capability) -> Context:
    assert isinstance(cap.obj, Context)
    return cap.obj


def _may_bind(c: Context, t: Thread) -> bool:
    """A context may be a notification's too. A thread that waits takes one that it could be woken with."""
    waits = t.state not in (RUNS, STOPPED)
    return c.thread is None and t.context is None and (c.configured or not waits)


def _bindable(cap: Capability | None) -> Thread | Notification:
    if cap and cap.kind in ("TCB", "NOTIFICATION"):
        assert isinstance(cap.obj, (Thread, Notification))
        return cap.obj
    raise Refused("InvalidCapability", 1)


def _check_priority(authority: Capability | None, priority: int) -> None:
    """Nobody gives more than the maximum controlled priority of the thread whose capability is shown."""
    if authority is None or authority.kind != "TCB":
        raise Refused("InvalidCapability", 1)
    if priority > _thread(authority).mcp:
        raise Refused("RangeError", 0, _thread(authority).mcp)




def _cspace(cap: Capability | None, data: int) -> Change:
    if cap is None or cap.kind != "CNODE":
        raise Refused("IllegalOperation")
    new = cap.copy()
    if data and not give_data(new, data & WORD, moved=False):
        raise Refused("IllegalOperation")
    return CSPACE, cap.slot, new


def _vspace(cap: Capability | None) -> Change:
    if cap is None or cap.kind != "VSPACE":
        raise Refused("IllegalOperation")
    return VSPACE, cap.slot, cap.copy()


def _buffer(cap: Capability | None, address: int) -> Change:
    if not address:
        return BUFFER, None, None
    if cap is None or cap.kind != "FRAME":
        raise Refused("IllegalOperation")
    if address % 1024:
        raise Refused("AlignmentError")
    return BUFFER, cap.slot, cap.copy()


def _handler(cap: Capability | None, which: int, slot: int) -> Change:
    """A fault handler's endpoint must be sendable to, and let its answers come back."""
    if cap is None:
        return slot, None, None
    if cap.kind != "ENDPOINT" or not cap.rights & WRITE or not cap.rights & (GRANT | GRANT_REPLY):
        raise Refused("InvalidCapability", which)
    return slot, cap.slot, cap.copy()
