# SPDX-License-Identifier: BSD-2-Clause
"""The binary form of a Spec, which the loader realises: sections of fixed records, laid out by records.def.

write() gives the same bytes for equal Specs, whatever their causes. read() trusts nothing: it accepts exactly what
spec.c accepts, and gives back the Spec that was written, without causes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from capdl.model import (Cap, CNode, Connection, End, Fill, Frame, Interface, Irq, Mapping, Object, Region, Registry,
                         SchedContext, Spec, Tcb, VSpace)
from capdl.rules import SpecError, require
from capdl.tables import (ACCESS, BITS, CONSTANTS, KIND_OF, KINDS, RECORDS, REGIONS, RIGHTS, Record,
                          bits_to_letters, letters_to_bits)

NONE = CONSTANTS["NONE"]
HEADER = struct.Struct("<QIIQ")         # magic, version, number of sections, bytes in all
SECTION = struct.Struct("<QQ")          # offset, number of records
ALIGNMENT = 8
RECORD_OF = {r.section: r for r in RECORDS}
HEADER_BYTES = HEADER.size + SECTION.size * len(RECORDS)
KIND_NUMBER = {k.name: i for i, k in enumerate(KINDS)}

Row = dict[str, int]


def write(spec: Spec) -> bytes:
    """The Spec's bytes. Raises SpecError where it is not in order."""
    require(spec)
    writer = _Writer({o.name: i for i, o in enumerate(spec.objects)})
    details: dict[str, int] = {}
    # By kind: records that belong to others ("next", records.def) follow in the order of their owners' sections.
    for kind in KINDS:
        for o in spec.objects:
            if KIND_OF[type(o)] == kind and kind.section != "STRINGS":
                details[o.name] = writer.detail(o)
    for o in spec.objects:
        writer.row("OBJECTS", kind=KIND_NUMBER[KIND_OF[type(o)].name], name=writer.string(o.name),
                   detail=details.get(o.name, 0))
    return writer.image()


def read(data: bytes) -> Spec:
    """The Spec that the bytes say. Raises SpecError where they say none."""
    tables = _unpack(data)
    _Checker(tables).check()
    return _Reader(tables).spec()


