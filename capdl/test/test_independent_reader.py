# SPDX-License-Identifier: BSD-2-Clause
"""The second reader finds what the model says, and what the audit says."""

import capdl.text
from capdl.model import Cap, CNode, Endpoint, Registry, Spec, Tcb, VSpace, registry_badge
from capdl.test.independent_reader import Capability, capabilities
from capdl.test.random_spec import random_spec
from sysc.audit.authority import authority


def held(spec: Spec) -> set[Capability]:
    """The same, from the model."""
    objects = {o.name: o for o in spec.objects}
    found: set[Capability] = set()
    for tcb in spec.objects:
        if not isinstance(tcb, Tcb):
            continue
        own = [tcb.cspace, tcb.fault_endpoint, tcb.timeout_endpoint, Cap(tcb.vspace) if tcb.vspace else None]
        reached = [tcb.cspace.object] if tcb.cspace else []
        for name in reached:
            cnode = objects[name]
            assert isinstance(cnode, CNode)
            own += [cap for _, cap in cnode.slots]
            reached += [c.object for _, c in cnode.slots if isinstance(objects[c.object], CNode) and c.object not in reached]
        found |= {(tcb.component or tcb.name, c.object, c.rights, c.badge) for c in own if c}
    return found


def test_a_small_system_is_read_by_hand() -> None:
    badge = registry_badge(3, 0x13, 2)
    spec = Spec(objects=(
        CNode("a.cnode", 2, ((1, Cap("a.runtime", cause="x (rw, badge: 0x9)")), (2, Cap("registry", "r", badge)))),
        CNode("a.runtime", 4),
        Tcb("a.tcb", Cap("a.cnode", guard_bits=58), "a.vspace", fault_endpoint=Cap("faults", "wp", 3), component="a"),
        VSpace("a.vspace"), Endpoint("faults"), Registry("registry")))
    assert capabilities(capdl.text.write(spec)) == {
        ("a", "a.cnode", "", 0), ("a", "a.runtime", "", 0), ("a", "registry", "r", 0x30000130002), ("a", "a.vspace", "", 0),
        ("a", "faults", "wp", 3)}


def test_it_finds_every_capability_of_random_systems() -> None:
    for seed in range(1000):
        spec = random_spec(seed)
        assert capabilities(capdl.text.write(spec)) == held(spec), seed


def test_the_audit_lists_the_same_set() -> None:
    for seed in range(1000):
        spec = random_spec(seed)
        listed = {(h.component, h.object, h.rights, h.badge) for h in authority(spec).held}
        assert listed == capabilities(capdl.text.write(spec)), seed
