# SPDX-License-Identifier: BSD-2-Clause
"""Operands of random calls: what the thread that makes one can name, and the arguments of each invocation."""

from __future__ import annotations

from random import Random

from abi import OBJECTS, SYSCALLS
from catalogue import PLAY, PLAYED, ROOT_BITS, Catalogue, catalogue
from events import Call, invocation
from objects import Thread
from state import ROOT_CNODE, ROOT_VSPACE

LOWEST = 10                         # priority: the root's
YEAR = 1 << 44                      # microseconds
FRESH = 24                          # calls after which the catalogue is made anew

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


class Operands:
    """Mostly such that the call succeeds."""

    def __init__(self, seed: int, sched_control: int) -> None:
        self.random = Random(seed)
        self.sched_control = sched_control
        self.calls = 0
        self.catalogues: dict[int, Catalogue] = {}

    def known(self, t: Thread) -> Catalogue:
        c = self.catalogues.get(t.address)
        if c is None or self.calls - c.made > FRESH:
            c = self.catalogues[t.address] = catalogue(t, self.calls)
        return c

    def cap(self, t: Thread, *kinds: str) -> int:
        """One of these, mostly; else anything, or an address that leads nowhere."""
        c, random = self.known(t), self.random
        chance = random.random()
        if chance < 0.93:
            kind = kinds[random.randrange(len(kinds))]
            if found := c.caps.get(kind):
                return found[random.randrange(len(found))]
        if chance < 0.98 and c.caps:
            found = random.choice(list(c.caps.values()))
            return random.choice(found)
        return random.choice((random.getrandbits(64) | 1 << 60, PLAY << 51, random.randrange(PLAY, PLAY + PLAYED), 0))

    def place(self, t: Thread, *kinds: str) -> tuple[int, int, int]:
        """CNode, index, depth of a slot that holds one of these."""
        c, random = self.known(t), self.random
        chance = random.random()
        if chance < 0.94:
            kind = kinds[random.randrange(len(kinds))]
            if found := c.places.get(kind):
                return found[random.randrange(len(found))]
        if chance < 0.97 and c.places:
            return random.choice(random.choice(list(c.places.values())))
        return self.cap(t, "CNODE"), random.randrange(64), random.choice((0, 4, 13, 64, 65))

    def random_invocation(self, t: Thread) -> Call:
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
        root, index, _ = self.place(t, "empty")
        nodes = self.known(t).caps.get("CNODE")
        depth, node, offset = 0, 0, index & (1 << ROOT_BITS) - 1
        if random.random() < 0.3 and nodes:         # the CNode is found below the root
            at, node, depth = self.place(t, "CNODE")
            root, offset = at, random.randrange(6)
        elif root in (nodes or ()):
            offset = index & 15
        if random.random() < 0.03:
            bits, depth = random.choice((47, 48, 63, 64, 1 << 63)), random.choice((0, 64, 65))
        count = random.choice((1, 1, 1, 2, 3, 0, 256, 257)) if random.random() < 0.3 else 1
        type_ = OBJECTS[kind] if random.random() < 0.98 else 99
        return self.cap(t, "UNTYPED"), [type_, bits, node, depth, offset, count], [root]

    def _cnode_arguments(self, t: Thread, name: str) -> tuple[int, list[int], list[int]]:
        random = self.random
        if name in ("Delete", "Revoke", "CancelBadgedSends"):
            kinds = ("ENDPOINT",) if name == "CancelBadgedSends" else EVERY if name == "Delete" else MOSTLY_REVOKED
            root, index, depth = self.place(t, *kinds)
            return root, [index, depth], []
        root, index, depth = self.place(t, "empty")
        source, source_index, source_depth = self.place(t, *EVERY)
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
        source, source_index, source_depth = self.place(t, *UNBADGED)
        pivot, pivot_index, pivot_depth = self.place(t, *UNBADGED)
        if random.random() < 0.3:
            root, index, depth = source, source_index, source_depth
        if random.random() < 0.05:
            pivot, pivot_index, pivot_depth = random.choice(((root, index, depth), (source, source_index, source_depth)))
        guard = badge if random.random() < 0.5 else 0
        return root, [index, depth, guard, pivot_index, pivot_depth, guard, source_index, source_depth], [pivot, source]

    def _thread_arguments(self, t: Thread, name: str) -> tuple[int, list[int], list[int]]:
        random = self.random
        tcb = self.cap(t, "TCB")
        authority = self.cap(t, "TCB")
        priority = random.choice((LOWEST, 12, 20, 20, 21, 21, 22, 22, 23, 30, 40, 41, 300))
        if name in ("TCBSetPriority", "TCBSetMCPriority"):
            return tcb, [max(priority, 30) if name == "TCBSetMCPriority" else priority], [authority]
        handler = self.cap(t, "ENDPOINT", "ENDPOINT", "empty")
        if name == "TCBSetSchedParams":
            return tcb, [max(priority, 30), priority], [authority, self.cap(t, "SC", "SC", "empty"), handler]
        if name == "TCBSetTimeoutEndpoint":
            return tcb, [], [handler]
        frame, address = self.cap(t, "FRAME"), random.choice((0, 0x1000, 0x1400, 0x1c00, 0x1008, 0x1001))
        if name == "TCBSetIPCBuffer":
            return tcb, [address], [frame]
        guard = random.choice((0, 0, 0, 1, 64 - ROOT_BITS, 64 - 4, 60 << 6 | 7))
        vspace = self._vspace(t)
        if name == "TCBSetSpace":
            return tcb, [guard, 0], [handler, self._cspace(t), vspace]
        if name == "TCBConfigure":
            return tcb, [guard, 0, address], [self._cspace(t), vspace, frame]
        if name == "TCBBindNotification":
            return tcb, [], [self.cap(t, "NOTIFICATION")]
        if name.startswith("TCB"):
            return tcb, [], []
        context = self.cap(t, "SC")
        if name == "SchedControlConfigureFlags":
            budget = random.choice((YEAR, YEAR, YEAR, YEAR + 1, 19))
            return self._own(t, self.sched_control), [budget, YEAR, 0, 0, 0], [context]
        if name == "SchedContextUnbind":
            return context, [], []
        return context, [], [self.cap(t, "TCB", "TCB", "NOTIFICATION")]

    def _own(self, t: Thread, slot: int) -> int:
        """The address of a slot of the root's CNode, where the thread sees that."""
        root = t.cspace()
        if root is None or root.obj.bits != ROOT_BITS:
            return 0
        return root.guard << 64 - root.guard_bits | slot << 64 - root.guard_bits - ROOT_BITS if root.guard_bits else slot << 51

    def _vspace(self, t: Thread) -> int:
        return self._own(t, ROOT_VSPACE) if self.random.random() < 0.95 else self.cap(t, *EVERY)

    def _cspace(self, t: Thread) -> int:
        return self._own(t, ROOT_CNODE) if self.random.random() < 0.7 else self.cap(t, "CNODE")
