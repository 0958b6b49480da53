# SPDX-License-Identifier: BSD-2-Clause
"""Who can do WHAT to OBJECT: everyone who reaches it by a capability of his own, then everyone who controls one of those.

Each answer carries the shortest chain of capabilities behind it, with the line of YAML behind each link.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .authority import Access, Authority, Control, Held, holders, private_frames
from capdl.model import Connection, Frame, Interface, Irq, Notification

MEMORY = {"read": "r", "write": "w", "execute": "x"}
CHANNEL = {"send": "w", "call": "w", "signal": "w", "receive": "r", "wait": "r"}
REACH = {"mapping": "maps", "registry": "may be granted", "capability": "holds"}
ACTIONS = (*MEMORY, *CHANNEL, "use", "provide", "drive", "control", "kill", "hold")


@dataclass(frozen=True, order=True)
class Link:
    what: str                   # "store maps store@2/shell-a.base rw at 0x40000000"
    cause: str


@dataclass(frozen=True, order=True)
class Answer:
    component: str
    how: str                    # "by mapping", "by capability", "by control"
    detail: str
    chain: tuple[Link, ...]


class UnknownName(Exception):
    """The object that was asked about is not in the spec."""


def who_can(a: Authority, action: str, what: str) -> list[Answer]:
    direct = sorted(_direct(a, action, what), key=lambda x: x.component)
    return [*direct, *_controlling(a, direct)]


def names(a: Authority) -> list[str]:
    """All that may be asked about."""
    regions = {x.region for x in a.accesses if x.region}
    return sorted({*a.objects, *a.components, *regions, *(n.removeprefix("device.") for n in a.objects)})


def frames_of(a: Authority, what: str) -> list[str]:
    """The frames behind a name: a connection, one region of it, an interface, a component's own memory, a device, a frame."""
    thing = a.objects.get(what)
    if isinstance(thing, Interface):
        found = [f for c in thing.connections for f in _connection_frames(a, c)] + list(thing.code)
        return sorted(set(found))
    if isinstance(thing, Connection):
        return _connection_frames(a, what)
    if isinstance(thing, Frame):
        return [what]
    if f"device.{what}" in a.objects:
        return [f"device.{what}"]
    region = sorted({x.frame for x in a.accesses if x.region == what})
    if region:
        return region
    return private_frames(a, what) if what in a.components else []


def _connection_frames(a: Authority, name: str) -> list[str]:
    thing = a.objects[name]
    return list(thing.frames) if isinstance(thing, Connection) else []


def _direct(a: Authority, action: str, what: str) -> Iterator[Answer]:
    known = frames_of(a, what)
    if not known and what not in a.objects and what not in a.components and f"irq.{what}" not in a.objects:
        raise UnknownName(what)
    if action in MEMORY and known:
        yield from _by_memory(a, MEMORY[action], known)
    elif action in MEMORY or action in CHANNEL:
        yield from _by_channel(a, what, (MEMORY | CHANNEL)[action])
    elif action in ("use", "provide"):
        yield from _by_registry(a, what, "client" if action == "use" else "provider")
        if action == "use" and known and not any(isinstance(a.objects.get(what), t) for t in (Interface, Connection)):
            yield from _by_memory(a, "rwx", known)
    elif action == "hold":
        yield from (_holding(h) for h in a.own if h.object == what)
    elif action == "drive":
        yield from _by_memory(a, "rw", known)
        yield from (_holding(h) for h in a.own if h.object == f"irq.{what}")
    else:
        yield from _by_control(a, what)


def _by_memory(a: Authority, wanted: str, frames: list[str]) -> Iterator[Answer]:
    found: dict[str, list[Access]] = {}
    for frame in frames:
        for access in a.memory.get(frame, []):
            if set(wanted) & set(access.rights):
                found.setdefault(access.component, []).append(access)
    for component, accesses in found.items():
        parts: dict[tuple[str, str], Access] = {}
        for x in accesses:
            parts.setdefault((x.region or _family(x.frame), x.rights), x)
        detail = ", ".join(f"{rights} {name}" for name, rights in sorted(parts))
        links = tuple(Link(f"{component} {REACH[x.via]} {name} {rights}"
                           + (f" at {x.vaddr:#x}" if x.vaddr else ""), x.cause) for (name, rights), x in sorted(parts.items()))
        yield Answer(component, "by mapping", detail, links)


