# SPDX-License-Identifier: BSD-2-Clause
"""The audit of the project's own system, through the command line, against readers that share nothing with it: a second one of
the spec's text, and a plain YAML reader of the descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from capdl.test.independent_reader import blocks, capabilities
from sel4ish_pytest.front_door import ROOT, audit, sel4ish
from sysc.audit import who
from sysc.audit.authority import Authority
from sysc.commands.audit import audited

SPEC = ROOT / "build" / "first-light" / "spec.cdl"
SUPERVISOR = {"log@1": "serial", "console@1": "serial"}     # what it uses where somebody provides it

# Region kind: who can read it and who can write it, of p(rovider) and c(lient).
REACH = {"client-reads": ("pc", "p"), "shared": ("pc", "pc"), "provider-reads": ("pc", "c")}


@cache
def granted() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = audit("docs/examples/first-light.yaml", "grants")
    return found


# --- as the descriptions say, read anew ---


def connections() -> dict[str, tuple[str, str]]:
    """name: (provider, client)"""
    described = yaml.safe_load((ROOT / "docs/examples/first-light.yaml").read_text())["components"]
    uses = {name: body.get("uses", {}) for name, body in described.items()} | {"supervisor": SUPERVISOR}
    return {f"{ref}/{client}": (provider, client) for client, refs in uses.items() for ref, provider in refs.items()}


def regions(connection: str) -> dict[str, str]:
    """name: kind"""
    name, version = connection.split("/")[0].split("@")
    layout = yaml.safe_load((ROOT / "components" / "interfaces" / name / "interface.yaml").read_text())
    return {r["name"]: r["kind"] for r in layout["versions"][int(version)]["regions"]}


@cache
def whole() -> Authority:
    return audited(ROOT / "docs/examples/first-light.yaml")[1]


def who_can(action: str, what: str) -> dict[str, str]:
    """As the command answers it, without a process for each question."""
    answers = who.who_can(whole(), action, what)
    assert len({x.component for x in answers}) == len(answers)
    return {x.component: x.how for x in answers}


def by_mapping(ends: set[str]) -> dict[str, str]:
    """Those ends, and the supervisor by control unless he is one himself."""
    return dict.fromkeys(ends, "by mapping") | ({} if "supervisor" in ends or not ends else {"supervisor": "by control"})


# --- every capability ---


def test_what_the_audit_lists_is_what_another_reader_finds_in_the_spec() -> None:
    listed = {(g["component"], g["object"], g["rights"], g["badge"]) for g in granted() if g["kind"] == "capability"}
    found = capabilities(SPEC.read_text())
    assert listed == found and len(found) > 50


def test_each_slot_is_listed_once() -> None:
    places = [(g["component"], g["place"]) for g in granted() if g["kind"] == "capability"]
    assert len(places) == len(set(places))


def test_the_pages_it_lists_are_those_that_another_reader_finds_mapped() -> None:
    listed: dict[tuple[str, str], int] = {}
    for g in granted():
        if g["kind"] == "memory":
            owner, pages = (g["component"], g["rights"]), re.search(r"(\d+) page", g["detail"])
            assert pages, g
            listed[owner] = listed.get(owner, 0) + int(pages[1])
    spaces = blocks(SPEC.read_text())
    mapped: dict[tuple[str, str], int] = {}
    for name, (kind, _, entries) in spaces.items():
        for key, _, attributes in entries if kind == "vspace" else ():
            if key.startswith("0x"):
                rights = re.match(r"[rwx]+", attributes)
                assert rights, f"{name}: {key}"
                owner = (name.removesuffix(".vspace"), rights[0])
                mapped[owner] = mapped.get(owner, 0) + 1
    assert listed == mapped


def test_the_connections_it_lists_are_those_of_the_description() -> None:
    listed = {(g["object"], g["rights"], g["component"]) for g in granted() if g["kind"] == "interface"}
    assert listed == {end for name, (provider, client) in connections().items()
                      for end in ((name, "provider", provider), (name, "client", client))}


# --- every cause ---


def mentioned(grant: dict[str, Any]) -> set[str]:
    """What a line may say that causes this grant: a component, a device, an interface, or (of the supervisor) the system."""
    component, thing = grant["component"], grant["object"]
    words = {component, thing.split(".")[0], thing.split(".", 1)[-1].split(".")[0]}
    if grant["kind"] == "interface" or thing == "registry" or thing.endswith(".inbox"):
        words |= {name.split("/")[0] for name, ends in connections().items() if component in ends}
    return words | ({"system:"} if component == "supervisor" else set())


def causes() -> Iterator[tuple[str, dict[str, Any]]]:
    for g in granted():
        yield g["cause"], g


def test_every_grant_is_caused_by_a_line_that_speaks_of_it() -> None:
    for cause, grant in causes():
        place = re.fullmatch(r"([\w./-]+\.yaml):(\d+):(\d+)", cause)
        assert place, f"{grant}: no place, and nothing that the tool grants by itself"
        line = (ROOT / place[1]).read_text().splitlines()[int(place[2]) - 1]
        rest = line[int(place[3]) - 1:]
        assert any(rest.startswith(word) for word in mentioned(grant)), f"{cause}: {rest!r} says nothing of {grant}"


# --- every connection ---


@pytest.mark.parametrize("connection", connections())
def test_a_connection_is_reached_by_its_two_ends_and_by_control_the_supervisor(connection: str) -> None:
    ends = set(connections()[connection])
    assert who_can("read", connection) == by_mapping(ends)
    assert who_can("write", connection) == by_mapping(ends)


@pytest.mark.parametrize(("connection", "region"), [(c, r) for c in connections() for r in regions(c)])
def test_a_region_is_reached_as_its_kind_says(connection: str, region: str) -> None:
    provider, client = connections()[connection]
    kind = regions(connection)[region]
    if kind == "code":      # the same pages for every client of the interface
        clients = {c for name, (_, c) in connections().items() if name.split("/")[0] == connection.split("/")[0]}
        readers: set[str] = clients
        writers: set[str] = set()
        assert who_can("execute", f"{connection}.{region}") == by_mapping(clients)
    else:
        readers, writers = ({{"p": provider, "c": client}[end] for end in ends} for ends in REACH[kind])
        assert who_can("execute", f"{connection}.{region}") == {}
    assert who_can("read", f"{connection}.{region}") == by_mapping(readers)
    assert who_can("write", f"{connection}.{region}") == by_mapping(writers)


@pytest.mark.parametrize("action", ["read", "write"])
@pytest.mark.parametrize("connection", ["store@1/shell-b", "store@2/shell-a"])
def test_the_command_names_the_two_ends_of_the_stores_connections(connection: str, action: str) -> None:
    answers = audit("docs/examples/first-light.yaml", "who-can", action, connection)
    assert {x["component"]: x["how"] for x in answers} == by_mapping(set(connections()[connection]))
    assert answers[-1]["detail"].startswith(f"of {connection.split('/')[1]} and store, ")
    for x in answers:
        assert x["chain"] and all(re.fullmatch(r"[\w./-]+\.yaml:\d+:\d+", link["cause"]) for link in x["chain"])


def test_every_policy_holds() -> None:
    done = sel4ish("audit", "docs/examples/first-light.yaml", "policy")
    assert done.returncode == 0 and "BROKEN" not in done.stdout
    assert all(v["holds"] for v in audit("docs/examples/first-light.yaml", "policy"))
