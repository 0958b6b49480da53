# SPDX-License-Identifier: BSD-2-Clause
"""DMA: who holds a device that reads and writes memory by itself reaches all RAM through it. The platform's table says
which devices can; the description says whose is believed to stay in bounds, and that line is part of every answer that
rests on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sysc.model import System
from sysc.paths import ROOT


@dataclass(frozen=True)
class Dma:
    """What is known beyond the spec."""

    devices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))    # name: the table that says so
    trusted: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))    # component: the line that says so, quoted


def dma_of(system: System) -> Dma:
    table = system.platform.file.relative_to(ROOT).as_posix()
    lines: dict[tuple[str, int], list[str]] = {}
    for name in system.dma_trusted:
        lines.setdefault((name.at.file, name.at.line), []).append(name.text)
    quotes = {(file, line): f"assume: dma_trusted: [{', '.join(names)}] at {file}:{line}" for (file, line), names in lines.items()}
    return Dma(MappingProxyType({d.name: table for d in system.platform.devices if d.dma}),
               MappingProxyType({n.text: quotes[n.at.file, n.at.line] for n in system.dma_trusted}))