def _family(frame: str) -> str:
    """store.stack of store.stack.3; a device of one page is its own."""
    name, _, last = frame.rpartition(".")
    return name if last.isdigit() else frame


def _by_channel(a: Authority, what: str, right: str) -> Iterator[Answer]:
    if what in a.components:        # a component's own channels: its inbox and what it serves
        theirs = [o for o in (a.components[what].bound_notification,) if o]
    else:
        theirs = [what]
    for name in theirs:
        for h in holders(a, name, right):
            yield _holding(h)
    irq = a.objects.get(f"irq.{what}")
    if isinstance(irq, Irq):
        yield from (_holding(h) for h in a.own if h.object == irq.name)
        if right == "r" and irq.notification and isinstance(a.objects.get(irq.notification.object), Notification):
            yield from (_holding(h) for h in holders(a, irq.notification.object, "r"))


def _holding(h: Held) -> Answer:
    rights = f" {h.rights}" if h.rights else ""
    badge = f", badge {h.badge:#x}" if h.badge else ""
    return Answer(h.component, "by capability", f"{h.object}{rights}{badge}",
                  (Link(f"{h.component} holds {h.object}{rights}{badge} in {h.place}", h.cause),))


def _by_registry(a: Authority, what: str, role: str) -> Iterator[Answer]:
    seen: set[str] = set()
    for end in a.ends:
        if end.role == role and what in (end.interface, end.connection) and end.component not in seen:
            seen.add(end.component)
            yield Answer(end.component, "by registry", f"{role} of {end.interface}",
                         (Link(f"{end.component} may be granted {end.connection} as {role}", end.cause),))


def _by_control(a: Authority, what: str) -> Iterator[Answer]:
    by_holder: dict[str, list[Control]] = {}
    for control in a.controllers.get(what, []):
        by_holder.setdefault(control.holder, []).append(control)
    for holder, controls in by_holder.items():
        yield Answer(holder, "by control", f"of {what}, holding {_listed(c.by for c in controls)}",
                     tuple(Link(f"{holder} holds {c.by}", c.cause) for c in controls))


def _controlling(a: Authority, direct: list[Answer]) -> list[Answer]:
    """Everyone else who controls some of those who answer directly: whom, and the shortest chain to each of them."""
    targets = {x.component: x.chain for x in reversed(direct)}
    found: dict[str, dict[str, tuple[Control, tuple[Link, ...]]]] = {}
    for target, chain in sorted(targets.items()):
        for holder, (first, links) in _over(a, target).items():
            if holder not in targets:
                found.setdefault(holder, {})[target] = (first, (*links, *chain))
    return [Answer(holder, "by control", f"of {_listed(ways)}, holding {_listed(first.by for first, _ in ways.values())}",
                   tuple(link for _, links in ways.values() for link in links)) for holder, ways in sorted(found.items())]


def _over(a: Authority, target: str) -> dict[str, tuple[Control, tuple[Link, ...]]]:
    """Everyone who controls the target, through others too: the control that he holds, and the chain from there."""
    found: dict[str, tuple[Control, tuple[Link, ...]]] = {}
    todo = deque([target])
    while todo:
        here = todo.popleft()
        rest = found[here][1] if here in found else ()
        for c in a.controllers.get(here, []):
            if c.holder not in found and c.holder != target:
                found[c.holder] = (c, (Link(f"{c.holder} holds {c.by}", c.cause), *rest))
                todo.append(c.holder)
    return found


def _listed(words: Iterable[str]) -> str:
    """a; a and b; a, b and c."""
    *rest, last = dict.fromkeys(words)
    return f"{', '.join(rest)} and {last}" if rest else last
