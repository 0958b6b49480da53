# SPDX-License-Identifier: BSD-2-Clause
"""The world that random calls are made in, and those calls.

The root thread has the lowest priority: when nobody else can run it sets up what is gone, starts the others again, and is
interrupted by them. Everything in play is in slots PLAY… of the root's CNode and in CNodes that are there. Threads see it through
capabilities with different guards: some name a slot of the root's by its number alone, some go on into what it holds; some
have a CNode of their own, which may be taken from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from abi import CAPS, INVOCATIONS, MSG, OBJECTS, RECEIVE_CNODE, SYSCALLS, info
from cap import Capability, Slot
from cspace import LookupFailed, resolve
from kernel import Kernel
from objects import SENDS, STOPPED, CNode, Context, Endpoint, Notification, Object, Thread
from state import ROOT_CNODE, ROOT_TCB, ROOT_VSPACE

PLAY, PLAYED = 256, 56              # slots of the root's CNode
THREADS = 7
LOWEST = 10                         # the root's priority
YEAR = 1 << 44                      # microseconds
ROOT_BITS = 13
FRESH = 24                          # calls after which the catalogue is made anew

Writes = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Call:
    """Registers, and words of the IPC buffer, of a call by whoever runs."""

    number: int
    cap: int
    info: int
    mr: tuple[int, int, int, int]
    reply: int
    dest: int
    words: tuple[tuple[int, int], ...]

    def line(self) -> str:
        mr = self.mr
        text = f" {-self.number:x} {self.cap:x} {self.info:x} {mr[0]:x} {mr[1]:x} {mr[2]:x} {mr[3]:x} {self.reply:x} {self.dest:x}"
        for word, value in self.words:
            text += f" {word:x} {value:x}"
        return text


@dataclass(frozen=True, slots=True)
class Again:
    """Whoever runs makes its last call again, as its registers are now."""


@dataclass(frozen=True, slots=True)
class Access:
    """Whoever runs faults on an access to memory."""

    address: int
    fetch: bool
    write: bool


Event = Call | Again | Access


def invocation(cap: int, name: str, args: list[int], caps: list[int], number: int = SYSCALLS["Call"]) -> Call:
    label = INVOCATIONS[name][0]
    mr0, mr1, mr2, mr3 = (args + [0] * 4)[:4]
    words = [(MSG + i, arg) for i, arg in enumerate(args) if i >= 4] + [(CAPS + i, c) for i, c in enumerate(caps)]
    return Call(number, cap, info(label, len(caps), len(args)), (mr0, mr1, mr2, mr3), 0, 0, tuple(words))


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
        assert own
        nodes += [(ROOT_CNODE << left, own)] * 2
    for at, cap in nodes:
        assert isinstance(cap.obj, CNode)
        for i in _in_play(cap.obj, cap.obj.bits):
            held = cap.obj.slots[i].cap
            place = (at, cap.guard << cap.obj.bits | i, cap.guard_bits + cap.obj.bits)
            c.places.setdefault(held.kind if held else "empty", []).append(place)
    return c


class World:
    """Makes calls from what the model knows, so that many succeed; the same seed makes the same calls."""

    def __init__(self, k: Kernel, seed: int, untyped: int, sched_control: int) -> None:
        self.k, self.random = k, Random(seed)
        self.untyped, self.sched_control = untyped, sched_control
        self.calls = 0
        self.catalogues: dict[int, Catalogue] = {}
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
            return self._invocation(t)
        return Access(random.randrange(4) << 12, random.random() < 0.5, random.random() < 0.5)

    def _known(self, t: Thread) -> Catalogue:
        c = self.catalogues.get(t.address)
        if c is None or self.calls - c.made > FRESH:
            c = self.catalogues[t.address] = catalogue(t, self.calls)
        return c

    def _cap(self, t: Thread, *kinds: str) -> int:
        """One of these, mostly; else anything, or an address that leads nowhere."""
        c, random = self._known(t), self.random
        chance = random.random()
        if chance < 0.93:
            kind = kinds[random.randrange(len(kinds))]
            if found := c.caps.get(kind):
                return found[random.randrange(len(found))]
        if chance < 0.98 and c.caps:
            found = random.choice(list(c.caps.values()))
            return random.choice(found)
        return random.choice((random.getrandbits(64) | 1 << 60, PLAY << 51, random.randrange(PLAY, PLAY + PLAYED), 0))

    def _place(self, t: Thread, *kinds: str) -> tuple[int, int, int]:
        """CNode, index, depth of a slot that holds one of these."""
        c, random = self._known(t), self.random
        chance = random.random()
        if chance < 0.94:
            kind = kinds[random.randrange(len(kinds))]
            if found := c.places.get(kind):
                return found[random.randrange(len(found))]
        if chance < 0.97 and c.places:
            return random.choice(random.choice(list(c.places.values())))
        return self._cap(t, "CNODE"), random.randrange(64), random.choice((0, 4, 13, 64, 65))

    # ---- messages

    def _message(self, t: Thread) -> Call:
        random = self.random
        cap = self._cap(t, "ENDPOINT", "ENDPOINT", "ENDPOINT", "NOTIFICATION")
        name = self._partner(t, cap)
        if name == "Send" and random.random() < 0.3:
            cap = self._cap(t, "REPLY")
        caps = random.choice((0, 0, 0, 0, 1, 1, 2, 3))
        length = random.choice((0, 1, 2, 3, 4, 5, 7, 120 if random.random() < 0.02 else 6))
        words: Writes = [(MSG + i, random.randrange(1, 1 << 16)) for i in range(4, min(length, 8))]
        words += [(CAPS + i, self._cap(t, *EVERY)) for i in range(caps)]
        if "Recv" in name or name == "Call":
            root, index, depth = self._place(t, "empty")
            words += [(RECEIVE_CNODE, root), (RECEIVE_CNODE + 1, index), (RECEIVE_CNODE + 2, depth)]
        reply = self._cap(t, "REPLY") if "Recv" in name else 0
        dest = self._cap(t, "ENDPOINT", "NOTIFICATION", "REPLY") if name.startswith("NBSend") and name != "NBSend" else 0
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

    # ---- invocations

    def _invocation(self, t: Thread) -> Call:
        random = self.random
        name = random.choice(CALLS)
        cap, args, caps = self._arguments(t, name)
        if random.random() < 0.02:
            args = args[:random.randrange(len(args) + 1)]
        if random.random() < 0.02:
            caps = caps[:random.randrange(len(caps) + 1)]
        number = SYSCALLS["Call"] if random.random() < 0.95 else random.choice((SYSCALLS["Send"], SYSCALLS["NBSend"]))
        return invocation(cap, name, args, caps, number)

    def _arguments(self, t: Thread, name: str) -> tuple[int, list[int], list[int]]:
        if name == "UntypedRetype":
            return self._retype_arguments(t)
        if name.startswith("CNode"):
            return self._cnode_arguments(t, name.removeprefix("CNode"))
        return self._thread_arguments(t, name)

    def _retype_arguments(self, t: Thread) -> tuple[int, list[int], list[int]]:
        random = self.random
        kind = random.choice(MADE)
        bits = {"CNODE": random.choice((1, 1, 2, 3, 0)), "UNTYPED": random.choice((5, 8, 11, 12, 13, 3)),
                "SC": random.choice((8, 8, 9, 7))}.get(kind, 0)
        root, index, _ = self._place(t, "empty")
        nodes = self._known(t).caps.get("CNODE")
        depth, node, offset = 0, 0, index & (1 << ROOT_BITS) - 1
        if random.random() < 0.3 and nodes:         # the CNode is found below the root
            at, node, depth = self._place(t, "CNODE")
            root, offset = at, random.randrange(6)
        elif root in (nodes or ()):
            offset = index & 15
        if random.random() < 0.03:
            bits, depth = random.choice((47, 48, 63, 64, 1 << 63)), random.choice((0, 64, 65))
        count = random.choice((1, 1, 1, 2, 3, 0, 256, 257)) if random.random() < 0.3 else 1
        type_ = OBJECTS[kind] if random.random() < 0.98 else 99
        return self._cap(t, "UNTYPED"), [type_, bits, node, depth, offset, count], [root]

    def _cnode_arguments(self, t: Thread, name: str) -> tuple[int, list[int], list[int]]:
        random = self.random
        if name in ("Delete", "Revoke", "CancelBadgedSends"):
            kinds = ("ENDPOINT",) if name == "CancelBadgedSends" else EVERY if name == "Delete" else MOSTLY_REVOKED
            root, index, depth = self._place(t, *kinds)
            return root, [index, depth], []
        root, index, depth = self._place(t, "empty")
        source, source_index, source_depth = self._place(t, *EVERY)
        rights = random.choice((15, 15, 15, random.randrange(16), 31))
        badge = random.choice((0, 1, 1, 2, 3, 64 - ROOT_BITS, 60, 2 << 6 | 5, random.getrandbits(64)))
        args = [index, depth, source_index, source_depth]
        if name == "Copy":
            return root, [*args, rights], [source]
        if name == "Mint":
            return root, [*args, rights, badge], [source]
        if name == "Move":
            return root, args, [source]
        if name == "Mutate":
            return root, [*args, badge], [source]
        source, source_index, source_depth = self._place(t, *UNBADGED)
        pivot, pivot_index, pivot_depth = self._place(t, *UNBADGED)
        if random.random() < 0.3:
            root, index, depth = source, source_index, source_depth
        if random.random() < 0.05:
            pivot, pivot_index, pivot_depth = random.choice(((root, index, depth), (source, source_index, source_depth)))
        guard = badge if random.random() < 0.5 else 0
        return root, [index, depth, guard, pivot_index, pivot_depth, guard, source_index, source_depth], [pivot, source]

    def _thread_arguments(self, t: Thread, name: str) -> tuple[int, list[int], list[int]]:
        random = self.random
        tcb = self._cap(t, "TCB")
        authority = self._cap(t, "TCB")
        priority = random.choice((LOWEST, 12, 20, 20, 21, 21, 22, 22, 23, 30, 40, 41, 300))
        if name in ("TCBSetPriority", "TCBSetMCPriority"):
            return tcb, [max(priority, 30) if name == "TCBSetMCPriority" else priority], [authority]
        handler = self._cap(t, "ENDPOINT", "ENDPOINT", "empty")
        if name == "TCBSetSchedParams":
            return tcb, [max(priority, 30), priority], [authority, self._cap(t, "SC", "SC", "empty"), handler]
        if name == "TCBSetTimeoutEndpoint":
            return tcb, [], [handler]
        frame, address = self._cap(t, "FRAME"), random.choice((0, 0x1000, 0x1400, 0x1c00, 0x1008))
        if name == "TCBSetIPCBuffer":
            return tcb, [address], [frame]
        guard = random.choice((0, 0, 0, 1, 64 - ROOT_BITS, 64 - 4, 60 << 6 | 7))
        vspace = self._vspace(t)
        if name == "TCBSetSpace":
            return tcb, [guard, 0], [handler, self._cspace(t), vspace]
        if name == "TCBConfigure":
            return tcb, [guard, 0, address], [self._cspace(t), vspace, frame]
        if name == "TCBBindNotification":
            return tcb, [], [self._cap(t, "NOTIFICATION")]
        if name.startswith("TCB"):
            return tcb, [], []
        context = self._cap(t, "SC")
        if name == "SchedControlConfigureFlags":
            budget = random.choice((YEAR, YEAR, YEAR, YEAR + 1, 19))
            return self._own(t, self.sched_control), [budget, YEAR, 0, 0, 0], [context]
        if name == "SchedContextUnbind":
            return context, [], []
        return context, [], [self._cap(t, "TCB", "TCB", "NOTIFICATION")]

    def _own(self, t: Thread, slot: int) -> int:
        """The address of a slot of the root's CNode, where the thread sees that."""
        root = t.cspace()
        if root is None or root.obj.bits != ROOT_BITS:
            return 0
        return root.guard << 64 - root.guard_bits | slot << 64 - root.guard_bits - ROOT_BITS if root.guard_bits else slot << 51

    def _vspace(self, t: Thread) -> int:
        return self._own(t, ROOT_VSPACE) if self.random.random() < 0.95 else self._cap(t, *EVERY)

    def _cspace(self, t: Thread) -> int:
        return self._own(t, ROOT_CNODE) if self.random.random() < 0.7 else self._cap(t, "CNODE")

    # ---- mending

    def _mend(self, t: Thread) -> Call:
        """Nobody else can run: make what there is too little of, and start threads again."""
        random, c = self.random, self._known(t)
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


