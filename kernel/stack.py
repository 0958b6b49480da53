# SPDX-License-Identifier: BSD-2-Clause
"""The kernel's one stack: how much of it the deepest chain of calls fills. Input: what the compiler says each function of a
kernel needs and calls (its .ci file); calls through a pointer go where the two tables say. A chain that returns to itself is
an assertion."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

KERNEL = Path(__file__).resolve().parent
BOOT = "arch_boot"
ENTRIES = (BOOT, "arch_boot_over", "kernel_syscall", "kernel_interrupt", "arch_fault_enter")    # what start.S and vectors.S call
INDIRECT = "__indirect_call"
LEAVES = {"arch_fpu_save", "arch_fpu_load", "memcpy", "memset"}   # not in the unit: these use no stack
NODE = re.compile(r'node: { title: "([^"]+)" label: "([^"\\.]+)[^"]*?/([^/"]+):\d+:\d+\\n(\d+) bytes \((\w+)')
EDGE = re.compile(r'edge: { sourcename: "([^"]+)" targetname: "([^"]+)" (?:label: "[^"]*?([^/"]+):\d+:\d+")?')
HANDLER = re.compile(r"^INVOCATION\(\w+,\s*(\w+),", re.M)
END = re.compile(r"^const struct object_end \w+ = {([^}]*)}", re.M)


@dataclass(frozen=True)
class Call:
    """To which function, or through a pointer, and from which source: that of the call, wherever the compiler put it."""

    target: str
    source: str


@dataclass
class Graph:
    """Functions by the compiler's names, of which one in the sources may have several; calls as they stand in the program."""

    bytes: dict[str, int] = field(default_factory=dict)
    bounded: dict[str, bool] = field(default_factory=dict)
    calls: dict[str, set[Call]] = field(default_factory=dict)
    copies: dict[tuple[str, str], set[str]] = field(default_factory=dict)   # (file, function) in the sources

    def named(self, name: str, file: str = "") -> set[str]:
        """All that became of a function; none if it is nowhere by itself."""
        return {c for (f, n), copies in self.copies.items() if n == name and file in (f, "") for c in copies}


def read(file: Path) -> Graph:
    graph, text = Graph(), file.read_text()
    for title, name, source, size, kind in NODE.findall(text):
        graph.bytes[title] = int(size)
        graph.bounded[title] = kind == "static"
        graph.copies.setdefault((source, name), set()).add(title)
    for caller, target, source in EDGE.findall(text):
        graph.calls.setdefault(caller, set()).add(Call(target, source))
    assert graph.bytes, f"{file}: no call graph"
    return graph


def limit() -> int:
    """Bytes of the stack."""
    found = re.search(r"#define KERNEL_STACK_BYTES (\d+)", (KERNEL / "arch/aarch64/start.S").read_text())
    assert found
    return int(found[1])


def ends(folder: Path, pattern: str) -> frozenset[tuple[str, str]]:
    """What delete.c calls when a capability goes: the functions of the object_ends in these files."""
    return frozenset((name, file.name) for file in folder.glob(pattern)
                     for body in END.findall(file.read_text()) for name in re.findall(r"=\s*(\w+)", body))


# Files whose ends delete a capability of another type themselves, and the file of that type's end: one deletion within another.
NESTED = {"party.c": "notification.c", "irq.c": "notification.c"}


def indirect(graph: Graph, call: Call, deleting: frozenset[tuple[str, str]]) -> set[str]:
    """Where a call through a pointer goes."""
    if call.source == "invoke.c":
        handlers = [graph.named(n) for n in HANDLER.findall((KERNEL / "abi/invocations.def").read_text())]
        assert handlers and all(handlers)
        return set().union(*handlers)
    if call.source == "invariants.c":
        return {c for (_, n), copies in graph.copies.items() if n.startswith("invariant_") for c in copies}
    assert call.source == "delete.c", f"{call.source} calls through a pointer: say here where to"
    return {c for name, file in deleting for c in graph.named(name, file) or graph.named(name)}


def reached(graph: Graph, entries: Iterable[str]) -> set[str]:
    """All functions that may run behind these."""
    every, seen, todo = ends(KERNEL / "object", "*.c"), set[str](), list(entries)
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            for call in graph.calls.get(name, set()):
                todo += indirect(graph, call, every) if call.target == INDIRECT else {call.target}
    return seen


def deepest(graph: Graph, entry: str) -> tuple[int, tuple[str, ...]]:
    objects = KERNEL / "object"
    Place = tuple[str, frozenset[tuple[str, str]]]
    known: dict[Place, tuple[int, tuple[str, ...]]] = {}

    def depth(name: str, deleting: frozenset[tuple[str, str]], above: tuple[Place, ...]) -> tuple[int, tuple[str, ...]]:
        assert name in graph.bytes or name in LEAVES, f"{name}: unknown"
        place = name, deleting
        assert place not in above, f"recursion: {' > '.join(n for n, _ in (*above, place))}"
        if place not in known:
            below: tuple[int, tuple[str, ...]] = 0, ()
            for call in graph.calls.get(name, set()):
                within = ends(objects, NESTED[call.source]) if call.source in NESTED else deleting
                targets = indirect(graph, call, within) if call.target == INDIRECT else {call.target}
                below = max([below, *(depth(target, within, (*above, place)) for target in targets)])
            known[place] = graph.bytes.get(name, 0) + below[0], (name, *below[1])
        return known[place]

    return depth(entry, ends(objects, "*.c"), ())
