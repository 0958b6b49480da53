# SPDX-License-Identifier: BSD-2-Clause
"""The audit of the project's own desktop, with either display: who draws on the screen, who reads the keyboard, in which
phase, and on whose word. Nothing is compiled: the programs' content changes no answer."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from capdl.model import Mapping, Spec, VSpace
from sysc.audit import dma_of
from sysc.audit.authority import authority
from sysc.audit.dma import Dma
from sysc.audit.flow import flows
from sysc.audit.policy import verdicts
from sysc.audit.show import assumptions
from sysc.audit.who import Answer, who_can
from sysc.build import describe
from sysc.lower import lower
from sysc.model import System
from sysc.paths import ROOT
from sysc.plan import plan
from sysc.test.samples import programs

CHOICE = re.compile(r"components/drivers/display-\w+\.yaml")
CLIENTS = {"clock", "paint", "swarm"}
DRIVERS = {"keyboard", "tablet"}


@cache
def desktop(display: str, folder: Path, trusted: bool = True, policy: str = "") -> tuple[System, Spec]:
    text = CHOICE.sub(str(ROOT / f"components/drivers/display-{display}.yaml"), (ROOT / "system.yaml").read_text())
    if not trusted:
        text = re.sub(r"^assume:\n(?:  .*\n)+", "", text, flags=re.M)
    if policy:
        text = text[:text.index("\npolicy:")] + f"\npolicy: [{policy}]\n"
    path = folder / "desktop.yaml"
    path.write_text(text)
    system, mistakes = describe(path)
    assert system and not [m for m in mistakes if not m.warning], mistakes
    planned = plan(system)
    return system, lower(planned, programs(planned)).spec


@pytest.fixture(scope="module", params=["ramfb", "bochs"])
def display(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desktop")


def answers(made: tuple[System, Spec], phase: str, action: str, what: str) -> dict[str, Answer]:
    system, spec = made
    found = who_can(authority(spec, dma_of(system), phase), action, what)
    assert len({x.component for x in found}) == len(found)
    return {x.component: x for x in found}


def how(found: dict[str, Answer]) -> dict[str, str]:
    return {name: x.how for name, x in found.items()}


def test_the_screen_is_drawn_on_by_driver_and_compositor_alone(display: str, folder: Path) -> None:
    found = answers(desktop(display, folder), "steady", "draw-on", "framebuffer")
    assert how(found) == {"display": "by mapping", "compositor": "by mapping", **dict.fromkeys(DRIVERS, "through DMA"),
                          "supervisor": "by control"}
    assert "compositor.tcb and display.tcb" in found["supervisor"].detail
    for name in DRIVERS:
        quoted = re.fullmatch(r"assume: dma_trusted: \[keyboard, tablet\] at (.*):(\d+)", found[name].assuming)
        assert quoted, found[name]
        assert "dma_trusted: [keyboard, tablet]" in Path(quoted[1]).read_text().splitlines()[int(quoted[2]) - 1]
    assert all(not x.assuming for name, x in found.items() if name not in DRIVERS)


def test_at_boot_the_loader_and_who_holds_fw_cfg_draw_on_it_too(display: str, folder: Path) -> None:
    made = desktop(display, folder)
    steady, boot = (how(answers(made, phase, "draw-on", "framebuffer")) for phase in ("steady", "boot"))
    setup = {"display-setup": "through DMA"} if display == "ramfb" else {}
    assert boot == {**steady, **setup, "loader": "by control"}
    if setup:
        answer = answers(made, "boot", "draw-on", "framebuffer")["display-setup"]
        assert "fw_cfg" in answer.detail and "dma_trusted: [display-setup] at components/drivers/display-ramfb.yaml:" in answer.assuming


def test_the_keyboard_is_read_by_driver_and_compositor_and_through_him_by_his_clients(display: str, folder: Path) -> None:
    found = answers(desktop(display, folder), "steady", "read", "keyboard")
    assert how(found) == {"keyboard": "by mapping", "compositor": "by mapping", **dict.fromkeys(CLIENTS, "through compositor"),
                          "tablet": "through DMA", "supervisor": "by control"}
    for client in CLIENTS:
        assert [link.what.split()[0] for link in found[client].chain] == [client, "compositor"]
    assert all(x.chain and all(link.cause for link in x.chain) for x in found.values())


def test_what_the_boot_phase_held_is_held_by_nobody_after_it(folder: Path) -> None:
    made = desktop("ramfb", folder)
    assert how(answers(made, "steady", "drive", "fw_cfg")) == {}
    assert how(answers(made, "boot", "drive", "fw_cfg")) == {"display-setup": "by mapping", "loader": "by control"}
    assert "display-setup" not in authority(made[1], dma_of(made[0]), "steady").components


def test_dma_that_nobody_vouches_for_is_a_risk_and_a_flow(folder: Path) -> None:
    system, spec = desktop("bochs", folder, trusted=False)
    found = answers((system, spec), "steady", "draw-on", "framebuffer")
    for name in DRIVERS:
        assert not found[name].assuming and "nothing assumes that it stays in bounds" in found[name].detail
    a = authority(spec, dma_of(system), "steady")
    assert "keyboard through virtio_keyboard" in assumptions(a)
    assert {f.sink for f in flows(a) if f.source == "tablet" and "virtio_tablet" in f.through} == set(a.components) - {"tablet"}
    assert not [f for f in flows(authority(desktop("bochs", folder)[1], dma_of(desktop("bochs", folder)[0]))) if "virtio" in f.through]


@pytest.mark.parametrize("policy, trusted, holds", [
    ("only: {may: draw-on, what: framebuffer@2, who: [compositor, display]}", True, True),
    ("only: {may: draw-on, what: framebuffer@2, who: [compositor, display]}", False, False),
    ("only: {may: read, what: keyboard, who: [compositor, keyboard, clock, paint, swarm]}", True, True),
    ("only: {may: read, what: keyboard, who: [compositor, keyboard, clock, paint]}", True, False),
    ("exclusive: {what: fw_cfg, who: [display-setup]}", True, True),
    ("exclusive: {what: fw_cfg, who: [display-setup], phase: boot}", True, True),
    ("exclusive: {what: fw_cfg, who: [display-setup], phase: steady}", True, False),
    ("only: {may: drive, what: fw_cfg, who: [], phase: steady}", True, True),
    ("only: {may: drive, what: fw_cfg, who: []}", True, False),
    ("no_flow: {from: tablet, to: store, except_via: [compositor, serial]}", True, True),
    ("no_flow: {from: tablet, to: store, except_via: [compositor, serial]}", False, False),
])
def test_policies_rest_on_what_is_assumed_and_on_their_phase(policy: str, trusted: bool, holds: bool, folder: Path) -> None:
    system, spec = desktop("ramfb", folder, trusted, policy)
    *_, (_, verdict) = verdicts(spec, system.policies, dma_of(system))     # the included file has its own
    assert verdict.holds == holds, verdict


@pytest.mark.parametrize("frame", ["display.memory.scanout.0", "framebuffer@2/compositor.pixels.1"])
def test_a_client_that_maps_what_is_shown_is_found(frame: str, folder: Path) -> None:
    system, spec = desktop("ramfb", folder)
    leak = Spec(objects=tuple(
        replace(o, mappings=(*o.mappings, Mapping(0x7000000000, frame, "rw", cause="y:66")))
        if isinstance(o, VSpace) and o.name == "paint.vspace" else o for o in spec.objects))
    found = answers((system, leak), "steady", "draw-on", "framebuffer")
    assert found["paint"].how == "by mapping" and found["paint"].chain[0].cause == "y:66"


def test_without_a_board_no_device_has_dma(folder: Path) -> None:
    a = authority(desktop("ramfb", folder)[1], Dma(), "steady")
    assert "no device of this system can write memory by itself" in assumptions(a)
