# SPDX-License-Identifier: BSD-2-Clause
"""What a build leaves for people and for comparison: the model and the plan as JSON, a report, a manifest of hashes.
Nothing here depends on when or where the build ran."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capdl.model import Cap
from sysc.model import Component, Name, System
from sysc.plan import ComponentPlan, InterfacePlan, Plan
from sysc.source import Location


def model_data(system: System) -> dict[str, Any]:
    """The checked model. Places are text; interfaces only those that somebody provides."""
    provided = {p.name for c in system.components for p in c.provides}
    return {
        "system": system.name.text, "platform": system.platform.name, "kernel": system.kernel, "memory": system.ram_bytes,
        "components": [_component(c) for c in system.components],
        "interfaces": [_data(i) for name, i in sorted(system.interfaces.items()) if name in provided],
        "policy": [{"kind": p.kind, "at": str(p.at), **{k: v for k, v in sorted(p.fields.items())}} for p in system.policies],
        "assume": {"dma_trusted": [n.text for n in system.dma_trusted]}}


def _component(c: Component) -> dict[str, Any]:
    return {
        "name": c.name.text, "at": str(c.at), "program": c.type.name.text, "groups": list(c.groups), "priority": c.priority,
        "budget_us": c.budget_us, "period_us": c.period_us, "stack": c.stack, "heap": c.heap, "provides": [str(p) for p in c.provides],
        "uses": {f"{u.ref} of {u.provider}": str(u.ref.at) for u in c.uses}, "devices": [d.text for d in c.devices],
        "calls": [n.text for n in c.calls], "trusts_code": [n.text for n in c.trusts_code],
        "memory": [_data(m) for m in c.memory], "phase": "boot" if c.boot else "steady",
        "options": {o.name.text: o.value for o in (*c.type.options, *c.options)}}


def plan_data(plan: Plan) -> dict[str, Any]:
    return {"components": [_component_plan(c) for c in plan.components], "interfaces": [_data(i) for i in plan.interfaces]}


def _component_plan(c: ComponentPlan) -> dict[str, Any]:
    return {"name": c.name, "label": c.label,
            "root_bits": c.root_bits, "runtime_bits": c.runtime_bits, "guard_bits": c.guard_bits,
            "slots": {str(slot): _cap(cap, c.cptr(slot)) for slot, cap in c.root},
            "runtime": {str(slot): _cap(cap, c.runtime_cptr(slot)) for slot, cap in c.runtime},
            "devices": [{"name": d.device.name, "address": f"{d.vaddr:#x}", "badge": f"{d.badge:#x}"} for d in c.devices],
            "memory": [{"name": m.region.name.text, "address": f"{m.vaddr:#x}", "physical": f"{m.paddr:#x}" if m.paddr else ""} for m in c.memory],
            "caps": [_data(n) for n in c.caps], "tables": [f"{t:#x}" for t in c.tables],
            "large_tables": [f"{t:#x}" for t in c.large_tables]}


def _cap(cap: Cap, address: int) -> dict[str, str]:
    return {"object": cap.object, "rights": cap.rights, "badge": f"{cap.badge:#x}", "address": f"{address:#x}", "cause": cap.cause}


def _data(value: Any) -> Any:
    """A dataclass as plain data."""
    if isinstance(value, (Location, Name)):
        return str(value)
    if isinstance(value, Path):
        return value.name
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _data(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, (tuple, list)):
        return [_data(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): _data(v) for k, v in sorted(value.items())}
    return value


def report(plan: Plan, memory: Mapping[str, int], objects: int, image_bytes: int) -> str:
    system = plan.system
    total = sum(memory.values())
    lines = [f"{system.name}: {len(plan.components)} components on {system.platform.name}, {system.kernel} kernel",
             f"{objects} objects, {_kib(total)} of memory in them, image {_kib(image_bytes)}, machine {system.ram_bytes >> 20} MiB", "",
             *_table(("label", "component", "program", "priority", "budget/period", "stack", "heap", "memory", "devices"),
                     [(str(c.label), c.name, c.component.type.name.text, str(c.component.priority),
                       f"{_time(c.component.budget_us)}/{_time(c.component.period_us)}",
                       _kib(c.component.stack), _kib(c.component.heap), _kib(memory.get(c.name, 0)),
                       " ".join(d.device.name for d in c.devices) or "-") for c in plan.components]), "",
             *_table(("interface", "id", "provider", "clients", "shared code"), [_interface(i) for i in plan.interfaces])]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _interface(i: InterfacePlan) -> tuple[str, ...]:
    return (i.name, f"{i.id:#06x}", i.provider, " ".join(c.client for c in i.connections) or "-", i.code or "-")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths)) for row in [head, *rows]]


def _kib(size: int) -> str:
    return f"{size / 1024:.0f} KiB"


def _time(us: int) -> str:
    return f"{us // 1000}ms" if us % 1000 == 0 else f"{us}us"


def manifest(system: System, outputs: Mapping[str, bytes], inputs: Mapping[str, bytes]) -> dict[str, Any]:
    """SHA-256 of everything that went in and came out."""
    return {"system": system.name.text, "platform": system.platform.name, "outputs": _hashes(outputs), "inputs": _hashes(inputs)}


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}
