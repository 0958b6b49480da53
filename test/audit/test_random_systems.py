# SPDX-License-Identifier: BSD-2-Clause
"""The audit of systems described at random, planned and lowered as ever but with programs that nobody compiled: it lists what
another reader finds in the spec's text, and names the ends of each connection and nobody else.

    SEL4ISH_SYSTEMS=10000 pytest test/audit/test_random_systems.py      a longer campaign"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from operator import itemgetter
from pathlib import Path

import pytest
from capdl import text
from capdl.model import Cap, CNode, Connection, Mapping, Spec, VSpace, registry_badge
from capdl.test.independent_reader import capabilities
from sysc.audit.authority import authority
from sysc.audit.who import who_can
from sysc.build import describe
from sysc.lower import lower
from sysc.model import SUPERVISOR
from sysc.plan import ConnectionPlan, InterfacePlan, Plan, plan
from sysc.test.samples import HERE, described, programs

SYSTEMS = int(os.environ.get("SEL4ISH_SYSTEMS", "40"))
READERS = {"client-reads": "pc", "shared": "pc", "provider-reads": "pc"}
WRITERS = {"client-reads": "p", "shared": "pc", "provider-reads": "c"}


def made(seed: int, folder: Path) -> tuple[Plan, Spec]:
    """A system, and its spec as it is read back from its text."""
    path = folder / "random.yaml"
    path.write_text(described(random.Random(seed)))
    system, mistakes = describe(path, HERE)
    assert system is not None and all(m.warning for m in mistakes), [str(m) for m in mistakes]
    planned = plan(system)
    return planned, text.read(text.write(lower(planned, programs(planned)).spec), "random.cdl")


def expected(planned: Plan, ends: set[str]) -> dict[str, str]:
    supervised = any(c.name == SUPERVISOR for c in planned.components)
    return dict.fromkeys(ends, "by mapping") | ({SUPERVISOR: "by control"} if supervised and ends and SUPERVISOR not in ends else {})


def reached(planned: Plan, interface: InterfacePlan) -> Iterator[tuple[str, str, dict[str, str]]]:
    """action, region, who"""
    for connection in interface.connections:
        ends = {"p": interface.provider, "c": connection.client}
        for region in interface.version.regions:
            name = f"{connection.name}.{region.name}"
            if region.kind == "code":
                clients = {c.client for c in interface.connections}
                yield from ((action, name, expected(planned, clients)) for action in ("read", "execute"))
                yield "write", name, {}
            else:
                yield "read", name, expected(planned, {ends[e] for e in READERS[region.kind]})
                yield "write", name, expected(planned, {ends[e] for e in WRITERS[region.kind]})
                yield "execute", name, {}


@pytest.mark.parametrize("seed", range(SYSTEMS))
def test_the_audit_of_a_random_system_is_right(seed: int, tmp_path: Path) -> None:
    planned, spec = made(seed, tmp_path)
    a = authority(spec)
    assert {(h.component, h.object, h.rights, h.badge) for h in a.held} == capabilities(text.write(spec))
    assert all(h.cause for h in a.held) and all(x.cause for x in a.accesses)
    for interface in planned.interfaces:
        for action, name, who in reached(planned, interface):
            assert {x.component: x.how for x in who_can(a, action, name)} == who, f"{action} {name}"


def leaked(spec: Spec, thief: str, cap: Cap | None, frame: str) -> Spec:
    """The same spec with one capability or one mapping too many."""
    objects = []
    for o in spec.objects:
        if cap and isinstance(o, CNode) and o.name == f"{thief}.cnode":
            free = next(slot for slot in range(1 << o.size_bits) if slot not in dict(o.slots))
            o = replace(o, slots=tuple(sorted([*o.slots, (free, cap)], key=itemgetter(0))))
        if frame and isinstance(o, VSpace) and o.name == f"{thief}.vspace":
            o = replace(o, mappings=(*o.mappings, Mapping(0x7000000000, frame, "r", cause="planted:1:1")))
        objects.append(o)
    return replace(spec, objects=tuple(objects))


def target(seed: int, folder: Path) -> tuple[Spec, InterfacePlan, ConnectionPlan, str]:
    """A connection of a random system, and a component with a free slot that is none of its ends."""
    for attempt in count(seed, SYSTEMS):
        planned, spec = made(attempt, folder)
        found = [(spec, i, c, own.name) for i in planned.interfaces for c in i.connections for own in planned.components
                 if own.name not in (SUPERVISOR, i.provider, c.client) and len(own.root) + 1 < 1 << own.root_bits]
        if found:
            return random.Random(seed).choice(found)
    raise AssertionError


def stolen(spec: Spec, interface: InterfacePlan, connection: ConnectionPlan) -> list[Cap | None]:
    """Capabilities each of which reaches that connection; None for a mapping of its first page."""
    why = "planted:1:1"
    key = registry_badge(connection.client_label, interface.id, interface.ref.version, interface.instance)
    return [None, Cap(f"{connection.client}.tcb", cause=why), Cap(f"{interface.provider}.vspace", cause=why), Cap("registry", "r", key, cause=why),
            Cap("registry", "rw", 0, cause=why), Cap(f"{connection.client}.cnode", cause=why), Cap(spec_frame(spec, connection), "r", cause=why)]


def spec_frame(spec: Spec, connection: ConnectionPlan) -> str:
    return next(o.frames[0] for o in spec.objects if isinstance(o, Connection) and o.name == connection.name)


@pytest.mark.parametrize("seed", range(SYSTEMS))
def test_a_leak_planted_at_random_is_found(seed: int, tmp_path: Path) -> None:
    spec, interface, connection, thief = target(seed, tmp_path)
    for cap in stolen(spec, interface, connection):
        leak = leaked(spec, thief, cap, "" if cap else spec_frame(spec, connection))
        found = [x for x in who_can(authority(leak), "read", connection.name) if x.component == thief]
        assert len(found) == 1 and any(link.cause == "planted:1:1" for link in found[0].chain), f"{thief} with {cap}"
        assert thief not in [x.component for x in who_can(authority(spec), "read", connection.name)]
