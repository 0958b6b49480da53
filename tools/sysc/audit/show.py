# SPDX-License-Identifier: BSD-2-Clause
"""The audit's answers as text for people; --json prints the same dataclasses by field name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from .authority import Authority, masters
from .flow import Flow
from .listing import Grant, InterfaceLine
from .policy import Verdict
from .who import Answer, Link

HEADINGS = {"capability": "capabilities", "memory": "memory", "interface": "granted by the registry"}


def columns(rows: Iterable[Sequence[str]], indent: str = "  ") -> Iterator[str]:
    """Rows as a table, each column as wide as it needs, the last one ragged."""
    table = [list(row) for row in rows]
    widths = [max((len(row[i]) for row in table), default=0) for i in range(max(map(len, table), default=0))]
    for row in table:
        yield (indent + "  ".join(cell.ljust(w) for cell, w in zip(row, widths))).rstrip()


def grants(found: list[Grant]) -> Iterator[str]:
    for component, theirs in groupby(found, key=lambda g: g.component):
        yield component
        for kind, rows in groupby(theirs, key=lambda g: g.kind):
            yield f"  {HEADINGS[kind]}"
            yield from columns(((g.object, g.rights or "-", f"badge {g.badge:#x}" if g.badge and kind == "capability" else "",
                                 g.detail, g.place, g.cause) for g in rows), "    ")
        yield ""


def who(action: str, what: str, answers: list[Answer]) -> Iterator[str]:
    yield f"who can {action} {what}:" + ("" if answers else " nobody")
    for a in answers:
        yield f"  {a.component}  {a.how}: {a.detail}" + (f"; but {a.assuming}" if a.assuming else "")
        yield from chain(a.chain)


def chain(links: Iterable[Link]) -> Iterator[str]:
    yield from columns(((link.what, link.cause) for link in links), "      ")


def path(source: str, sink: str, way: Sequence[Flow], every: Sequence[Flow]) -> Iterator[str]:
    if not way:
        yield f"no storage flow from {source} to {sink} (time is not judged)"
        return
    yield " -> ".join([source, *(f.sink for f in way)])
    for step in way:
        yield f"  {step.source} -> {step.sink}"
        yield from columns(((f.through, f.cause) for f in every if (f.source, f.sink) == (step.source, step.sink)), "    ")


def interfaces(lines: Iterable[InterfaceLine]) -> Iterator[str]:
    for i in lines:
        yield f"{i.interface}  id {i.id:#x} version {i.version} instance {i.instance}, provided by {i.provider} at {i.provider_base:#x}"
        yield from columns((f"{r.name}", r.kind, f"+{r.offset:#x}", f"{r.bytes} bytes") for r in i.regions)
        if i.code:
            yield f"  code filled from {', '.join(i.code)}"
        yield from columns((f"-> {c.client}", f"label {c.label}", f"at {c.client_base:#x}", c.connection, c.cause)
                           for c in i.connections)
        yield ""


def verdict(place: str, v: Verdict) -> Iterator[str]:
    yield f"{'holds ' if v.holds else 'BROKEN'}  {v.text}  {place}"
    if not v.holds:
        yield f"        {v.why}"
        yield from chain(v.chain)


def assumptions(a: Authority) -> str:
    """What every answer stands on."""
    found = masters(a)
    trusted = sorted({m.trusted for m in found if m.trusted})
    risks = sorted({f"{m.component} through {m.device}" for m in found if not m.trusted})
    lines = ["the kernel and the loader are correct"]
    lines += [f"DMA stays in bounds where it is said to: {', '.join(trusted)}"] if trusted else []
    lines += ["no device of this system can write memory by itself"] if not found else []
    risk = f" Nothing assumes that DMA stays in bounds of: {', '.join(risks)}." if risks else ""
    return f"Stands on: {'; '.join(lines)}.{risk}"
