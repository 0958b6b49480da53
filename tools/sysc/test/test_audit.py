# SPDX-License-Identifier: BSD-2-Clause
"""The audit over a small spec written by hand: two components, one connection, a supervisor; and over planted leaks."""

from __future__ import annotations

from dataclasses import replace

from capdl.model import (CNode, Cap, Connection, End, Endpoint, Frame, Interface, Irq, Mapping, Notification, Object, Region,
                         Registry, Spec, Tcb, VSpace)
from sysc.audit import listing
from sysc.audit.authority import authority
from sysc.audit.flow import flows, path
from sysc.audit.policy import check_policy, exclusive, no_authority, no_flow, only
from sysc.audit.who import UnknownName, who_can
from sysc.model import Policy
from sysc.source import Location

import pytest


def badge(label: int) -> int:
    return label << 40 | 0x13 << 16 | 2


def component(name: str, *caps: tuple[int, Cap], mappings: tuple[Mapping, ...] = ()) -> list[Object]:
    return [
        CNode(f"{name}.cnode", 4, tuple(sorted(((0, Cap(f"{name}.runtime", cause="y:1")), *caps)))),
        CNode(f"{name}.runtime", 4),
        Frame(f"{name}.stack.0"), Frame(f"{name}.stack.1"),
        Notification(f"{name}.inbox"),
        Tcb(f"{name}.tcb", cspace=Cap(f"{name}.cnode", cause="y:1"), vspace=f"{name}.vspace",
            fault_endpoint=Cap("supervisor.faults", "wp", 7, cause="tool: faults"), bound_notification=f"{name}.inbox",
            component=name),
        VSpace(f"{name}.vspace", (Mapping(0x1000, f"{name}.stack.0", "rw", cause="y:2"),
                                  Mapping(0x2000, f"{name}.stack.1", "rw", cause="y:2"), *mappings)),
    ]


def small(*extra: Object, shell: tuple[tuple[int, Cap], ...] = (), shell_maps: tuple[Mapping, ...] = ()) -> Spec:
    objects: list[Object] = [
        *component("store", (1, Cap("registry", "w", badge(1), cause="y:10")), (2, Cap("shell.inbox", "w", 1, cause="y:12"))),
        *component("shell", (1, Cap("registry", "r", badge(2), cause="y:20")), *shell, mappings=shell_maps),
        *component("other", (3, Cap("irq.uart0", cause="y:31")), mappings=(Mapping(0x20000000, "device.uart0", "rw", cause="y:30"),)),
        *component("supervisor", (1, Cap("supervisor.faults", "r", cause="tool: faults")), (2, Cap("store.tcb", cause="tool: s")),
                   (3, Cap("shell.tcb", cause="tool: s")), (4, Cap("other.tcb", cause="tool: s"))),
        Endpoint("supervisor.faults"), Registry("registry", interfaces=("store@2",)),
        Frame("device.uart0", paddr=0x9000000, device=True), Irq("irq.uart0", 33, notification=Cap("other.inbox", "w", 1)),
        Interface("store@2", 0x13, 2, 0, (Region(0, 12, 1, "client-reads"), Region(4096, 12, 1, "provider-reads"),
                                          Region(8192, 12, 1, "code")), code=("store@2.code.0",), connections=("store@2/shell",),
                  provider=End("store.vspace", 0x50000000, "store.runtime", 1, Cap("store.inbox", "w", 1))),
        Connection("store@2/shell", 2, ("store@2/shell.base.0", "store@2/shell.requests.0"),
                   End("shell.vspace", 0x40000000, "shell.runtime", 1, Cap("shell.inbox", "w", 2))),
        Frame("store@2/shell.base.0"), Frame("store@2/shell.requests.0"), Frame("store@2.code.0"), *extra,
    ]
    return Spec(objects=tuple(sorted(objects, key=lambda o: o.name)))


def who(spec: Spec, action: str, what: str) -> dict[str, str]:
    return {x.component: x.how for x in who_can(authority(spec), action, what)}


def test_a_connection_is_reached_by_its_two_ends_and_by_who_controls_them() -> None:
    ends = {"store": "by mapping", "shell": "by mapping", "supervisor": "by control"}
    assert who(small(), "read", "store@2/shell") == ends
    assert who(small(), "write", "store@2/shell") == ends
    assert who(small(), "write", "store@2/shell.base") == {"store": "by mapping", "supervisor": "by control"}
    assert who(small(), "write", "store@2/shell.requests") == {"shell": "by mapping", "supervisor": "by control"}
    assert who(small(), "execute", "store@2") == {"shell": "by mapping", "supervisor": "by control"}


def test_who_controls_several_ends_is_named_with_all_of_them() -> None:
    answer = who_can(authority(small()), "read", "store@2/shell")[-1]
    assert answer.detail == "of shell and store, holding shell.tcb and store.tcb"
    holding = [link for link in answer.chain if "supervisor holds" in link.what]
    assert [link.what for link in holding] == ["supervisor holds shell.tcb", "supervisor holds store.tcb"]
    assert [link for x in who_can(authority(small()), "read", "store@2/shell")[:-1] for link in x.chain] == [
        link for link in answer.chain if link not in holding]


def test_control_through_another_is_told_with_the_whole_chain() -> None:
    leak = small(shell=((7, Cap("supervisor.tcb", cause="y:66")),))
    answer, = [x for x in who_can(authority(leak), "drive", "uart0") if x.component == "shell"]
    assert answer.detail == "of other, holding supervisor.tcb"
    assert [link.what for link in answer.chain[:2]] == ["shell holds supervisor.tcb", "supervisor holds other.tcb"]


