# SPDX-License-Identifier: BSD-2-Clause
"""The kernel's one stack: nothing recurses, and the deepest chain of calls fits with room to spare. Worked out from what
the compiler says each function of the debug kernel needs and calls; calls through a pointer go where the two tables say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sysc import cmake
from sysc.paths import ROOT

PLATFORM = "qemu-virt-aarch64"
ENTRIES = ("arch_boot", "kernel_syscall", "kernel_interrupt", "kernel_fault", "kernel_fpu_trap")
INDIRECT = "__indirect_call"
ASSEMBLY = {"arch_fpu_save", "arch_fpu_load", "arch_fpu_enable"}     # these use no stack
NODE = re.compile(r'node: { title: "([^"]+)".*?(\d+) bytes \((\w+)')
EDGE = re.compile(r'edge: { sourcename: "([^"]+)" targetname: "([^"]+)"')
HANDLER = re.compile(r"^INVOCATION\(\w+,\s*(\w+),", re.M)
END = re.compile(r"^const struct object_end \w+ = {([^}]*)}", re.M)


@dataclass
class Graph:
    bytes: dict[str, int] = field(default_factory=dict)
    bounded: dict[str, bool] = field(default_factory=dict)
    calls: dict[str, set[str]] = field(default_factory=dict)


def short(title: str) -> str:
    """file.c:function for a static one, else its name: paths differ between checkouts."""
    return title.rsplit("/", 1)[-1]


@pytest.fixture(scope="module")
def graph() -> Graph:
    cmake.make(PLATFORM, ["kernel/kernel-debug.elf"])
    graph = Graph()
    for file in sorted((cmake.folder(PLATFORM) / "kernel/CMakeFiles").glob("kernel-*.dir/**/*.ci")):
        if "kernel-release" in file.parts[-3]:
            continue
        text = file.read_text()
        for name, size, kind in NODE.findall(text):
            graph.bytes[short(name)] = int(size)
            graph.bounded[short(name)] = kind == "static"
        for source, target in EDGE.findall(text):
            graph.calls.setdefault(short(source), set()).add(short(target))
    assert graph.bytes, "the build left no call graph"
    return graph


def ends(folder: Path, pattern: str) -> frozenset[str]:
    """What delete.c calls when a capability goes: the functions of the object_ends in these files."""
    return frozenset(f"{file.name}:{name}" for file in folder.glob(pattern)
                     for body in END.findall(file.read_text()) for name in re.findall(r"=\s*(\w+)", body))


# An end that deletes a capability of another type itself, and the file of that type's end: one deletion within another.
NESTED = {"party_forget": "notification.c", "irq.c:finish": "notification.c"}


def indirect(graph: Graph, name: str, deleting: frozenset[str]) -> set[str]:
    """Where this function's calls through pointers go."""
    if name == "invoke":
        return set(HANDLER.findall((ROOT / "kernel/abi/invocations.def").read_text()))
    if name in ("invariants_check", "invariants_hold"):
        return {n for n in graph.bytes if n.startswith("invariant_")}
    assert name.startswith(("delete.c:", "slot_")), f"{name} calls through a pointer: say here where to"
    return {end if end in graph.bytes else end.split(":")[1] for end in deleting}    # one that is not static has a bare name


def deepest(graph: Graph, entry: str) -> tuple[int, tuple[str, ...]]:
    objects = ROOT / "kernel/object"
    Place = tuple[str, frozenset[str]]
    known: dict[Place, tuple[int, tuple[str, ...]]] = {}

    def depth(name: str, deleting: frozenset[str], above: tuple[Place, ...]) -> tuple[int, tuple[str, ...]]:
        assert name in graph.bytes or name in ASSEMBLY, f"{name}: unknown"
        if name in NESTED:
            deleting = ends(objects, NESTED[name])
        place = name, deleting
        assert place not in above, f"recursion: {' > '.join(n for n, _ in (*above, place))}"
        if place not in known:
            targets = set(graph.calls.get(name, set()))
            if INDIRECT in targets:
                targets = targets - {INDIRECT} | indirect(graph, name, deleting)
            below = max((depth(target, deleting, (*above, place)) for target in targets), default=(0, ()))
            known[place] = graph.bytes.get(name, 0) + below[0], (name, *below[1])
        return known[place]

    return depth(entry, ends(objects, "*.c"), ())


def test_every_functions_stack_is_known_at_compile_time(graph: Graph) -> None:
    assert [name for name, bounded in graph.bounded.items() if not bounded] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_nothing_recurses_and_the_deepest_chain_fills_at_most_half_the_stack(graph: Graph, entry: str) -> None:
    start = Path(ROOT, "kernel/arch/aarch64/start.S").read_text()
    stack = re.search(r"#define KERNEL_STACK_BYTES (\d+)", start)
    assert stack
    used, chain = deepest(graph, entry)
    print(f"{entry}: {used} of {stack[1]} bytes: {' > '.join(chain)}")
    assert 0 < used <= int(stack[1]) // 2
