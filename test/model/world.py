# SPDX-License-Identifier: BSD-2-Clause
"""The world that random calls are made in, and those calls (their operands: operands.py).

The root thread has the lowest priority: when nobody else can run it sets up what is gone, starts the others again, and is
interrupted by them. Everything in play is in slots PLAY… of the root's CNode and in CNodes that are there. Threads see it through
capabilities with different guards: some name a slot of the root's by its number alone, some go on into what it holds; some
have a CNode of their own, which may be taken from them.
"""

from __future__ import annotations

from collections.abc import Iterator

from abi import CAPS, MSG, OBJECTS, RECEIVE_CNODE, SYSCALLS, info
from catalogue import PLAY, ROOT_BITS, catalogue
from cspace import LookupFailed, resolve
from events import Access, Again, Call, Event, Writes, invocation
from kernel import Kernel
from objects import SENDS, STOPPED, Context, Endpoint, Notification, Object, Thread
from operands import EVERY, FRESH, LOWEST, YEAR, Operands
from state import ROOT_CNODE, ROOT_TCB, ROOT_VSPACE

THREADS = 7

MESSAGES = ("Call",) * 5 + ("ReplyRecv",) * 6 + ("Recv",) * 5 + ("Send",) * 4 + (
    "NBSend", "NBSend", "NBRecv", "Wait", "NBWait", "NBSendRecv", "NBSendRecv", "NBSendWait", "Yield")
TO_RECEIVERS = ("Call", "Call", "Call", "Send", "Send", "NBSend", "NBSendRecv", "ReplyRecv")
TO_SENDERS = ("Recv", "Recv", "ReplyRecv", "ReplyRecv", "NBRecv", "NBSendRecv", "Send")
TO_PENDING = ("Wait", "NBWait", "Recv", "NBSendWait", "Send")
TO_IDLE = ("Send", "Send", "NBSend", "Call", "NBWait", "Wait", "ReplyRecv")
LEAST = (("ENDPOINT", 3, 0), ("NOTIFICATION", 3, 0), ("REPLY", 3, 0), ("SC", 5, 8), ("TCB", 5, 0), ("FRAME_SMALL", 3, 0),
         ("CNODE", 2, 2), ("UNTYPED", 2, 14))


