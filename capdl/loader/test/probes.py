# SPDX-License-Identifier: BSD-2-Clause
"""Threads of a spec that do what a table says: probe.c, and what a test builds around it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable

from capdl.model import Cap, CNode, Fill, Frame, Mapping, Object, SchedContext, Spec, Tcb, VSpace
from sel4ish_pytest.machine import Machine

PLATFORM = "qemu-virt-aarch64"
KERNEL, LOADER = "kernel/kernel-debug.bin", "loader/loader.elf"
RAM = 1 << 30
END, READ, WRITE, SIGNAL, WAIT = range(5)
CODE, TABLE, FIRST = 0x400000, 0x10000000, 0x20000000
PAGE = 4096
Boot = Callable[..., Machine]
Command = tuple[int, int, int]


def system(*objects: Object) -> Spec:
    return Spec(objects=tuple(sorted(objects, key=lambda o: o.name)))


def table(commands: Iterable[Command]) -> bytes:
    return b"".join(struct.pack("<3Q", *c) for c in (*commands, (END, 0, 0)))


def thread(name: str, files: dict[str, bytes], commands: Iterable[Command], mappings: Iterable[Mapping] = (),
           slots: tuple[tuple[int, Cap], ...] = (), bound: str = "", priority: int = 100, phase: int = 1,
           faults: Cap | None = None) -> list[Object]:
    """A probe with its table, in an address space with these mappings and with these capabilities."""
    files[f"{name}.table"] = table(commands)
    size = len(files[f"{name}.table"])
    return [
        Frame(f"{name}.code", fill=(Fill("probe", 0, 0, 0),)), Frame(f"{name}.table", fill=(Fill(f"{name}.table", 0, 0, size),)),
        VSpace(f"{name}.vspace", tuple(sorted((Mapping(CODE, f"{name}.code", "rx"), Mapping(TABLE, f"{name}.table", "r"), *mappings),
                                              key=lambda m: m.vaddr))),
        CNode(f"{name}.cnode", 3, slots), SchedContext(f"{name}.sc"),
        Tcb(f"{name}.tcb", Cap(f"{name}.cnode", guard_bits=61), f"{name}.vspace", bound_notification=bound,
            sched_context=f"{name}.sc", priority=priority, pc=CODE, arg=TABLE, phase=phase, fault_endpoint=faults, component=name),
    ]


def with_code(spec: Spec, probe: bytes) -> Spec:
    """Now that the probe's length is known."""
    code = (Fill("probe", 0, 0, len(probe)),)
    return Spec(objects=tuple(Frame(o.name, fill=code) if o.name.endswith(".code") else o for o in spec.objects))


def right(machine: Machine, *names: str) -> None:
    """Each of these probes found everything as its table says."""
    for name in names:
        found = machine.expect(rf"^{name}\|(R|W.*)$", channel="debug", anywhere=True)
        assert found[1] == "R", machine.debug.text
