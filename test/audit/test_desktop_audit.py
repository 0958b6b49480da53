# SPDX-License-Identifier: BSD-2-Clause
"""The two questions that the desktop is built to answer, as a user asks them. tools/sysc/test/test_audit_desktop.py asks the
rest, of either display."""

from __future__ import annotations

from sel4ish_pytest.front_door import audit, sel4ish

MAPPED = {"compositor": "by mapping", "display": "by mapping"}
THROUGH_DMA = {"keyboard": "through DMA", "tablet": "through DMA"}


def how(*query: str) -> dict[str, str]:
    return {x["component"]: x["how"] for x in audit("system.yaml", *query)}


def test_who_draws_on_the_screen() -> None:
    steady = {**MAPPED, **THROUGH_DMA, "supervisor": "by control"}
    assert how("who-can", "draw-on", "framebuffer", "--phase", "steady") == steady
    assert how("who-can", "draw-on", "framebuffer", "--phase", "boot") == {**steady, "display-setup": "through DMA", "loader": "by control"}
    said = sel4ish("audit", "who-can", "draw-on", "framebuffer").stdout
    assert "tablet  through DMA: virtio_tablet reads and writes all RAM; but assume: dma_trusted: [keyboard, tablet] at system.yaml:" in said


def test_who_reads_the_keyboard() -> None:
    clients = dict.fromkeys(("clock", "paint", "swarm"), "through compositor")
    assert how("who-can", "read", "keyboard") == {"keyboard": "by mapping", "compositor": "by mapping", **clients,
                                                  "tablet": "through DMA", "supervisor": "by control"}