class World(Operands):
    """Makes calls from what the model knows, so that many succeed; the same seed makes the same calls."""

    def __init__(self, k: Kernel, seed: int, untyped: int, sched_control: int) -> None:
        super().__init__(seed, sched_control)
        self.k, self.untyped = k, untyped
        root = k.scheduler.current
        assert root
        self.root = root
        self.plan = list(self._setup())

    # ---- what the root does first

    def _setup(self) -> Iterator[Call]:
        """Objects, and threads in three kinds of CSpace."""
        slot = PLAY

        def make(name: str, bits: int, count: int) -> Call:
            nonlocal slot
            slot += count
            return self._retype(self.untyped, name, bits, slot - count, count)

        yield invocation(ROOT_TCB, "TCBSetPriority", [LOWEST], [ROOT_TCB])
        tcbs, contexts, frames = slot, slot + THREADS, slot + 2 * THREADS
        yield make("TCB", 0, THREADS)
        yield make("SC", 8, THREADS)
        yield make("FRAME_SMALL", 0, THREADS)
        nodes = slot
        yield make("CNODE", 4, 3)
        for name, count in (("ENDPOINT", 4), ("NOTIFICATION", 4), ("REPLY", 4)):
            yield make(name, 0, count)
        yield make("UNTYPED", 14, 3)
        for i in range(THREADS):
            yield self._configured(contexts + i)
            data = 64 - ROOT_BITS if i % 3 == 0 else 0
            cspace = nodes + i % 2 if i % 3 == 2 else ROOT_CNODE
            yield invocation(tcbs + i, "TCBConfigure", [data, 0, 0x10000 + 1024 * (i % 4)], [cspace, ROOT_VSPACE, frames + i])
            yield invocation(tcbs + i, "TCBSetSchedParams", [40, 20 + i // 2], [ROOT_TCB, contexts + i, nodes + 3])
        for node in (nodes, nodes + 1):
            for i in range(12):
                source = (nodes + 2) if i == 0 else nodes + 3 + i
                args = [i, 4, source, 64, 15, 64 - ROOT_BITS if i == 0 else 0]
                yield invocation(node, "CNodeMint", args, [ROOT_CNODE])
        for i in range(THREADS):
            yield invocation(tcbs + i, "TCBResume", [], [])

    def _retype(self, untyped: int, name: str, bits: int, slot: int, count: int) -> Call:
        return invocation(untyped, "UntypedRetype", [OBJECTS[name], bits, 0, 0, slot, count], [ROOT_CNODE])

    def _configured(self, context: int) -> Call:
        return invocation(self.sched_control, "SchedControlConfigureFlags", [YEAR, YEAR, 0, 0, 0], [context])

    # ---- random calls

    def next(self) -> Event:
        self.calls += 1
        t = self.k.scheduler.current
        assert t
        if t is self.root:
            return self.plan.pop(0) if self.plan else self._mend(t)
        random = self.random
        if t.again and t.number and random.random() < 0.4:
            return Again()
        chance = random.random()
        if chance < 0.4:
            return self._message(t)
        if chance < 0.99:
            return self.random_invocation(t)
        return Access(random.randrange(4) << 12, random.random() < 0.5, random.random() < 0.5)

    # ---- messages

    def _message(self, t: Thread) -> Call:
        random = self.random
        cap = self.cap(t, "ENDPOINT", "ENDPOINT", "ENDPOINT", "NOTIFICATION")
        name = self._partner(t, cap)
        if name == "Send" and random.random() < 0.3:
            cap = self.cap(t, "REPLY")
        caps = random.choice((0, 0, 0, 0, 1, 1, 2, 3))
        length = random.choice((0, 1, 2, 3, 4, 5, 7, 120 if random.random() < 0.02 else 6))
        words: Writes = [(MSG + i, random.randrange(1, 1 << 16)) for i in range(4, min(length, 8))]
        words += [(CAPS + i, self.cap(t, *EVERY)) for i in range(caps)]
        if "Recv" in name or name == "Call":
            root, index, depth = self.place(t, "empty")
            words += [(RECEIVE_CNODE, root), (RECEIVE_CNODE + 1, index), (RECEIVE_CNODE + 2, depth)]
        reply = self.cap(t, "REPLY") if "Recv" in name else 0
        dest = self.cap(t, "ENDPOINT", "NOTIFICATION", "REPLY") if name.startswith("NBSend") and name != "NBSend" else 0
        mr = (random.randrange(1 << 16), random.randrange(1 << 16), length, caps)
        return Call(SYSCALLS[name], cap, info(random.randrange(1 << 12, 1 << 20), caps, length), mr, reply, dest,
                    tuple(words))

    def _partner(self, t: Thread, address: int) -> str:
        """Mostly a call that somebody waits for at the other side."""
        random = self.random
        if random.random() < 0.8:
            try:
                cap = resolve(t.cspace(), address, 64)[0].cap
            except LookupFailed:
                return random.choice(MESSAGES)
            if cap and isinstance(cap.obj, Endpoint):
                threads = cap.obj.queue.threads
                return random.choice(MESSAGES if not threads else TO_SENDERS if threads[0].state == SENDS else TO_RECEIVERS)
            if cap and isinstance(cap.obj, Notification):
                return random.choice(TO_PENDING if cap.obj.pending else TO_IDLE)
        return random.choice(MESSAGES)

    # ---- mending

    def _mend(self, t: Thread) -> Call:
        """Nobody else can run: make what there is too little of, and start threads again."""
        random, c = self.random, self.known(t)
        if self.calls - c.made > FRESH // 4:
            c = self.catalogues[t.address] = catalogue(t, self.calls)
        tcbs, contexts = c.caps.get("TCB", []), c.caps.get("SC", [])
        empty = c.caps.get("empty", [])
        if len(empty) < 8:
            cap = random.choice([at for kind, ats in c.caps.items() if kind != "empty" for at in ats])
            return invocation(ROOT_CNODE, random.choice(("CNodeDelete", "CNodeRevoke")), [cap, 64], [])
        if random.random() < 0.4:
            for name, least, bits in LEAST:
                if len(c.caps.get(name.removesuffix("_SMALL"), ())) < least:
                    return self._retype(self.untyped, name, bits, random.choice(empty), 1)
        if not tcbs or not contexts:
            return invocation(ROOT_TCB, "TCBResume", [], [])
        stopped = [at for at in tcbs if _stopped(self._object(t, at))]
        tcb, context = random.choice(stopped or tcbs), random.choice(contexts)
        thread = self._object(t, tcb)
        if isinstance(thread, Thread) and thread.context is None and random.random() < 0.8:
            free = [at for at in contexts if _free(self._object(t, at))]
            if free:
                return invocation(random.choice(free), "SchedContextBind", [], [tcb])
            return invocation(context, "SchedContextUnbind", [], [])
        what = random.randrange(12)
        if what == 0:
            return self._configured(context)
        if what == 1:
            args = [random.choice((0, 0, 64 - ROOT_BITS)), 0, 0x1000]
            return invocation(tcb, "TCBConfigure", args, [ROOT_CNODE, ROOT_VSPACE, random.choice(c.caps.get("FRAME", [0]))])
        if what == 2:
            return invocation(tcb, "TCBSetMCPriority", [40], [ROOT_TCB])
        if what == 3:
            return invocation(tcb, "TCBSetPriority", [random.randrange(20, 24)], [ROOT_TCB])
        if what == 4 and random.random() < 0.3:
            return invocation(context, "SchedContextBind", [], [random.choice(c.caps.get("NOTIFICATION", [tcb]))])
        if what == 5:
            return invocation(tcb, "TCBSetSpace", [0, 0], [random.choice(c.caps.get("ENDPOINT", [0])), ROOT_CNODE, ROOT_VSPACE])
        return invocation(tcb, "TCBResume", [], [])

    def _object(self, t: Thread, address: int) -> Object | None:
        cap = resolve(t.cspace(), address, 64)[0].cap
        return cap.obj if cap else None


def _stopped(obj: Object | None) -> bool:
    return isinstance(obj, Thread) and obj.state == STOPPED


def _free(obj: Object | None) -> bool:
    return isinstance(obj, Context) and obj.configured and obj.thread is None
