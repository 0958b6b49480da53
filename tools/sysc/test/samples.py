# SPDX-License-Identifier: BSD-2-Clause
"""Programs without a compiler: what the tests lower and pack."""

from __future__ import annotations

from pathlib import Path

from sysc.lower import Programs
from sysc.model import PAGE
from sysc.plan import Plan
from sysc.programs import Program, Segment, Symbol

HERE = Path(__file__).parent


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