@dataclass
class _Writer:
    index: dict[str, int]
    rows: dict[str, list[bytes]] = field(default_factory=lambda: {r.section: [] for r in RECORDS})
    strings: dict[str, int] = field(default_factory=dict)
    text: bytearray = field(default_factory=bytearray)

    def row(self, section: str, **values: int) -> int:
        record = RECORD_OF[section]
        for f in record.fields:
            if f.rule == "MAX" and not 0 <= values[f.name] <= int(f.argument, 0):
                raise SpecError(f"{record.name}: {f.name} {values[f.name]} is not 0 to {int(f.argument, 0)}")
        try:
            packed = record.layout.pack(*(values[f.name] for f in record.fields))
        except struct.error as error:
            raise SpecError(f"{record.name} {values}: {error}") from error
        assert len(values) == len(record.fields), (section, values)
        self.rows[section].append(packed)
        return len(self.rows[section]) - 1

    def string(self, text: str) -> int:
        if text not in self.strings:
            self.strings[text] = len(self.text)
            self.text += text.encode("ascii") + b"\0"
        return self.strings[text]

    def object(self, name: str) -> int:
        return self.index[name] if name else NONE

    def cap(self, cap: Cap | None) -> int:
        if cap is None:
            return NONE
        return self.row("CAPS", badge=cap.badge, guard=cap.guard, object=self.index[cap.object],
                        rights=letters_to_bits(cap.rights, RIGHTS) or 0, guard_bits=cap.guard_bits, reserved=0)

    def end(self, end: End | None) -> int:
        if end is None:
            return NONE
        return self.row("ENDS", base=end.base, vspace=self.index[end.vspace], cnode=self.index[end.cnode],
                        slot=end.slot, notification=self.cap(end.notification))

    def references(self, names: tuple[str, ...]) -> int:
        first = len(self.rows["REFERENCES"])
        for name in names:
            self.row("REFERENCES", object=self.index[name])
        return first

    def detail(self, o: Object) -> int:
        match o:
            case CNode():
                first = len(self.rows["SLOTS"])
                for slot, cap in o.slots:
                    self.row("SLOTS", slot=slot, cap=self.cap(cap))
                return self.row("CNODES", size_bits=o.size_bits, slots=first, slot_count=len(o.slots))
            case Frame():
                first = len(self.rows["FILLS"])
                for f in o.fill:
                    self.row("FILLS", file_offset=f.file_offset, file=self.string(f.file),
                             frame_offset=f.frame_offset, length=f.length, reserved=0)
                flags = BITS["FRAME_FIXED"] * (o.paddr is not None) | BITS["FRAME_DEVICE"] * o.device
                return self.row("FRAMES", paddr=o.paddr or 0, size_bits=o.size_bits, flags=flags, fills=first,
                                fill_count=len(o.fill))
            case VSpace():
                first, first_table = len(self.rows["MAPPINGS"]), len(self.rows["TABLES"])
                for m in o.mappings:
                    access = (letters_to_bits(m.rights, ACCESS) or 0) | BITS["MAP_UNCACHED"] * (not m.cached)
                    self.row("MAPPINGS", vaddr=m.vaddr, frame=self.index[m.frame], flags=access)
                for t in (*o.tables, *o.large_tables):
                    self.row("TABLES", vaddr=t)
                return self.row("VSPACES", mappings=first, mapping_count=len(o.mappings), tables=first_table,
                                table_count=len(o.tables), large_tables=first_table + len(o.tables),
                                large_table_count=len(o.large_tables))
            case SchedContext():
                return self.row("SCHED_CONTEXTS", budget_us=o.budget_us, period_us=o.period_us, badge=o.badge,
                                size_bits=o.size_bits, reserved=0)
            case Tcb():
                return self.row("TCBS", buffer_vaddr=o.buffer_vaddr, pc=o.pc, sp=o.sp, arg=o.arg,
                                cspace=self.cap(o.cspace), fault_endpoint=self.cap(o.fault_endpoint),
                                timeout_endpoint=self.cap(o.timeout_endpoint), vspace=self.object(o.vspace),
                                buffer_frame=self.object(o.buffer_frame),
                                bound_notification=self.object(o.bound_notification),
                                sched_context=self.object(o.sched_context), priority=o.priority, mcp=o.mcp,
                                flags=BITS["TCB_TIMER"] * o.timer, phase=o.phase, component=self.string(o.component))
            case Irq():
                return self.row("IRQS", number=o.number, edge=int(o.edge), notification=self.cap(o.notification))
            case Registry():
                return self.row("REGISTRIES", monitor=self.cap(o.monitor), interfaces=self.references(o.interfaces),
                                interface_count=len(o.interfaces))
            case Interface():
                first = len(self.rows["REGIONS"])
                for r in o.regions:
                    self.row("REGIONS", offset=r.offset, size_bits=r.size_bits, count=r.count,
                             kind=REGIONS.index(r.kind), reserved=0)
                return self.row("INTERFACES", id=o.id, version=o.version, instance=o.instance,
                                shared_header=int(o.shared_header), regions=first, region_count=len(o.regions),
                                code=self.references(o.code), code_count=len(o.code),
                                connections=self.references(o.connections), connection_count=len(o.connections),
                                provider=self.end(o.provider))
            case Connection():
                return self.row("CONNECTIONS", label=o.label, frames=self.references(o.frames),
                                frame_count=len(o.frames), client=self.end(o.client))
        raise AssertionError(type(o))

    def image(self) -> bytes:
        self.rows["STRINGS"] = [bytes((b,)) for b in self.text]
        body, directory = bytearray(), bytearray()
        for record in RECORDS:
            body += bytes(-(HEADER_BYTES + len(body)) % ALIGNMENT)
            directory += SECTION.pack(HEADER_BYTES + len(body), len(self.rows[record.section]))
            body += b"".join(self.rows[record.section])
        return HEADER.pack(CONSTANTS["MAGIC"], CONSTANTS["VERSION"], len(RECORDS), HEADER_BYTES + len(body)) \
            + bytes(directory) + bytes(body)


@dataclass(frozen=True)
class _Tables:
    rows: dict[str, list[Row]]
    text: bytes

    def string(self, offset: int) -> str:
        end = self.text.find(b"\0", offset, offset + CONSTANTS["STRING_MAX"] + 1)
        if end < 0:
            raise SpecError(f"string {offset} does not end")
        try:
            return self.text[offset:end].decode("ascii")
        except UnicodeDecodeError as error:
            raise SpecError(f"string {offset} is not ASCII") from error


