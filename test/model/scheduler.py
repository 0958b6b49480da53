# SPDX-License-Identifier: BSD-2-Clause
"""Who runs: the highest-priority thread that can and has a configured scheduling context (manual: Scheduling, MCS).

Time stands still here, so no budget ends. Where the manual is silent, about threads of one priority: who runs goes on;
who was interrupted by a higher one stands first; who becomes able to run stands last, but if one thread alone became so in
this kernel entry, it is chosen before others of its priority that were ready already.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from objects import CALLS, RUNS, Context, Reply, Thread


def competes(t: Thread) -> bool:
    return t.state == RUNS and t.context is not None and t.context.configured


@dataclass(eq=False, slots=True, repr=False)
class Scheduler:
    current: Thread | None = None
    woken: Thread | None = None         # the one of this entry
    ready: dict[int, list[Thread]] = field(default_factory=dict)

    def queued(self, t: Thread) -> bool:
        return t in self.ready.get(t.priority, ())

    def append(self, t: Thread) -> None:
        self.ready.setdefault(t.priority, []).append(t)

    def remove(self, t: Thread) -> None:
        if self.queued(t):
            self.ready[t.priority].remove(t)

    def wake(self, t: Thread) -> None:
        if not competes(t) or t in (self.current, self.woken) or self.queued(t):
            return
        if self.woken is None:
            self.woken = t
            return
        self.append(self.woken)
        self.woken = None
        self.append(t)

    def stop(self, t: Thread) -> None:
        self.remove(t)
        if t is self.woken:
            self.woken = None

    def set_state(self, t: Thread, state: str) -> None:
        ran = t.state == RUNS
        t.state = state
        if state == RUNS and not ran:
            self.wake(t)
        elif ran and state != RUNS:
            self.stop(t)

    def yield_slice(self) -> None:
        assert self.current
        self.append(self.current)

    def choose(self) -> None:
        """At the end of each kernel entry."""
        current, best = self.current, None
        if current and competes(current) and not self.queued(current):
            best = current
        if self.woken and (best is None or self.woken.priority > best.priority):
            best = self.woken
        for priority in sorted(self.ready, reverse=True):
            if self.ready[priority]:
                if best is None or priority > best.priority:
                    best = self.ready[priority][0]
                break
        if self.woken and self.woken is not best:
            self.append(self.woken)
        self.woken = None
        if best:
            self.remove(best)
        if current and current is not best and competes(current) and not self.queued(current):
            self.ready.setdefault(current.priority, []).insert(0, current)
        self.current = best

    # ---- scheduling contexts

    def configure(self, c: Context) -> None:
        """Its thread competes anew."""
        if c.configured and c.thread:
            self.stop(c.thread)
        c.configured = True
        if c.thread and c.thread.state == RUNS:
            self.wake(c.thread)

    def donate(self, c: Context, to: Thread) -> None:
        if c.thread:
            self.stop(c.thread)
            c.thread.context = None
        c.thread, to.context = to, c
        if to.state == RUNS:
            self.wake(to)

    # ---- calls and answers

    def call(self, r: Reply, caller: Thread, callee: Thread, donates: bool) -> None:
        """caller waits in r; its context goes along to a callee that has none."""
        r.thread, caller.reply = caller, r
        c = caller.context
        if donates and c and callee.context is None:
            c.calls.append(r)
            r.travelled = c
            self.donate(c, callee)
        self.set_state(caller, CALLS)

    def answered(self, r: Reply) -> None:
        """The newest call of a context brings it home; an older one breaks out of the chain."""
        caller, c = r.thread, r.travelled
        if c is None or c.calls[-1] is not r:
            break_off(r)
            return
        c.calls.pop()
        assert caller
        r.travelled = r.thread = caller.reply = None
        if caller.context is None:
            self.donate(c, caller)


def break_off(r: Reply) -> None:
    """Its thread waits no longer; the context stays where it is, and cannot come home past the gap."""
    if r.travelled:
        calls = r.travelled.calls
        forget(calls, calls.index(r) + 1)
    assert r.thread
    r.thread.reply = None
    r.thread = None


def forget(calls: list[Reply], oldest: int) -> None:
    for r in calls[:oldest]:
        r.travelled = None
    del calls[:oldest]
