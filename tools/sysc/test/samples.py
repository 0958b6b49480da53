# SPDX-License-Identifier: BSD-2-Clause
"""Programs without a compiler: what the tests lower and pack."""

from __future__ import annotations

import random
from pathlib import Path

from sysc.lower import Programs
from sysc.model import PAGE
from sysc.plan import Plan
from sysc.programs import Program, Segment, Symbol

HERE = Path(__file__).parent


def described(chance: random.Random) -> str:
    """A description at random that is right."""
    stores = [f"store-{n}" for n in range(chance.randint(1, 4))]
    lines = ["system: random", "platform: qemu-virt-aarch64", f"supervisor: {chance.choice(['true', 'false', '{priority: 250}'])}", "components:",
             "  uart: {source: components/drivers/uart, devices: [uart0], provides: [line@1], priority: 200}"]
    offers = {s: sorted(chance.sample(["store@1", "store@2", "fast@1"], chance.randint(1, 3))) for s in stores}
    lines += [f"  {s}: {{source: components/services/store, provides: [{', '.join(offers[s])}], priority: {chance.randint(100, 199)}, "
              f"heap: {chance.randint(0, 40)} KiB, uses: {{line@1: uart}}}}" for s in stores]
    for n in range(chance.randint(0, 12)):
        uses = {"line@1": ["uart"]}
        for ref in ("store@1", "store@2", "fast@1"):
            able = [s for s in stores if ref in offers[s]]
            if able and chance.random() < 0.7:
                uses[ref] = chance.sample(able, chance.randint(1, len(able)))
        if not {"store@1", "store@2"} & set(uses):
            continue
        calls = chance.sample(stores, chance.randint(0, len(stores)))
        lines.append(f"  shell-{n}: {{source: components/apps/shell, stack: {chance.randint(4, 60)} KiB, calls: [{', '.join(calls)}], uses: {{"
                     + ", ".join(f"{ref}: [{', '.join(who)}]" for ref, who in uses.items()) + f"}}, trusts_code: [{', '.join(stores)}]}}")
    return "\n".join(lines) + "\n"


def program(name: str) -> Program:
    """A program of the components' shape, with two pages of code and a page of zeros."""
    symbols = (Symbol(0x400000, 16, "main"), Symbol(0x400010, 8, f"{name}_step"))
    return Program(name, 0x400000, (Segment(0x400000, 2 * PAGE, "rx", name.encode() * 700), Segment(0x403000, PAGE, "rw", b""),
                                    Segment(0x405000, PAGE, "r", b"constant")), symbols, symbols)


def sealed(name: str) -> Program:
    entries = (Symbol(0, 32, f"{name}_read"), Symbol(32, 32, f"{name}_write"))
    return Program(name, 0, (Segment(0, PAGE, "rx", b"\x1f\x20\x03\xd5" * 16),), entries, entries)


def programs(planned: Plan) -> Programs:
    return Programs({c.component.type.name.text: program(c.component.type.name.text) for c in planned.components},
                    {i.code: sealed(i.code) for i in planned.interfaces if i.code})
