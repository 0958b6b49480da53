# SPDX-License-Identifier: BSD-2-Clause
"""Where information can go: the graph of storage channels between components, and the shortest way through it.

Storage flow means memory, messages, notifications and the registry's own signals (a client that requests or releases
signals its provider: one bit back through an interface that is otherwise read-only). Time is not in it: on one processor
every component can see that another ran, and this module never says otherwise.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from .authority import Authority, channels, holders, masters
from capdl.model import Endpoint


@dataclass(frozen=True, order=True)
class Flow:
    source: str
    sink: str
    through: str                # "memory store@2/shell-a.base", "signal store.inbox", …
    cause: str


def flows(a: Authority) -> tuple[Flow, ...]:
    found = {*_memory(a), *_channels(a), *_registry(a), *_control(a), *_dma(a)}
    first: dict[tuple[str, str, str], Flow] = {}
    for f in sorted(found):
        first.setdefault((f.source, f.sink, f.through), f)
    return tuple(first.values())


def _memory(a: Authority) -> Iterator[Flow]:
    for frame, accesses in a.memory.items():
        for w in accesses:
            if "w" not in w.rights:
                continue
            for r in accesses:
                if r.component != w.component and set("rx") & set(r.rights):
                    yield Flow(w.component, r.component, f"memory {w.region or frame}", w.cause)


def _channels(a: Authority) -> Iterator[Flow]:
    for name in channels(a):
        endpoint = isinstance(a.objects[name], Endpoint)
        for sender in holders(a, name, "w"):
            for receiver in holders(a, name, "r"):
                if sender.component == receiver.component:
                    continue
                yield Flow(sender.component, receiver.component, f"{'call' if endpoint else 'signal'} {name}", sender.cause)
                if endpoint and set("gp") & set(sender.rights):
                    yield Flow(receiver.component, sender.component, f"reply through {name}", sender.cause)


def _registry(a: Authority) -> Iterator[Flow]:
    providers = {(e.connection): e for e in a.ends if e.role == "provider"}
    for e in a.ends:
        p = providers.get(e.connection)
        if e.role == "client" and p and p.component != e.component:
            yield Flow(e.component, p.component, f"request and release of {e.connection}", e.cause)
            yield Flow(p.component, e.component, f"registration of {e.interface}", p.cause)


def _control(a: Authority) -> Iterator[Flow]:
    for c in a.controls:
        yield Flow(c.holder, c.target, f"control by {c.by}", c.cause)
        yield Flow(c.target, c.holder, f"state read by {c.by}", c.cause)


def _dma(a: Authority) -> Iterator[Flow]:
    """Through devices whose DMA nothing assumes to stay in bounds."""
    for m in masters(a):
        for other in a.components if not m.trusted else ():
            if other != m.component:
                yield Flow(m.component, other, f"memory written by {m.device}", m.cause)
                yield Flow(other, m.component, f"memory read by {m.device}", m.cause)


def path(a: Authority, source: str, sink: str, except_via: frozenset[str] = frozenset()) -> tuple[Flow, ...]:
    """The shortest chain of flows from source to sink that passes through nobody in except_via; () when there is none."""
    out: dict[str, list[Flow]] = {}
    for f in flows(a):
        out.setdefault(f.source, []).append(f)
    came: dict[str, Flow] = {}
    todo = deque([source])
    while todo:
        here = todo.popleft()
        for f in out.get(here, []):
            if f.sink in came or f.sink == source or (f.sink in except_via and f.sink != sink):
                continue
            came[f.sink] = f
            todo.append(f.sink)
    chain: list[Flow] = []
    while sink != source and sink in came:
        chain.insert(0, came[sink])
        sink = came[sink].source
    return tuple(chain)