def _unpack(data: bytes) -> _Tables:
    if len(data) < HEADER_BYTES:
        raise SpecError("shorter than its header")
    magic, version, sections, size = HEADER.unpack_from(data)
    if (magic, version, sections, size) != (CONSTANTS["MAGIC"], CONSTANTS["VERSION"], len(RECORDS), len(data)):
        raise SpecError("not a spec of this version and length")
    rows: dict[str, list[Row]] = {}
    text, end = b"", HEADER_BYTES
    for i, record in enumerate(RECORDS):
        offset, count = SECTION.unpack_from(data, HEADER.size + i * SECTION.size)
        if offset != end + -end % ALIGNMENT or count >= NONE or offset + count * record.layout.size > size:
            raise SpecError(f"section {record.section} is not inside, or not behind the one before")
        end = offset + count * record.layout.size
        if record.section == "STRINGS":
            text = data[offset:end]
        else:
            rows[record.section] = list(_rows(record, data[offset:end]))
    if end != size:
        raise SpecError("bytes behind the last section")
    return _Tables(rows, text)


def _rows(record: Record, data: bytes) -> Iterator[Row]:
    names = [f.name for f in record.fields]
    for values in record.layout.iter_unpack(data):
        yield dict(zip(names, values))


@dataclass
class _Checker:
    """The rules of records.def, row by row. `cursor` counts what is already owned in each section."""

    tables: _Tables
    cursor: dict[str, int] = field(default_factory=lambda: {r.section: 0 for r in RECORDS})

    def check(self) -> None:
        for record in RECORDS[:-1]:
            for i, row in enumerate(self.tables.rows[record.section]):
                for n, f in enumerate(record.fields):
                    count = row[record.fields[n + 1].name] if f.rule in ("LIST", "REFERENCES") else 0
                    if not self.field_is_right(f.rule, f.argument, row, row[f.name], count):
                        raise SpecError(f"{record.name} {i}: {f.name} {row[f.name]:#x} is wrong")
        for record in RECORDS[1:-1]:
            if self.cursor[record.section] != len(self.tables.rows[record.section]):
                raise SpecError(f"a {record.name} belongs to nothing")

    def take(self, section: str, first: int, count: int) -> bool:
        if first != self.cursor[section] or first + count > len(self.tables.rows[section]):
            return False
        self.cursor[section] += count
        return True

    def is_kind(self, index: int, kind: str) -> bool:
        objects = self.tables.rows["OBJECTS"]
        return index < len(objects) and (kind == "EVERY_KIND" or objects[index]["kind"] == KIND_NUMBER[kind])

    def is_cap(self, index: int, kind: str) -> bool:
        return self.take("CAPS", index, 1) and self.is_kind(self.tables.rows["CAPS"][index]["object"], kind)

    def field_is_right(self, rule: str, argument: str, row: Row, value: int, count: int) -> bool:
        match rule:
            case "MAX":
                return value <= int(argument, 0)
            case "STRING":
                return value < len(self.tables.text) and self.tables.string(value) is not None
            case "KIND":
                return value < len(KINDS)
            case "DETAIL":
                section = KINDS[row["kind"]].section
                return value == 0 if section == "STRINGS" else self.take(section, value, 1)
            case "OBJECT":
                return self.is_kind(value, argument)
            case "MAYBE":
                return value == NONE or self.is_kind(value, argument)
            case "CAP":
                return self.is_cap(value, argument)
            case "MAYBE_CAP":
                return value == NONE or self.is_cap(value, argument)
            case "MAYBE_END":
                return value == NONE or self.take("ENDS", value, 1)
            case "LIST":
                return self.take(argument, value, count)
            case "REFERENCES":
                return self.take("REFERENCES", value, count) and all(
                    self.is_kind(r["object"], argument) for r in self.tables.rows["REFERENCES"][value:value + count])
            case "ANY" | "COUNT":
                return True
        raise AssertionError(rule)


