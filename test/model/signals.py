# SPDX-License-Identifier: BSD-2-Clause
"""Notifications and the scheduling contexts bound to them and to threads (manual: Notifications; MCS: Passive Threads).

Deliberately ours: a signal wakes nobody who could not run then; its bits stay pending until a context arrives.
"""

from __future__ import annotations

from objects import RECEIVES, RUNS, WAITS, Context, Notification, Reply, Thread
from scheduler import Scheduler


class Signals:
    def __init__(self, scheduler: Scheduler) -> None:
        self.scheduler = scheduler

    def leave_receive(self, t: Thread) -> Reply | None:
        raise NotImplementedError

    def can_wake(self, n: Notification, t: Thread) -> bool:
        return t.context is not None or (n.context is not None and n.context.thread is None)

    def take(self, t: Thread, n: Notification) -> None:
        t.cap = n.word
        n.word, n.pending = 0, False
        if t.context is None:
            assert n.context
            self.scheduler.donate(n.context, t)

    def deliver(self, n: Notification) -> None:
        """To the bound thread, if that receives from an endpoint; else to the first that waits."""
        t = n.bound
        if not n.pending:
            return
        if t and t.state == RECEIVES and self.can_wake(n, t):
            self.leave_receive(t)
        else:
            t = n.queue.threads[0] if n.queue.threads else None
            if t is None or not self.can_wake(n, t):
                return
            n.queue.threads.remove(t)
        self.take(t, n)
        self.scheduler.set_state(t, RUNS)

    def signal(self, n: Notification, badge: int) -> None:
        n.word |= badge
        n.pending = True
        self.deliver(n)

    def wait(self, t: Thread, n: Notification, block: bool) -> None:
        if n.pending and self.can_wake(n, t):
            self.take(t, n)
        elif block:
            self.return_context(n, t)
            t.waiting_on = n
            n.queue.insert(t)
            self.scheduler.set_state(t, WAITS)
        else:
            t.cap = 0

    def return_context(self, n: Notification, t: Thread) -> None:
        if n.context and n.context is t.context:
            self.unbind_thread(n.context)

    # ---- bindings

    def bind_thread(self, c: Context, t: Thread) -> None:
        c.thread, t.context = t, c
        if t.state == RUNS:
            self.scheduler.wake(t)
        elif t.state == WAITS:
            assert isinstance(t.waiting_on, Notification)
            self.deliver(t.waiting_on)
        elif t.state == RECEIVES and t.bound:
            self.deliver(t.bound)

    def unbind_thread(self, c: Context) -> None:
        if c.thread is None:
            return
        self.scheduler.stop(c.thread)
        c.thread.context = None
        c.thread = None
        if c.notification:              # can lend it to another now
            self.deliver(c.notification)

    def unbind_bound(self, t: Thread) -> None:
        assert t.bound
        t.bound.bound = None
        t.bound = None

    def bind_notification(self, c: Context, n: Notification) -> None:
        c.notification, n.context = n, c
        self.deliver(n)

    def unbind_notification(self, c: Context) -> None:
        if c.notification:
            c.notification.context = None
            c.notification = None
