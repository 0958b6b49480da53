# SPDX-License-Identifier: BSD-2-Clause
"""Messages through endpoints and replies (manual: Message Passing, Calling and Replying; MCS: scheduling-context donation).

Deliberately ours: a message that donates nothing never wakes a thread without a scheduling context. It is dropped and
counted with its sender; the receiver stays queued. Who gives its context away and then receives drops such senders first.
"""

from __future__ import annotations

from abi import CAPS, MAX_LENGTH, MSG, RECEIVE_CNODE, RECEIVE_DEPTH, RECEIVE_INDEX, REGISTERS, info
from cap import Capability, Forest, Slot, derivable
from cspace import LookupFailed, Refused, find, resolve
from objects import CALLS, RECEIVES, RUNS, SENDS, STOPPED, WAITS, Buffer, Endpoint, Fault, Notification, Reply, Thread
from scheduler import Scheduler, break_off
from signals import Signals


def message_length(word: int) -> int:
    return min(word & 127, MAX_LENGTH)


def wants_answer(sender: Thread) -> bool:
    return sender.is_call or sender.fault is not None


def can_be_answered(sender: Thread, reply: Reply | None) -> bool:
    return wants_answer(sender) and reply is not None and (sender.can_grant or sender.can_grant_reply)


def donates(sender: Thread, reply: Reply | None) -> bool:
    """Would a receiver without a context get the sender's?"""
    return (sender.can_donate and sender.context is not None
            and (can_be_answered(sender, reply) or not wants_answer(sender)))