@dataclass
class _Reader:
    """Rows that were checked, as the model's objects."""

    tables: _Tables

    def spec(self) -> Spec:
        spec = Spec("aarch64", tuple(self.object(row) for row in self.tables.rows["OBJECTS"]))
        require(spec)
        return spec

    def name(self, index: int) -> str:
        return "" if index == NONE else self.tables.string(self.tables.rows["OBJECTS"][index]["name"])

    def list(self, section: str, row: Row, first: str, count: str) -> list[Row]:
        return self.tables.rows[section][row[first]:row[first] + row[count]]

    def names(self, row: Row, first: str, count: str) -> tuple[str, ...]:
        return tuple(self.name(r["object"]) for r in self.list("REFERENCES", row, first, count))

    def cap(self, index: int) -> Cap:
        row = self.tables.rows["CAPS"][index]
        return Cap(self.name(row["object"]), bits_to_letters(row["rights"], RIGHTS), row["badge"], row["guard"],
                   row["guard_bits"])

    def maybe_cap(self, index: int) -> Cap | None:
        return None if index == NONE else self.cap(index)

    def end(self, index: int) -> End | None:
        if index == NONE:
            return None
        row = self.tables.rows["ENDS"][index]
        return End(self.name(row["vspace"]), row["base"], self.name(row["cnode"]), row["slot"],
                   self.maybe_cap(row["notification"]))

    def object(self, o: Row) -> Object:
        name, kind = self.tables.string(o["name"]), KINDS[o["kind"]]
        if kind.section == "STRINGS":
            return kind.type(name)
        row = self.tables.rows[kind.section][o["detail"]]
        match kind.name:
            case "CNODE":
                return CNode(name, row["size_bits"], tuple((s["slot"], self.cap(s["cap"])) for s in
                                                          self.list("SLOTS", row, "slots", "slot_count")))
            case "FRAME":
                return self.frame(name, row)
            case "VSPACE":
                return VSpace(name, tuple(self.mapping(m) for m in
                                          self.list("MAPPINGS", row, "mappings", "mapping_count")),
                              tuple(t["vaddr"] for t in self.list("TABLES", row, "tables", "table_count")),
                              tuple(t["vaddr"] for t in self.list("TABLES", row, "large_tables", "large_table_count")))
            case "SCHED_CONTEXT":
                return SchedContext(name, row["size_bits"], row["budget_us"], row["period_us"], row["badge"])
            case "TCB":
                return self.tcb(name, row)
            case "IRQ":
                return Irq(name, row["number"], bool(row["edge"]), self.maybe_cap(row["notification"]))
            case "REGISTRY":
                return Registry(name, self.maybe_cap(row["monitor"]), self.names(row, "interfaces", "interface_count"))
            case "INTERFACE":
                return self.interface(name, row)
            case "CONNECTION":
                return Connection(name, row["label"], self.names(row, "frames", "frame_count"), self.end(row["client"]))
        raise AssertionError(kind.name)

    def frame(self, name: str, row: Row) -> Frame:
        fixed = bool(row["flags"] & BITS["FRAME_FIXED"])
        if row["paddr"] and not fixed:
            raise SpecError(f"{name}: a physical address that does not count")
        fill = tuple(Fill(self.tables.string(f["file"]), f["file_offset"], f["frame_offset"], f["length"])
                     for f in self.list("FILLS", row, "fills", "fill_count"))
        return Frame(name, row["size_bits"], row["paddr"] if fixed else None,
                     bool(row["flags"] & BITS["FRAME_DEVICE"]), fill)

    def mapping(self, row: Row) -> Mapping:
        return Mapping(row["vaddr"], self.name(row["frame"]), bits_to_letters(row["flags"], ACCESS),
                       not row["flags"] & BITS["MAP_UNCACHED"])

    def tcb(self, name: str, row: Row) -> Tcb:
        return Tcb(name, self.maybe_cap(row["cspace"]), self.name(row["vspace"]), self.name(row["buffer_frame"]),
                   row["buffer_vaddr"], self.maybe_cap(row["fault_endpoint"]), self.name(row["bound_notification"]),
                   self.name(row["sched_context"]), row["priority"], row["mcp"], row["pc"], row["sp"], row["arg"],
                   bool(row["flags"] & BITS["TCB_TIMER"]), row["phase"], self.tables.string(row["component"]),
                   self.maybe_cap(row["timeout_endpoint"]))

    def interface(self, name: str, row: Row) -> Interface:
        regions = tuple(Region(r["offset"], r["size_bits"], r["count"], REGIONS[r["kind"]])
                        for r in self.list("REGIONS", row, "regions", "region_count"))
        return Interface(name, row["id"], row["version"], row["instance"], regions, bool(row["shared_header"]),
                         self.names(row, "code", "code_count"), self.names(row, "connections", "connection_count"),
                         self.end(row["provider"]))