def test_a_registry_capability_for_another_label_or_version_reaches_nothing() -> None:
    stranger = small(shell=((5, Cap("registry", "r", badge(9))), (6, Cap("registry", "r", badge(2) + 1))))
    assert listing.grants(authority(stranger), "shell")
    assert [e.connection for e in authority(stranger).ends if e.component == "shell"] == ["store@2/shell"]


def test_an_unrestricted_registry_capability_controls_everybody() -> None:
    leak = small(shell=((5, Cap("registry", "rwg", 0, cause="y:99")),))
    assert who(leak, "control", "other") == {"shell": "by control", "supervisor": "by control"}


def test_a_name_that_is_not_there_is_said_and_not_answered_with_nobody() -> None:
    with pytest.raises(UnknownName):
        who_can(authority(small()), "read", "store@3")


@pytest.mark.parametrize("leak, action, what", [
    (small(shell_maps=(Mapping(0x9000, "store.stack.0", "r", cause="y:66"),)), "read", "store"),
    (small(shell=((7, Cap("store.vspace", cause="y:66")),)), "read", "store"),
    (small(shell=((7, Cap("store.stack.1", "rw", cause="y:66")),)), "write", "store"),
    (small(shell=((7, Cap("store.runtime", cause="y:66")),)), "control", "store"),
    (small(shell=((7, Cap("store.tcb", cause="y:66")),)), "control", "store"),
    (small(shell=((7, Cap("supervisor.cnode", cause="y:66")),)), "kill", "supervisor"),
    (small(shell=((7, Cap("other.inbox", "w", 4, cause="y:66")),)), "signal", "other"),
    (small(shell=((7, Cap("irq.uart0", cause="y:66")),)), "drive", "uart0"),
    (small(shell_maps=(Mapping(0x9000, "device.uart0", "rw", cause="y:66"),)), "write", "uart0"),
])
def test_a_planted_leak_is_found_with_the_line_behind_it(leak: Spec, action: str, what: str) -> None:
    clean = who(small(), action, what)
    assert "shell" not in clean
    answers = {x.component: x for x in who_can(authority(leak), action, what)}
    assert "shell" in answers
    assert any(link.cause == "y:66" for link in answers["shell"].chain)


def test_information_flows_through_the_connection_and_not_to_the_stranger() -> None:
    a = authority(small())
    assert [f.sink for f in path(a, "shell", "store")] == ["store"]
    assert path(a, "shell", "other", frozenset({"supervisor"})) == ()
    assert {f.through for f in flows(a) if (f.source, f.sink) == ("shell", "store")} == {
        "memory store@2/shell.requests", "request and release of store@2/shell"}


def test_policies_hold_on_the_clean_spec() -> None:
    a = authority(small())
    assert only(a, "use", "store@2", ["shell"]).holds
    assert no_flow(a, ["shell"], ["other"], []).holds
    assert no_authority(a, ["shell", "store"], ["devices"]).holds
    assert exclusive(a, "uart0", ["other"]).holds


def test_a_broken_policy_is_an_error_at_its_line_with_the_chain() -> None:
    leak = small(shell_maps=(Mapping(0x9000, "device.uart0", "rw", cause="system.yaml:66:1"),))
    at = Location("system.yaml", 40, 5)
    found = check_policy(leak, [Policy("no_authority", {"who": ("shell",), "over": ("devices",)}, at)])
    assert [e.at for e in found] == [at]
    assert "shell reaches device.uart0" in found[0].what and "system.yaml:66:1" in found[0].hint


def test_exclusive_means_that_the_owner_reaches_it_too() -> None:
    assert not exclusive(authority(small()), "uart0", ["other", "store"]).holds


def test_a_flow_through_a_mediator_holds_only_when_he_is_named() -> None:
    two = small(shell=((8, Cap("other.inbox", "w", 2, cause="y:5")),))
    a = authority(two)
    assert not no_flow(a, ["store"], ["other"], []).holds
    assert no_flow(a, ["store"], ["other"], ["shell"]).holds


def test_every_capability_of_every_component_is_listed_once() -> None:
    spec = small()
    listed = [(g.component, g.place) for g in listing.grants(authority(spec)) if g.kind == "capability"]
    assert len(listed) == len(set(listed))
    slots = [(t.component, f"{c.name}[{slot}]") for t in spec.objects if isinstance(t, Tcb) for c in spec.objects
             if isinstance(c, CNode) and c.name.startswith(t.component + ".") for slot, _ in c.slots]
    assert set(slots) <= set(listed)


def test_pages_that_follow_each_other_are_one_line() -> None:
    memory = [g for g in listing.grants(authority(small()), "other") if g.kind == "memory" and "stack" in g.object]
    assert [g.detail for g in memory] == ["0x1000..0x3000, 2 pages"]


def test_a_spec_without_the_bound_notification_has_no_reader_of_it() -> None:
    spec = small()
    unbound = tuple(replace(o, bound_notification="") if isinstance(o, Tcb) and o.component == "other" else o for o in spec.objects)
    assert "other" in who(spec, "wait", "other.inbox")
    assert "other" not in who(Spec(objects=unbound), "wait", "other.inbox")


def test_the_graph_draws_each_connection_and_each_driver_once() -> None:
    from sysc.graph import dot, svg

    source = dot(authority(small()), 'a "quoted" system')
    assert source.count('"shell" -> "store" [label="store@2"') == 1
    assert source.count('"other" -> "device uart0"') == 1
    assert svg(source).startswith(b"<?xml")