MESSAGES = ("Call",) * 5 + ("ReplyRecv",) * 6 + ("Recv",) * 5 + ("Send",) * 4 + (
    "NBSend", "NBSend", "NBRecv", "Wait", "NBWait", "NBSendRecv", "NBSendRecv", "NBSendWait", "Yield")
TO_RECEIVERS = ("Call", "Call", "Call", "Send", "Send", "NBSend", "NBSendRecv", "ReplyRecv")
TO_SENDERS = ("Recv", "Recv", "ReplyRecv", "ReplyRecv", "NBRecv", "NBSendRecv", "Send")
TO_PENDING = ("Wait", "NBWait", "Recv", "NBSendWait", "Send")
TO_IDLE = ("Send", "Send", "NBSend", "Call", "NBWait", "Wait", "ReplyRecv")
EVERY = ("ENDPOINT",) * 5 + ("NOTIFICATION",) * 3 + ("CNODE",) * 2 + ("REPLY", "REPLY", "TCB", "SC", "UNTYPED", "FRAME")
UNBADGED = ("CNODE", "CNODE", "REPLY", "TCB", "SC", "UNTYPED", "FRAME", "ENDPOINT")
MOSTLY_REVOKED = ("UNTYPED", "ENDPOINT", "ENDPOINT", "NOTIFICATION", "CNODE", "REPLY", "TCB", "SC")
MADE = ("ENDPOINT",) * 4 + ("NOTIFICATION",) * 3 + ("REPLY",) * 2 + ("CNODE",) * 3 + ("TCB", "SC", "UNTYPED", "FRAME_SMALL")
CALLS = (("UntypedRetype",) * 8 + ("CNodeCopy",) * 7 + ("CNodeMint",) * 10 + ("CNodeMove",) * 4 + ("CNodeMutate",) * 2
         + ("CNodeRotate",) * 3 + ("CNodeDelete",) * 8 + ("CNodeRevoke",) * 3 + ("CNodeCancelBadgedSends",) * 2
         + ("TCBSetPriority",) * 4 + ("TCBSetMCPriority", "TCBSetSchedParams", "TCBSetSchedParams", "TCBSetTimeoutEndpoint")
         + ("TCBSetIPCBuffer", "TCBSetSpace", "TCBSetSpace", "TCBConfigure") + ("TCBSuspend",) * 2 + ("TCBResume",) * 5
         + ("TCBBindNotification",) * 3 + ("TCBUnbindNotification", "SchedControlConfigureFlags")
         + ("SchedContextBind",) * 4 + ("SchedContextUnbind", "SchedContextUnbindObject"))
LEAST = (("ENDPOINT", 3, 0), ("NOTIFICATION", 3, 0), ("REPLY", 3, 0), ("SC", 5, 8), ("TCB", 5, 0), ("FRAME_SMALL", 3, 0),
         ("CNODE", 2, 2), ("UNTYPED", 2, 14))
