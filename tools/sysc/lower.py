# SPDX-License-Identifier: BSD-2-Clause
"""A Plan and the compiled programs to a capDL Spec: every object, who holds what, what is mapped where. Each capability
and mapping carries the line of the description that caused it. What is not in the Spec does not exist at run time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from capdl.model import (Cap, CNode, Connection, End, Endpoint, Fill, Frame, Interface, Irq, Notification, Object, Region, Registry,
                         Reply, SchedContext, Spec, Tcb, VSpace)
from capdl.model import Mapping as Mapped
from capdl.tables import NAMES
from sysc import symbols
from sysc.config_block import Memory, block, encode
from sysc.model import PAGE, SUPERVISOR
from sysc.plan import BUFFER, CONFIG, HEAP, MEMORY, STACK_TOP, ComponentPlan, InterfacePlan, Plan
from sysc.programs import Program

PAGE_BITS = 12
SYMBOLS = "symbols"


@dataclass(frozen=True)
class Programs:
    """What the build compiled: the program of each component type, and the sealed images, by name."""

    components: Mapping[str, Program]
    code: Mapping[str, Program]


@dataclass(frozen=True)
class Lowered:
    spec: Spec
    files: Mapping[str, bytes]      # the boot archive: what the frames' fills name


def lower(plan: Plan, programs: Programs) -> Lowered:
    files = {f"{name}.program": p.image for name, p in programs.components.items()}
    files |= {f"{name}.code": p.image for name, p in programs.code.items()}
    objects: list[Object] = []
    for own in plan.components:
        program = programs.components[own.component.type.name.text]
        memory: tuple[Memory, ...] = ()
        if own.name == SUPERVISOR:
            files[SYMBOLS] = symbols.blob({c.name: programs.components[c.component.type.name.text] for c in plan.components})
            behind = max((m.vaddr + m.region.size + PAGE for m in own.memory), default=MEMORY)
            memory = (Memory(SYMBOLS, behind, len(files[SYMBOLS])),)
        config = encode(block(plan, own, programs.code, memory))
        files[f"{own.name}.config"] = config
        objects += _Space(plan, own, program, len(config), memory).objects()
    for interface in plan.interfaces:
        objects += _interface(plan, interface, programs.code.get(interface.code))
    objects += _shared(plan)
    unique = {o.name: o for o in objects}       # a device of the boot phase may have an owner after it
    return Lowered(Spec(objects=tuple(unique[name] for name in sorted(unique))), dict(sorted(files.items())))


class _Space:
    """One component's objects, gathered with the mappings that name them."""

    def __init__(self, plan: Plan, own: ComponentPlan, program: Program, config_bytes: int, memory: tuple[Memory, ...]) -> None:
        self.plan, self.own, self.program, self.config_bytes, self.memory = plan, own, program, config_bytes, memory
        self.cause = str(own.component.at)
        self.frames: list[Object] = []
        self.mappings: list[Mapped] = []

    def objects(self) -> list[Object]:
        self.map_program()
        self.map_pages("config", CONFIG, self.config_bytes, "r", self.cause, f"{self.own.name}.config")
        self.add(Frame(f"{self.own.name}.buffer"), BUFFER, "rw", self.cause)
        c = self.own.component
        self.map_pages("stack", STACK_TOP - c.stack, c.stack, "rw", str(c.place("stack")))
        self.map_pages("heap", HEAP, c.heap, "rw", str(c.place("heap")))
        for m in self.memory:
            self.map_pages(m.name, m.vaddr, m.size, "r", self.cause, m.name)
        self.map_memory()
        self.map_devices()
        return [*self.frames, *self.kernel_objects()]

    def add(self, frame: Frame, vaddr: int, rights: str, cause: str, cached: bool = True) -> None:
        self.frames.append(frame)
        self.mappings.append(Mapped(vaddr, frame.name, rights, cached, cause))

    def map_program(self) -> None:
        number = 0
        for index, segment in enumerate(self.program.segments):
            offset = self.program.image_offset(index)
            for page in range(segment.pages):
                fill = _fill(f"{self.program.name}.program", offset, page, len(segment.content))
                self.add(Frame(f"{self.own.name}.program.{number}", fill=fill), segment.vaddr + page * PAGE, segment.rights, self.cause)
                number += 1

    def map_pages(self, what: str, vaddr: int, size: int, rights: str, cause: str, file: str = "") -> None:
        for page in range((size + PAGE - 1) // PAGE):
            fill = _fill(file, 0, page, size) if file else ()
            self.add(Frame(f"{self.own.name}.{what}.{page}", fill=fill), vaddr + page * PAGE, rights, cause)

    def map_memory(self) -> None:
        for m in self.own.memory:
            page = 1 << m.region.page_bits
            for n in range(m.region.size // page):
                paddr = None if m.paddr is None else m.paddr + n * page
                self.add(Frame(f"{self.own.name}.memory.{m.region.name}.{n}", m.region.page_bits, paddr), m.vaddr + n * page, "rw",
                         str(m.region.name.at))

    def map_devices(self) -> None:
        for d in self.own.devices:
            page = 1 << d.device.page_bits
            pages = (d.device.bytes + page - 1) // page
            for n in range(pages):
                name = f"device.{d.device.name}" + (f".{n}" if pages > 1 else "")
                self.add(Frame(name, d.device.page_bits, d.device.base + n * page, True), d.vaddr + n * page, "rw", d.cause, cached=False)

    def kernel_objects(self) -> Iterator[Object]:
        own, c = self.own, self.own.component
        yield Notification(f"{own.name}.inbox")
        yield CNode(f"{own.name}.cnode", own.root_bits, own.root)
        yield CNode(f"{own.name}.runtime", own.runtime_bits, own.runtime)
        yield VSpace(f"{own.name}.vspace", tuple(sorted(self.mappings, key=lambda m: m.vaddr)), own.tables, own.large_tables)
        yield SchedContext(f"{own.name}.sc", budget_us=c.budget_us, period_us=c.period_us, badge=own.label)
        yield self.tcb()
        for d in own.devices:
            if d.handler:
                yield Irq(f"irq.{d.device.name}", d.device.irq, d.device.edge, Cap(f"{own.name}.inbox", "w", d.badge, cause=d.cause))
        for cap in own.caps:
            if cap.name == "serve":
                yield Endpoint(f"{own.name}.serve")
                yield Reply(f"{own.name}.reply")

    def tcb(self) -> Tcb:
        own = self.own
        guarded = Cap(f"{own.name}.cnode", guard_bits=own.guard_bits, cause=self.cause)
        supervised = self.plan.system.supervisor is not None and own.name != SUPERVISOR
        faults = NAMES["BOOT_FAULTS"] if own.component.boot else "supervisor.faults" if supervised else ""
        return Tcb(
            f"{own.name}.tcb", cspace=guarded, vspace=f"{own.name}.vspace", buffer_frame=f"{own.name}.buffer", buffer_vaddr=BUFFER,
            fault_endpoint=Cap(faults, "wgp", own.label, cause=self.cause) if faults else None,
            bound_notification=f"{own.name}.inbox", sched_context=f"{own.name}.sc", priority=own.component.priority,
            pc=self.program.entry, sp=STACK_TOP, arg=CONFIG, component=own.name, phase=0 if own.component.boot else 1,
            timer=any(not d.device.bytes for d in own.devices))


def _fill(file: str, start: int, page: int, length: int) -> tuple[Fill, ...]:
    """What of `length` bytes, from `start` in the file, lies in that page; nothing where the page is all zero."""
    rest = min(PAGE, length - page * PAGE)
    return (Fill(file, start + page * PAGE, 0, rest),) if rest > 0 else ()


def _interface(plan: Plan, i: InterfacePlan, image: Program | None) -> Iterator[Object]:
    region = i.version.code
    code = tuple(Frame(f"{i.name}.code.{n}", fill=_fill(f"{i.code}.code", 0, n, len(image.image) if image else 0))
                 for n in range(region.count if region else 0))
    yield from code
    for c in i.connections:
        frames = tuple(Frame(f"{c.name}.{r.name}.{n}", r.page_bits)
                       for r in i.version.regions if r.kind != "code" for n in range(r.count))
        yield from frames
        client = plan.component(c.client)
        cause = str(c.use.ref.at)
        told = Cap(f"{c.client}.inbox", "w", c.client_badge, cause=cause)
        yield Connection(c.name, client.label, tuple(f.name for f in frames),
                         End(f"{c.client}.vspace", c.client_base, f"{c.client}.runtime", c.client_slot, told))
    yield Interface(
        i.name, i.id, i.ref.version, i.instance,
        tuple(Region(r.offset, r.page_bits, r.count, r.kind) for r in i.version.regions), i.version.shared_header,
        tuple(f.name for f in code), tuple(c.name for c in i.connections),
        End(f"{i.provider}.vspace", i.base, f"{i.provider}.runtime", i.slot,
            Cap(f"{i.provider}.inbox", "w", i.badge, cause=str(i.ref.at))))


def _shared(plan: Plan) -> Iterator[Object]:
    supervisor = next((c for c in plan.components if c.name == SUPERVISOR), None)
    monitor = None
    if supervisor is not None:
        yield Endpoint("supervisor.faults")
        yield Reply("supervisor.reply")
        monitor = Cap("supervisor.inbox", "w", supervisor.monitor, cause=str(supervisor.component.at))
    if any(c.component.boot for c in plan.components):
        yield Notification(NAMES["BOOT_DONE"])
        yield Endpoint(NAMES["BOOT_FAULTS"])
    if plan.interfaces:
        yield Registry("registry", monitor, tuple(i.name for i in plan.interfaces))
