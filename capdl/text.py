# SPDX-License-Identifier: BSD-2-Clause
"""The text form of a Spec: what people read and compare. Grammar and example: docs/capdl.md.

write() is stable: equal Specs with equal causes give equal text, objects and their contents sorted.
read() gives back the Spec with its causes, or raises TextError with the line and column of the first mistake.
"""

from __future__ import annotations

from capdl.model import (Cap, CNode, Connection, End, Frame, Interface, Irq, Mapping, Object, Registry, SchedContext,
                         Spec, Tcb, VSpace)
from capdl.parse import parse
from capdl.rules import SpecError, require
from capdl.tables import KIND_OF
from capdl.tokens import TextError

__all__ = ["TextError", "read", "write"]


def read(text: str, filename: str) -> Spec:
    """The Spec that text says."""
    return parse(text, filename)


def write(spec: Spec) -> str:
    """The Spec's text. Raises SpecError where it is not in order."""
    require(spec)
    return f"capdl {spec.arch}\n\n" + "\n".join(_object(o) for o in spec.objects)


def _object(o: Object) -> str:
    attributes, lines = _content(o)
    head = f"{o.name} = {KIND_OF[type(o)].word}" + (f" ({', '.join(attributes)})" if attributes else "")
    return head + (" {\n" + "".join(f"    {line}\n" for line in lines) + "}" if lines else "") + "\n"


def _content(o: Object) -> tuple[list[str], list[str]]:
    """An object's attributes and the lines between its braces."""
    match o:
        case CNode():
            return [f"bits: {o.size_bits}"], [_cap(str(slot), cap) for slot, cap in o.slots]
        case Frame():
            return _frame_attributes(o), [f'fill {f.frame_offset:#x}: {_quoted(f.file)} {f.file_offset:#x} {f.length:#x}'
                                          for f in o.fill]
        case VSpace():
            return [], [_mapping(m) for m in o.mappings] + [f"table: {t:#x}" for t in o.tables] + \
                [f"table: {t:#x} (large)" for t in o.large_tables]
        case SchedContext():
            return [f"bits: {o.size_bits}", f"budget: {o.budget_us}", f"period: {o.period_us}",
                    f"badge: {o.badge:#x}"], []
        case Tcb():
            return _tcb_attributes(o), _tcb_lines(o)
        case Irq():
            return [f"number: {o.number}"] + ["edge"] * o.edge, _maybe_cap("notification", o.notification)
        case Registry():
            return [], _maybe_cap("monitor", o.monitor) + [f"interface: {name}" for name in o.interfaces]
        case Interface():
            return _interface_attributes(o), _interface_lines(o)
        case Connection():
            return [f"label: {o.label}"], [f"frame: {name}" for name in o.frames] + _end("client", o.client)
    return [], []


def _frame_attributes(o: Frame) -> list[str]:
    return [f"bits: {o.size_bits}"] + ([f"paddr: {o.paddr:#x}"] if o.paddr is not None else []) + ["device"] * o.device


def _mapping(m: Mapping) -> str:
    return _caused(f"{m.vaddr:#x}: {m.frame} ({m.rights}{'' if m.cached else ', uncached'})", m.cause)


def _tcb_attributes(o: Tcb) -> list[str]:
    return ([f"component: {o.component}"] if o.component else []) + \
        [f"phase: {o.phase}", f"priority: {o.priority}", f"mcp: {o.mcp}", f"pc: {o.pc:#x}", f"sp: {o.sp:#x}",
         f"arg: {o.arg:#x}"] + ["timer"] * o.timer


def _tcb_lines(o: Tcb) -> list[str]:
    named = [("vspace", o.vspace), ("notification", o.bound_notification), ("sched-context", o.sched_context)]
    return _maybe_cap("cspace", o.cspace) + _maybe_cap("fault-endpoint", o.fault_endpoint) + \
        _maybe_cap("timeout-endpoint", o.timeout_endpoint) + [f"{key}: {name}" for key, name in named if name] + \
        ([f"buffer {o.buffer_vaddr:#x}: {o.buffer_frame}"] if o.buffer_frame else [])


def _interface_attributes(o: Interface) -> list[str]:
    return [f"id: {o.id:#x}", f"version: {o.version}", f"instance: {o.instance}"] + ["shared-header"] * o.shared_header


def _interface_lines(o: Interface) -> list[str]:
    return [f"region {r.offset:#x}: {r.kind} (bits: {r.size_bits}, count: {r.count})" for r in o.regions] + \
        [f"code: {name}" for name in o.code] + [f"connection: {name}" for name in o.connections] + \
        _end("provider", o.provider)


def _end(role: str, end: End | None) -> list[str]:
    if end is None:
        return []
    return [f"{role} {end.base:#x}: {end.vspace} {end.cnode} {end.slot}"] + _maybe_cap("notification", end.notification)


def _maybe_cap(key: str, cap: Cap | None) -> list[str]:
    return [_cap(key, cap)] if cap else []


def _cap(key: str, cap: Cap) -> str:
    attributes = [cap.rights] * bool(cap.rights) + [f"badge: {cap.badge:#x}"] * bool(cap.badge)
    if cap.guard_bits:
        attributes += [f"guard: {cap.guard:#x}", f"guard-bits: {cap.guard_bits}"]
    return _caused(f"{key}: {cap.object}" + (f" ({', '.join(attributes)})" if attributes else ""), cap.cause)


def _caused(line: str, cause: str) -> str:
    if cause != cause.strip() or not all(c.isprintable() for c in cause):
        raise SpecError(f"not the cause of anything: {cause!r}")
    return line + (f"  -- {cause}" if cause else "")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
