# SPDX-License-Identifier: BSD-2-Clause
"""Pictures and input: what a screen shows is the memory that it scans out and the surfaces that its clients draw into;
what an input device says reaches whoever reads it, and through him whoever he passes it on to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from .authority import Authority, End, connection_regions, is_device
from capdl.model import Connection, Interface

INPUT = "input"                 # the interface of keyboards and pointers
DRAWN = ("provider-reads", "shared")        # kinds of regions that a client writes


def interfaces_named(a: Authority, what: str) -> list[str]:
    """The interface of that name, or with it in every version and instance."""
    return sorted({e.interface for e in a.ends if what in (e.interface, e.interface.split("@")[0])})


def picture(a: Authority, what: str) -> list[str]:
    """The frames that make up what a component shows, or whoever provides the interface."""
    components = [what] if what in a.components else sorted(
        {e.component for e in a.ends if e.role == "provider" and e.interface in interfaces_named(a, what)})
    return sorted({frame for c in components for frame in (*_scanout(a, c), *_surfaces(a, c))})


def _scanout(a: Authority, component: str) -> Iterator[str]:
    """Memory that the description gives a component by name, and its devices."""
    for x in a.accesses:
        if x.component == component and x.via == "mapping" and (
                x.frame.startswith(f"{component}.memory.") or is_device(a, x.frame)):
            yield x.frame


def _surfaces(a: Authority, component: str) -> Iterator[str]:
    for end in a.ends:
        if end.component == component and end.role == "provider":
            yield from _frames(a, end, DRAWN)


def _frames(a: Authority, end: End, kinds: tuple[str, ...]) -> Iterator[str]:
    interface, connection = a.objects[end.interface], a.objects[end.connection]
    assert isinstance(interface, Interface) and isinstance(connection, Connection)
    for region, _, frames in connection_regions(interface, connection):
        if region.kind in kinds:
            yield from frames


def said(a: Authority, component: str) -> list[str]:
    """What a driver of an input device tells its clients, and the device's own registers. [] for anybody else."""
    ends = [e for e in a.ends if e.component == component and e.role == "provider" and e.interface.split("@")[0] == INPUT]
    if not ends:
        return []
    device = [x.frame for x in a.accesses if x.component == component and is_device(a, x.frame)]
    return sorted({*device, *(f for e in ends for f in _frames(a, e, ("client-reads", "shared")))})


def told(a: Authority, readers: list[str], source: str) -> list[tuple[End, str]]:
    """Who may be told of what these read: clients of what they provide, their clients in turn; each once, and by whom."""
    clients: dict[str, list[End]] = {}
    provider = {e.connection: e.component for e in a.ends if e.role == "provider"}
    for e in a.ends:
        if e.role == "client" and e.connection in provider:
            clients.setdefault(provider[e.connection], []).append(e)
    seen, found = {*readers, source}, []
    todo = deque(r for r in readers if r != source)
    while todo:
        mediator = todo.popleft()
        for end in clients.get(mediator, []):
            if end.component not in seen:
                seen.add(end.component)
                found.append((end, mediator))
                todo.append(end.component)
    return found