class Ipc(Signals):
    def __init__(self, forest: Forest, scheduler: Scheduler) -> None:
        super().__init__(scheduler)
        self.forest = forest

    # ---- what travels

    def transfer(self, sender: Thread, receiver: Thread, e: Endpoint | None, badge: int, grant: bool) -> None:
        receiver.cap = badge
        if sender.fault:
            self._send_fault(sender.fault, receiver)
            return
        caps = self._send_caps(sender, receiver, e) if grant and sender.info >> 7 & 3 else 0
        length = self._copy_words(sender, receiver, message_length(sender.info))
        receiver.info = info(sender.info >> 12, 0, length) | caps

    def _copy_words(self, sender: Thread, receiver: Thread, length: int) -> int:
        """What lies beyond the registers needs both buffers."""
        for i in range(min(length, REGISTERS)):
            receiver.mr[i] = sender.mr[i]
        if length <= REGISTERS:
            return length
        source, target = sender.buffer(), receiver.buffer()
        if not source or not target:
            return REGISTERS
        for i in range(REGISTERS, length):
            target.set(MSG + i, source.get(MSG + i))
        return length

    def _send_fault(self, fault: Fault, receiver: Thread) -> None:
        target = receiver.buffer()
        length = len(fault.words) if target else min(len(fault.words), REGISTERS)
        for i, word in enumerate(fault.words[:length]):
            if i < REGISTERS:
                receiver.mr[i] = word
            elif target:
                target.set(MSG + i, word)
        receiver.info = info(fault.label, 0, length)

    def _receive_slot(self, t: Thread, buffer: Buffer) -> Slot | None:
        try:
            root, _ = resolve(t.cspace(), buffer.get(RECEIVE_CNODE), 64)
            slot = find(root.cap, buffer.get(RECEIVE_INDEX), buffer.get(RECEIVE_DEPTH))
        except (LookupFailed, Refused):
            return None
        return None if slot.cap else slot

    def _send_caps(self, sender: Thread, receiver: Thread, e: Endpoint | None) -> int:
        """A capability to the endpoint itself is unwrapped; one other goes into the receive slot; the first that can do
        neither ends it. The info's bits for what arrived."""
        source, target = sender.buffer(), receiver.buffer()
        if not source or not target:
            return 0
        place = self._receive_slot(receiver, target)
        unwrapped = arrived = 0
        for i in range(sender.info >> 7 & 3):
            try:
                slot, _ = resolve(sender.cspace(), source.get(CAPS + i), 64)
            except LookupFailed:
                break
            cap = slot.cap
            if cap and e and cap.obj is e and cap.kind == "ENDPOINT":
                target.set(CAPS + i, cap.badge)
                unwrapped |= 1 << i
            elif cap is None or place is None or derivable(cap):
                break
            else:
                self.forest.derive(place, cap.copy(), cap)
                place = None
            arrived += 1
        return info(0, arrived, 0, unwrapped)

    # ---- sending

    def send(self, t: Thread, cap: Capability, block: bool, call: bool, donate: bool) -> None:
        e = cap.obj
        assert isinstance(e, Endpoint)
        t.badge, t.is_call, t.can_donate = cap.badge, call, donate
        t.can_grant, t.can_grant_reply = bool(cap.rights & 4), bool(cap.rights & 8)
        receiver = e.queue.threads[0] if e.queue.threads else None
        if receiver is None or receiver.state == SENDS:
            if block:
                t.waiting_on = e
                e.queue.insert(t)
                self.scheduler.set_state(t, SENDS)
        elif receiver.context is None and not donates(t, receiver.reply):
            self._drop(t)
        else:
            reply = self.leave_receive(receiver)
            self._deliver(t, receiver, e, reply)
            self.scheduler.set_state(receiver, RUNS)

    def _deliver(self, sender: Thread, receiver: Thread, e: Endpoint, reply: Reply | None) -> None:
        self.transfer(sender, receiver, e, sender.badge, sender.can_grant)
        if can_be_answered(sender, reply):
            assert reply
            self.scheduler.call(reply, sender, receiver, sender.can_donate)
        elif wants_answer(sender):
            self.give_up(sender)        # manual: as if it had been suspended
        elif receiver.context is None and sender.can_donate and sender.context:
            self.scheduler.donate(sender.context, receiver)

    def _drop(self, sender: Thread) -> None:
        sender.drops += 1
        if sender.fault:
            self.scheduler.set_state(sender, STOPPED)
        elif not sender.is_call:
            self.scheduler.set_state(sender, RUNS)
        elif sender.context:
            self.give_up(sender)
        else:
            sender.again = True
            self.scheduler.set_state(sender, RUNS)

    def would_donate(self, t: Thread, e: Endpoint) -> bool:
        """To a message of t's that wants no answer: is a receiver there, and would it get t's context?"""
        receiver = e.queue.threads[0] if e.queue.threads else None
        return receiver is not None and receiver.state == RECEIVES and receiver.context is None and t.context is not None

    def would_return_context(self, t: Thread, r: Reply) -> bool:
        """Would t's answer bring its context one step home?"""
        calls = t.context.calls if t.context else []
        return bool(calls) and calls[-1] is r and r.thread is not None and r.thread.context is None

    # ---- receiving

    def receive(self, t: Thread, cap: Capability, reply: Reply | None, block: bool) -> None:
        e = cap.obj
        assert isinstance(e, Endpoint)
        if reply and reply.thread:
            self.cancel(reply.thread)
        if t.bound and t.bound.pending and self.can_wake(t.bound, t):
            self.take(t, t.bound)
            return
        sender = self.first_sender(e)
        # A context that the bound notification lent goes back when the thread is ready to wait and would not be without one.
        if t.bound and block and (sender is None or donates(sender, reply)):
            self.return_context(t.bound, t)
        if sender:
            e.queue.threads.remove(sender)
            self._deliver(sender, t, e, reply)
            if sender.state == SENDS:
                self.scheduler.set_state(sender, RUNS)
        elif block:
            t.reply, t.waiting_on = reply, e
            if reply:
                reply.thread = t
            e.queue.insert(t)
            self.scheduler.set_state(t, RECEIVES)
        else:
            t.cap = 0

    def first_sender(self, e: Endpoint) -> Thread | None:
        return e.queue.threads[0] if e.queue.threads and e.queue.threads[0].state == SENDS else None

    def drop_undonating(self, e: Endpoint, reply: Reply | None) -> None:
        """The senders at the head of the queue that a receiver without a context may not take."""
        while (sender := self.first_sender(e)) and not donates(sender, reply):
            e.queue.threads.remove(sender)
            self._drop(sender)

    def may_receive(self, t: Thread, e: Endpoint, reply: Reply | None) -> bool:
        sender = self.first_sender(e)
        return t.context is not None or sender is None or donates(sender, reply)

    def reply(self, t: Thread, r: Reply, grant: bool) -> None:
        caller = r.thread
        if caller is None or caller.state != CALLS:
            return
        if caller.fault is None:
            self.transfer(t, caller, None, 0, grant)
        caller.fault = None             # of the faults here: whatever the answer says, what faulted is tried again
        self.scheduler.answered(r)
        self.scheduler.set_state(caller, RUNS)

    # ---- giving up

    def leave_receive(self, t: Thread) -> Reply | None:
        assert isinstance(t.waiting_on, Endpoint)
        t.waiting_on.queue.threads.remove(t)
        reply, t.reply = t.reply, None
        if reply:
            reply.thread = None
        return reply

    def give_up(self, t: Thread) -> None:
        """It waits no longer for what cannot come. If it is resumed, its call is made again."""
        if t.fault is None:
            t.again = True
        t.fault = None
        self.scheduler.set_state(t, STOPPED)

    def cancel(self, t: Thread) -> None:
        """Out of whatever it waits for."""
        if t.state == STOPPED:
            t.fault = None
        if t.state in (STOPPED, RUNS):
            return
        if t.state == SENDS:
            assert isinstance(t.waiting_on, Endpoint)
            t.waiting_on.queue.threads.remove(t)
        elif t.state == RECEIVES:
            self.leave_receive(t)
        elif t.state == WAITS:
            assert isinstance(t.waiting_on, Notification)
            t.waiting_on.queue.threads.remove(t)
            self.deliver(t.waiting_on)
        else:
            assert t.reply
            break_off(t.reply)
        self.give_up(t)

    def restart(self, t: Thread) -> None:
        self.cancel(t)
        self.scheduler.set_state(t, RUNS)

    def cancel_send(self, t: Thread) -> None:
        """The endpoint that it waits at is of no use any more: its call is made again; of a fault nobody will ever hear."""
        faulted = t.fault is not None
        self.cancel(t)
        if not faulted:
            self.scheduler.set_state(t, RUNS)

    def suspend(self, t: Thread) -> None:
        self.cancel(t)
        self.scheduler.set_state(t, STOPPED)
