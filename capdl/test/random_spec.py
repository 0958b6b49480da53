# SPDX-License-Identifier: BSD-2-Clause
"""Random specs that are in order and otherwise make no sense: every kind of object, every field, every extreme."""

from __future__ import annotations

import random
import string

from capdl.model import (Cap, CNode, Connection, End, Endpoint, Fill, Frame, Interface, Irq, Mapping, Notification,
                         Object, Region, Registry, Reply, SchedContext, Spec, Tcb, VSpace)

FIRST = string.ascii_letters
OTHERS = FIRST + string.digits + "_.@/#-"
KINDS = (CNode, Frame, VSpace, SchedContext, Tcb, Irq, Registry, Interface, Connection, Endpoint, Notification, Reply)
REGION_KINDS = ("client-reads", "shared", "provider-reads", "code")
FILE_LETTERS = "".join(chr(c) for c in range(32, 127))
CAUSE_LETTERS = FILE_LETTERS + "äßλ→"


class Generator:
    """One random spec. Names come first, so that objects can name each other in every direction."""

    def __init__(self, rng: random.Random, objects: int) -> None:
        self.rng = rng
        self.kinds: dict[str, type[Object]] = {}
        while len(self.kinds) < objects:
            self.kinds[self.name()] = rng.choice(KINDS)
        self.sizes = {name: rng.choice((12, 12, 12, 21, 30)) for name in self.of(Frame)}
        self.radixes = {name: rng.randint(1, 12) for name in self.of(CNode)}

    def spec(self) -> Spec:
        return Spec(objects=tuple(self.object(name) for name in sorted(self.kinds)))

    # Pieces

    def name(self) -> str:
        return self.rng.choice(FIRST) + "".join(self.rng.choices(OTHERS, k=self.rng.randint(0, 20)))

    def word(self) -> int:
        return self.rng.choice((0, 1, (1 << 64) - 1, self.rng.getrandbits(self.rng.randint(1, 64))))

    def of(self, kind: type[Object]) -> list[str]:
        return [name for name, k in self.kinds.items() if k is kind]

    def one(self, kind: type[Object]) -> str:
        """The name of such an object, or nothing."""
        names = self.of(kind)
        return self.rng.choice(names) if names and self.rng.random() < 0.7 else ""

    def some(self, kind: type[Object]) -> tuple[str, ...]:
        names = self.of(kind)
        return tuple(self.rng.choice(names) for _ in range(self.rng.randint(0, 4) if names else 0))

    def cause(self) -> str:
        if self.rng.random() < 0.3:
            return ""
        return "".join(self.rng.choices(CAUSE_LETTERS, k=self.rng.randint(1, 30))).strip()

    def cap_to(self, name: str) -> Cap:
        rights = "".join(r for r in "rwgp" if self.rng.random() < 0.4)
        guard_bits = self.rng.choice((0, 1, 57, 58, 63)) if self.kinds[name] is CNode else 0
        guard = self.rng.getrandbits(min(guard_bits, 58)) if guard_bits else 0
        return Cap(name, rights, self.word(), guard, guard_bits, self.cause())

    def maybe_cap(self, kind: type[Object]) -> Cap | None:
        name = self.one(kind)
        return self.cap_to(name) if name else None

    def end(self) -> End | None:
        vspace, cnode = self.one(VSpace), self.one(CNode)
        if not vspace or not cnode:
            return None
        slot = self.rng.randrange(1 << self.radixes[cnode])
        return End(vspace, self.word(), cnode, slot, self.maybe_cap(Notification))

    # Objects

    def object(self, name: str) -> Object:
        rng, kind = self.rng, self.kinds[name]
        if kind is CNode:
            slots = sorted(rng.sample(range(1 << self.radixes[name]), min(rng.randint(0, 6), 1 << self.radixes[name])))
            return CNode(name, self.radixes[name], tuple((s, self.cap_to(rng.choice(list(self.kinds)))) for s in slots))
        if kind is Frame:
            return self.frame(name)
        if kind is VSpace:
            return self.vspace(name)
        if kind is SchedContext:
            period = max(1, self.word())
            return SchedContext(name, rng.randint(0, 30), rng.randint(1, period), period, self.word())
        if kind is Tcb:
            return self.tcb(name)
        if kind is Irq:
            return Irq(name, rng.randint(0, 8191), rng.random() < 0.5, self.maybe_cap(Notification))
        if kind is Registry:
            return Registry(name, self.maybe_cap(Notification), self.some(Interface))
        if kind is Interface:
            return Interface(name, rng.randint(1, 0xffff), rng.randint(1, 0xffff), rng.randint(0, 255), self.regions(),
                             rng.random() < 0.5, self.some(Frame), self.some(Connection), self.end())
        if kind is Connection:
            return Connection(name, rng.randint(1, 0xffffff), self.some(Frame), self.end())
        return kind(name)

    def frame(self, name: str) -> Frame:
        bits, fixed = self.sizes[name], self.rng.random() < 0.3
        paddr = self.rng.randrange(1 << (48 - bits)) << bits if fixed else None
        device = fixed and self.rng.random() < 0.5
        return Frame(name, bits, paddr, device, () if device else tuple(self.fill(bits) for _ in range(self.rng.randint(0, 2))))

    def fill(self, bits: int) -> Fill:
        offset = self.rng.randrange(1 << bits)
        length = self.rng.randint(1, (1 << bits) - offset)
        return Fill("".join(self.rng.choices(FILE_LETTERS, k=self.rng.randint(1, 12))), self.rng.getrandbits(63), offset, length)

    def vspace(self, name: str) -> VSpace:
        mappings, vaddr = [], 0
        for frame in self.some(Frame):
            size = 1 << self.sizes[frame]
            vaddr = (vaddr + self.rng.getrandbits(self.rng.randint(1, 44)) + size - 1) // size * size
            if vaddr + size > 1 << 47:
                break
            mappings.append(Mapping(vaddr, frame, self.rng.choice(("r", "rw", "rx")), self.rng.random() < 0.7, self.cause()))
            vaddr += size
        tables = sorted({self.rng.randrange(1 << 26) << 21 for _ in range(self.rng.randint(0, 3))})
        large = sorted({self.rng.randrange(1 << 17) << 30 for _ in range(self.rng.randint(0, 2))})
        return VSpace(name, tuple(mappings), tuple(tables), tuple(large))

    def tcb(self, name: str) -> Tcb:
        rng, frame = self.rng, self.one(Frame)
        return Tcb(name, self.maybe_cap(CNode), self.one(VSpace), frame, self.word() if frame else 0,
                   self.maybe_cap(Endpoint), self.one(Notification), self.one(SchedContext), rng.randint(0, 255),
                   rng.randint(0, 255), self.word(), self.word(), self.word(), rng.random() < 0.5, rng.randint(0, 255),
                   self.name() if rng.random() < 0.8 else "", self.maybe_cap(Endpoint))

    def regions(self) -> tuple[Region, ...]:
        found = []
        for _ in range(self.rng.randint(1, 8)):
            bits = self.rng.choice((12, 21, 30))
            found.append(Region(self.rng.randrange(1 << (47 - bits)) << bits, bits, self.rng.randint(1, 0xffff),
                                self.rng.choice(REGION_KINDS)))
        return tuple(found)


def random_spec(seed: int, objects: int | None = None) -> Spec:
    """The same for the same seed."""
    rng = random.Random(seed)
    return Generator(rng, rng.randint(0, 40) if objects is None else objects).spec()
