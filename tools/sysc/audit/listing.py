# SPDX-License-Identifier: BSD-2-Clause
"""What each component holds, and what each interface connects: the lists that the audit prints first.

grants: every capability in every CSpace and thread, every mapping (pages that follow each other as one line), and every
end of a connection that the registry may grant; each with the line of YAML that caused it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from capdl.model import Connection, Frame, Interface, Registry

from .authority import Access, Authority, connection_regions, region_name, registry_key


@dataclass(frozen=True, order=True)
class Grant:
    component: str
    kind: str                   # "capability", "memory", "interface"
    object: str
    rights: str
    badge: int
    detail: str
    place: str
    cause: str


@dataclass(frozen=True)
class RegionLine:
    name: str
    kind: str
    offset: int
    bytes: int


@dataclass(frozen=True)
class ConnectionLine:
    connection: str
    client: str
    label: int
    client_base: int
    cause: str


@dataclass(frozen=True)
class InterfaceLine:
    interface: str
    id: int
    version: int
    instance: int
    provider: str
    provider_base: int
    regions: tuple[RegionLine, ...]
    code: tuple[str, ...]       # files in the boot archive that fill the sealed code pages
    connections: tuple[ConnectionLine, ...]


def grants(a: Authority, component: str | None = None) -> list[Grant]:
    found = [*_capabilities(a), *_memory(a), *_ends(a)]
    order = {"capability": 0, "memory": 1, "interface": 2}
    return sorted((g for g in found if component in (None, g.component)),
                  key=lambda g: (g.component, order[g.kind], g.object, g.place, g.rights))


def interfaces(a: Authority) -> Iterator[InterfaceLine]:
    for thing in a.spec.objects:
        if not isinstance(thing, Interface):
            continue
        provider = next((e.component for e in a.ends if e.interface == thing.name and e.role == "provider"), "nobody")
        clients = {e.connection: e for e in a.ends if e.role == "client"}
        lines = []
        for name in thing.connections:
            connection = a.objects[name]
            assert isinstance(connection, Connection)
            end = clients.get(name)
            lines.append(ConnectionLine(name, end.component if end else "nobody", connection.label,
                                        connection.client.base if connection.client else 0, end.cause if end else ""))
        yield InterfaceLine(thing.name, thing.id, thing.version, thing.instance, provider,
                            thing.provider.base if thing.provider else 0, tuple(_regions(a, thing)), _code_files(a, thing),
                            tuple(lines))


def _regions(a: Authority, interface: Interface) -> Iterator[RegionLine]:
    sample = a.objects.get(interface.connections[0]) if interface.connections else None
    frames: dict[int, tuple[str, ...]] = {}
    if isinstance(sample, Connection):
        frames = {number: found for _, number, found in connection_regions(interface, sample)}
    for number, region in enumerate(interface.regions):
        theirs = frames.get(number, ())
        name = region_name(theirs[0], number) if theirs else str(number)
        yield RegionLine(name, region.kind, region.offset, region.count << region.size_bits)


def _code_files(a: Authority, interface: Interface) -> tuple[str, ...]:
    files = set()
    for name in interface.code:
        frame = a.objects.get(name)
        if isinstance(frame, Frame):
            files |= {fill.file for fill in frame.fill}
    return tuple(sorted(files))


def _capabilities(a: Authority) -> Iterator[Grant]:
    for h in a.held:
        detail = ""
        if isinstance(a.objects.get(h.object), Registry) and h.badge:
            label, instance, ident, version = registry_key(h.badge)
            verb = " and ".join(v for r, v in (("w", "register"), ("r", "request"), ("g", "provision")) if r in h.rights)
            detail = f"{verb} id {ident:#x} version {version} instance {instance} as label {label}"
        yield Grant(h.component, "capability", h.object, h.rights, h.badge, detail or h.kind, h.place, h.cause)


def _memory(a: Authority) -> Iterator[Grant]:
    """Mappings made by the loader; neighbours with the same rights and cause are one line."""
    run: list[Access] = []
    for x in sorted((x for x in a.accesses if x.via == "mapping"), key=lambda x: (x.component, x.vaddr)):
        if run and not _continues(a, run[-1], x):
            yield _run(a, run)
            run = []
        run.append(x)
    if run:
        yield _run(a, run)


def _continues(a: Authority, before: Access, here: Access) -> bool:
    return (before.component, before.rights, before.cause, before.frame.rsplit(".", 1)[0]) == (
        here.component, here.rights, here.cause, here.frame.rsplit(".", 1)[0]) and before.vaddr + _size(a, before) == here.vaddr


def _size(a: Authority, x: Access) -> int:
    frame = a.objects.get(x.frame)
    return 1 << frame.size_bits if isinstance(frame, Frame) else 4096


def _run(a: Authority, run: list[Access]) -> Grant:
    first = run[0]
    name = first.frame if len(run) == 1 else f"{first.frame.rsplit('.', 1)[0]}.*"
    end = run[-1].vaddr + _size(a, run[-1])
    return Grant(first.component, "memory", name, first.rights, 0, f"{first.vaddr:#x}..{end:#x}, {len(run)} page"
                 + ("s" if len(run) > 1 else ""), "vspace", first.cause)


def _ends(a: Authority) -> Iterator[Grant]:
    for e in a.ends:
        rights = {x.region.rsplit(".", 1)[-1]: x.rights for x in a.accesses
                  if x.component == e.component and x.region.startswith(e.connection + ".")}
        detail = ", ".join(f"{r} {n}" for n, r in rights.items())
        yield Grant(e.component, "interface", e.connection, e.role, e.label, detail, "registry", e.cause)
