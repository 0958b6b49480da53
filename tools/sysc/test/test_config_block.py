# SPDX-License-Identifier: BSD-2-Clause
"""The config block: what is written is what is read, in the shape that config.h declares."""

from __future__ import annotations

import re
import pytest

from sysc.build import right
from sysc.config_block import ENTRY, HEADER, Block, Kind, Memory, block, decode, encode, options
from sysc.paths import ROOT
from sysc.plan import Plan, plan
from sysc.test.samples import HERE, sealed

CONFIG_H = (ROOT / "libsel4ish/include/sel4ish/config.h").read_text()


def wide() -> Plan:
    return plan(right(HERE / "systems" / "wide.yaml", HERE)[0])


def made(planned: Plan, name: str) -> Block:
    return block(planned, planned.component(name), {"store_routines": sealed("store")}, (Memory("symbols", 0x18000000, 5000),))


@pytest.mark.parametrize("name", ["uart", "left", "shell-70", "supervisor"])
def test_a_block_that_is_written_is_read_back(name: str) -> None:
    wanted = made(wide(), name)
    got = decode(encode(wanted))
    assert [(e.kind, e.name, e.peer, e.owner) for e in got.entries] == [(e.kind, e.name, e.peer, e.owner) for e in wanted.entries]
    assert all(g.values == (*w.values, *[0] * (10 - len(w.values))) for g, w in zip(got.entries, wanted.entries))
    assert (got.name, got.label, got.heap, got.stack, got.inbox, got.runtime) == (
        wanted.name, wanted.label, wanted.heap, wanted.stack, wanted.inbox, wanted.runtime)


def test_the_kinds_are_those_of_the_header() -> None:
    body = re.search(r"enum sel4ish_kind \{(.*?)\};", CONFIG_H, re.DOTALL)
    assert body
    names = re.findall(r"SEL4ISH_(\w+)", body[1])
    assert names == [k.name for k in Kind]
    sizes = re.search(r"sizeof\(struct sel4ish_config\) == (\d+) && sizeof\(struct sel4ish_entry\) == (\d+)", CONFIG_H)
    assert sizes and (int(sizes[1]), int(sizes[2])) == (HEADER.size, ENTRY.size)


def test_owners_are_uses_and_provides() -> None:
    for name in ("left", "shell-1"):
        entries = made(wide(), name).entries
        for entry in entries:
            if entry.kind in (Kind.CONNECTION, Kind.ROUTINE, Kind.REGION):
                assert entries[entry.owner].kind in (Kind.USE, Kind.PROVIDE)


def test_only_who_trusts_the_code_is_told_its_entry_points() -> None:
    trusting = [e.name for e in made(wide(), "shell-1").entries if e.kind is Kind.ROUTINE]
    assert trusting == ["store_read", "store_write"] * 2
    assert not [e for e in made(wide(), "supervisor").entries if e.kind is Kind.ROUTINE]


def test_the_newest_version_comes_first() -> None:
    uses = [e for e in made(wide(), "shell-1").entries if e.kind is Kind.USE]
    assert [(e.name, e.peer) for e in uses] == [("fast", "left"), ("line", "uart"), ("store", "left"), ("store", "right")]


def test_the_supervisor_finds_every_thread_and_every_run_time_cnode() -> None:
    planned = wide()
    caps = [e for e in made(planned, "supervisor").entries if e.kind is Kind.CAP]
    others = {c.name: c for c in planned.components if not c.component.is_supervisor}
    assert {e.peer for e in caps if e.name == "tcb"} == set(others)
    assert all(e.values[2] == others[e.peer].runtime_bits for e in caps if e.name == "runtime")


def test_options_have_their_defaults_and_what_the_description_sets() -> None:
    uart = wide().component("uart").component
    assert options(uart, "debug") == {"baud": 9600, "parity": "even"}


def test_a_release_kernel_is_told_by_the_option_debug() -> None:
    supervisor = wide().component("supervisor").component
    assert options(supervisor, "release") == {"debug": 0} and options(supervisor, "debug") == {"debug": 1}
