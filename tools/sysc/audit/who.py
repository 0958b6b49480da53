# SPDX-License-Identifier: BSD-2-Clause
"""Who can do WHAT to OBJECT: everyone who reaches it by a capability of his own, whoever they pass input on to, everyone who
reaches all memory through a device, then everyone who controls one of those.

Each answer carries the shortest chain of capabilities behind it, with the line of YAML behind each link.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .authority import Access, Authority, Control, Held, family, holders, is_device, masters, private_frames
from .desktop import interfaces_named, picture, said, told
from capdl.model import Connection, Frame, Interface, Irq, Notification

MEMORY = {"read": "r", "write": "w", "execute": "x"}
CHANNEL = {"send": "w", "call": "w", "signal": "w", "receive": "r", "wait": "r"}
REACH = {"mapping": "maps", "registry": "may be granted", "capability": "holds"}
DRAW = "draw-on"
ACTIONS = (*MEMORY, DRAW, *CHANNEL, "use", "provide", "drive", "control", "kill", "hold")


@dataclass(frozen=True, order=True)
class Link:
    what: str                   # "store maps store@2/shell-a.base rw at 0x40000000"
    cause: str


@dataclass(frozen=True, order=True)
class Answer:
    component: str
    how: str                    # "by mapping", "by capability", "through compositor", "through DMA", "by control"
    detail: str
    chain: tuple[Link, ...]
    assuming: str = ""          # the line that says that this is believed not to happen


class UnknownName(Exception):
    """The object that was asked about is not in the spec."""


def who_can(a: Authority, action: str, what: str) -> list[Answer]:
    """Each component once, by the plainest way."""
    direct = sorted(_direct(a, action, what), key=lambda x: x.component)
    found = [*direct, *_through_mediators(a, action, what, direct)]
    for more in (_through_dma(a, action, what), _controlling(a, found), _controlling_dma(a, action, what), _making(a)):
        seen = {x.component for x in found}
        found += [x for x in more if x.component not in seen]
    return found


def names(a: Authority) -> list[str]:
    """All that may be asked about."""
    regions = {x.region for x in a.accesses if x.region}
    devices = {family(n).removeprefix("device.") for n in a.objects if n.startswith("device.")}
    interfaces = {n.split("@")[0] for n, o in a.objects.items() if isinstance(o, Interface)}
    return sorted({*a.objects, *a.components, *regions, *devices, *interfaces})


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
    device = sorted(n for n in a.objects if n == f"device.{what}" or family(n) == f"device.{what}")
    if device:
        return device
    region = sorted({x.frame for x in a.accesses if x.region == what})
    if region:
        return region
    if what in a.components:
        return private_frames(a, what)
    return sorted({f for name in interfaces_named(a, what) for f in frames_of(a, name)})


def _frames(a: Authority, action: str, what: str) -> list[str]:
    """The frames that the action is about."""
    if action == DRAW:
        return picture(a, what)
    told_to = said(a, what) if action == "read" else []
    return [*frames_of(a, what), *told_to]


def _connection_frames(a: Authority, name: str) -> list[str]:
    thing = a.objects[name]
    return list(thing.frames) if isinstance(thing, Connection) else []


def _direct(a: Authority, action: str, what: str) -> Iterator[Answer]:
    known = _frames(a, action, what)
    if not known and not interfaces_named(a, what) and what not in a.objects and what not in a.components and f"irq.{what}" not in a.objects:
        raise UnknownName(what)
    if action in MEMORY and known:
        yield from _by_memory(a, MEMORY[action], known)
    elif action == DRAW:
        yield from _by_memory(a, "w", known)
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
            parts.setdefault((x.region or family(x.frame), x.rights), x)
        detail = ", ".join(f"{rights} {name}" for name, rights in sorted(parts))
        links = tuple(Link(f"{component} {REACH[x.via]} {name} {rights}"
                           + (f" at {x.vaddr:#x}" if x.vaddr else ""), x.cause) for (name, rights), x in sorted(parts.items()))
        yield Answer(component, "by mapping", detail, links)


def _through_mediators(a: Authority, action: str, what: str, direct: list[Answer]) -> Iterator[Answer]:
    """Who is told by those who read an input device."""
    if action != "read" or not said(a, what):
        return
    chains = {x.component: x.chain for x in direct}
    for end, mediator in told(a, list(chains), what):
        link = Link(f"{end.component} may be granted {end.connection} as client of {mediator}", end.cause)
        chains[end.component] = (link, *chains[mediator])
        yield Answer(end.component, f"through {mediator}", f"what it passes on in {end.connection}", chains[end.component])


def _through_dma(a: Authority, action: str, what: str) -> Iterator[Answer]:
    """RAM, that is: what a device's registers do is the device's."""
    if action not in ("read", "write", DRAW) or all(is_device(a, f) for f in _frames(a, action, what)):
        return
    for m in masters(a):
        risk = "" if m.trusted else "; nothing assumes that it stays in bounds"
        yield Answer(m.component, "through DMA", f"{m.device} reads and writes all RAM{risk}",
                     (Link(f"{m.component} maps device.{m.device} rw", m.cause),
                      Link(f"{m.device} reads and writes all RAM", a.dma.devices[m.device])), m.trusted)


def _controlling_dma(a: Authority, action: str, what: str) -> Iterator[Answer]:
    """Who controls nobody but holders of such devices does what they do, under the same assumptions."""
    through = {x.component: x for x in _through_dma(a, action, what)}
    for x in _controlling(a, list(through.values())):
        lines = [t.assuming for name, t in through.items() if any(link in x.chain for link in t.chain)]
        yield Answer(x.component, x.how, x.detail, x.chain, ", ".join(sorted(set(lines))) if all(lines) else "")


def _making(a: Authority) -> list[Answer]:
    """The first task: everything is its own until it leaves."""
    if a.phase != "boot":
        return []
    return [Answer("loader", "by control", "of everything: it makes the system out of all memory, and leaves",
                   (Link("loader holds every object until it leaves", "capdl/loader/leave.c"),))]


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
