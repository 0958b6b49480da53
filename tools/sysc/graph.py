# SPDX-License-Identifier: BSD-2-Clause
"""The system as a drawing: an Authority in, graphviz's language out. Components and devices are boxes; an arrow runs from
a client to its provider with the interface on it, bold where the client runs the provider's routines; who controls a
thread is drawn dashed. What the audit counts is what is drawn: the two read the same Authority."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from capdl.model import Connection, Interface, Irq
from sysc.audit.authority import Authority, family, is_device


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def dot(a: Authority, title: str) -> str:
    lines = [f"digraph {quoted(title)} {{", "  rankdir=LR; fontname=Helvetica; labelloc=t;", f"  label={quoted(title)};",
             "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#eef3fb\", fontname=Helvetica];",
             "  edge [fontname=Helvetica, fontsize=10];"]
    lines += [f"  {quoted(name)} [tooltip={quoted(f'priority {tcb.priority}')}];" for name, tcb in a.components.items()]
    lines += [*_devices(a), *_connections(a), *_controls(a), "}"]
    return "\n".join(lines) + "\n"


def svg(source: str) -> bytes:
    """Drawn by graphviz, whose package the front door installs."""
    return subprocess.run(["dot", "-Tsvg"], input=source.encode(), stdout=subprocess.PIPE, check=True).stdout


def _devices(a: Authority) -> Iterator[str]:
    drivers: dict[str, set[str]] = {}
    for x in a.accesses:
        if is_device(a, x.frame):
            drivers.setdefault(family(x.frame).removeprefix("device."), set()).add(x.component)
    for h in a.own:
        if isinstance(a.objects.get(h.object), Irq):
            drivers.setdefault(h.object.removeprefix("irq."), set()).add(h.component)
    for device, components in sorted(drivers.items()):
        yield f"  {quoted('device ' + device)} [shape=box3d, style=filled, fillcolor=\"#f4efe2\", label={quoted(device)}];"
        for component in sorted(components):
            yield f"  {quoted(component)} -> {quoted('device ' + device)} [color=\"#8a6d1d\", label=drives];"


def _connections(a: Authority) -> Iterator[str]:
    provider = {e.connection: e.component for e in a.ends if e.role == "provider"}
    for e in a.ends:
        if e.role != "client" or e.connection not in provider:
            continue
        interface, connection = a.objects[e.interface], a.objects[e.connection]
        assert isinstance(interface, Interface) and isinstance(connection, Connection)
        runs = ", penwidth=2" if interface.code else ""
        tip = f"label {connection.label}; " + ", ".join(f"{r.kind} {r.count << r.size_bits} bytes" for r in interface.regions)
        yield (f"  {quoted(e.component)} -> {quoted(provider[e.connection])} "
               f"[label={quoted(e.interface)}, tooltip={quoted(tip)}{runs}];")


def _controls(a: Authority) -> Iterator[str]:
    for holder, target in sorted({(c.holder, c.target) for c in a.controls}):
        yield f"  {quoted(holder)} -> {quoted(target)} [style=dashed, color=\"#a03030\", constraint=false];"
