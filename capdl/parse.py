# SPDX-License-Identifier: BSD-2-Clause
"""Reads the text form, a line at a time: heads of objects, and the entries between their braces.

Every name of another object is remembered with its place, so that an unknown one is reported where it stands; every
other rule (rules.py) is reported at the head of the object that breaks it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from capdl.model import (Cap, CNode, Connection, End, Fill, Frame, Interface, Irq, Mapping, Object, Region, Registry,
                         SchedContext, Spec, Tcb, VSpace)
from capdl.rules import problems
from capdl.tables import ACCESS, KINDS, REGIONS, RIGHTS, letters_to_bits
from capdl.tokens import Line, Place, TextError, Token, split

KIND_WORD = {k.word: k for k in KINDS}


@dataclass(frozen=True)
class Attributes:
    """What stands in parentheses: numbers and names by key, flags, and the one word of letters."""

    at: Place
    values: dict[str, int | str]
    flags: frozenset[str]
    letters: str = ""

    def number(self, key: str, default: int | None = None) -> int:
        value = self.values.get(key, default)
        if not isinstance(value, int):
            raise TextError(self.at, f"'{key}: NUMBER' is missing")
        return value


@dataclass
class Entries:
    """The lines of one object, sorted by what they are."""

    numbered: list[tuple[int, Cap]] = field(default_factory=list)
    mappings: list[Mapping] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    large_tables: list[int] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)
    caps: dict[str, Cap] = field(default_factory=dict)
    buffer: tuple[int, str] = (0, "")
    end: tuple[int, str, str, int] | None = None

    def one(self, key: str) -> str:
        return self.names.get(key, [""])[0]

    def many(self, key: str) -> tuple[str, ...]:
        return tuple(self.names.get(key, []))

    def fixed_end(self) -> End | None:
        if self.end is None:
            return None
        base, vspace, cnode, slot = self.end
        return End(vspace, base, cnode, slot, self.caps.get("notification"))


@dataclass
class Parser:
    file: str
    objects: list[Object] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    references: list[Token] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)      # still to read, last first
    last: Place = Place("", 1, 1)                                   # the end of the text

    def reference(self, line: Line, wanted: str) -> str:
        token = line.name(wanted)
        self.references.append(token)
        return token.text

    # Attributes

    def attributes(self, line: Line, values: dict[str, str], flags: tuple[str, ...] = (),
                   letters: bool = False) -> Attributes:
        """`values` maps each key that may come to what follows it: "number" or "name"."""
        at, word = line.peek().at, ""
        found: dict[str, int | str] = {}
        seen: set[str] = set()
        if line.try_mark("("):
            while True:
                key = line.name("an attribute")
                if key.text in found or key.text in seen:
                    raise TextError(key.at, f"'{key.text}' is here twice")
                if key.text in values:
                    line.mark(":")
                    number = values[key.text] == "number"
                    found[key.text] = line.number("a number") if number else line.name("a name").text
                elif key.text in flags:
                    seen.add(key.text)
                elif letters and not word and not found:
                    word = self.letters(key, flags)
                else:
                    raise TextError(key.at, f"unknown attribute '{key.text}'")
                if not line.try_mark(","):
                    break
            line.mark(")")
        return Attributes(at, found, frozenset(seen), word)

    def letters(self, key: Token, flags: tuple[str, ...]) -> str:
        table = ACCESS if "uncached" in flags else RIGHTS
        if letters_to_bits(key.text, table) is None:
            raise TextError(key.at, f"'{key.text}' is not some of {' '.join(name for name, _ in table)}, in this order")
        return key.text

    def cap(self, line: Line) -> Cap:
        line.mark(":")
        name = self.reference(line, "an object")
        a = self.attributes(line, {"badge": "number", "guard": "number", "guard-bits": "number"}, letters=True)
        line.finish(may_have_cause=True)
        return Cap(name, a.letters, a.number("badge", 0), a.number("guard", 0), a.number("guard-bits", 0), line.cause)

    # Entries: each takes the rest of its line

    def slot(self, line: Line, e: Entries) -> None:
        e.numbered.append((line.number("a slot"), self.cap(line)))

    def mapping(self, line: Line, e: Entries) -> None:
        vaddr = line.number("an address")
        line.mark(":")
        frame = self.reference(line, "a frame")
        a = self.attributes(line, {}, ("uncached",), letters=True)
        line.finish(may_have_cause=True)
        e.mappings.append(Mapping(vaddr, frame, a.letters, "uncached" not in a.flags, line.cause))

    def entry_fill(self, line: Line, e: Entries) -> None:
        offset = line.number("an offset in the frame")
        line.mark(":")
        file = line.string("a file's name in quotes")
        e.fills.append(Fill(file, line.number("an offset in the file"), offset, line.number("a length")))
        line.finish()

    def entry_table(self, line: Line, e: Entries) -> None:
        line.mark(":")
        vaddr = line.number("an address")
        large = "large" in self.attributes(line, {}, ("large",)).flags
        (e.large_tables if large else e.tables).append(vaddr)
        line.finish()

    def entry_region(self, line: Line, e: Entries) -> None:
        offset = line.number("an offset")
        line.mark(":")
        kind = line.name("a kind of region")
        if kind.text not in REGIONS:
            raise TextError(kind.at, f"unknown kind of region '{kind.text}': {', '.join(REGIONS)}")
        a = self.attributes(line, {"bits": "number", "count": "number"})
        line.finish()
        e.regions.append(Region(offset, a.number("bits"), a.number("count"), kind.text))

    def entry_buffer(self, line: Line, e: Entries) -> None:
        vaddr = line.number("an address")
        line.mark(":")
        e.buffer = (vaddr, self.reference(line, "a frame"))
        line.finish()

    def entry_end(self, line: Line, e: Entries) -> None:
        base = line.number("an address")
        line.mark(":")
        vspace, cnode = self.reference(line, "a vspace"), self.reference(line, "a cnode")
        e.end = (base, vspace, cnode, line.number("a slot"))
        line.finish()

    # Objects

    def cnode(self, name: str, head: Line) -> Object:
        a = self.attributes(head, {"bits": "number"})
        e = self.body(head, numbered=self.slot)
        return CNode(name, a.number("bits"), tuple(sorted(e.numbered, key=lambda slot: slot[0])))

    def frame(self, name: str, head: Line) -> Object:
        a = self.attributes(head, {"bits": "number", "paddr": "number"}, ("device",))
        e = self.body(head, others={"fill": self.entry_fill})
        paddr = a.number("paddr") if "paddr" in a.values else None
        return Frame(name, a.number("bits"), paddr, "device" in a.flags, tuple(e.fills))

    def vspace(self, name: str, head: Line) -> Object:
        e = self.body(head, numbered=self.mapping, others={"table": self.entry_table}, repeated=("table",))
        return VSpace(name, tuple(sorted(e.mappings, key=lambda m: m.vaddr)), tuple(sorted(e.tables)),
                      tuple(sorted(e.large_tables)))

    def sched_context(self, name: str, head: Line) -> Object:
        a = self.attributes(head, dict.fromkeys(("bits", "budget", "period", "badge"), "number"))
        self.body(head)
        return SchedContext(name, a.number("bits"), a.number("budget"), a.number("period"), a.number("badge", 0))

    def tcb(self, name: str, head: Line) -> Object:
        numbers = dict.fromkeys(("phase", "priority", "mcp", "pc", "sp", "arg"), "number")
        a = self.attributes(head, numbers | {"component": "name"}, ("timer",))
        e = self.body(head, caps=("cspace", "fault-endpoint", "timeout-endpoint"),
                      names=("vspace", "notification", "sched-context"), others={"buffer": self.entry_buffer})
        return Tcb(name, e.caps.get("cspace"), e.one("vspace"), e.buffer[1], e.buffer[0], e.caps.get("fault-endpoint"),
                   e.one("notification"), e.one("sched-context"), a.number("priority"), a.number("mcp"), a.number("pc"),
                   a.number("sp"), a.number("arg", 0), "timer" in a.flags, a.number("phase", 1),
                   str(a.values.get("component", "")), e.caps.get("timeout-endpoint"))

    def irq(self, name: str, head: Line) -> Object:
        a = self.attributes(head, {"number": "number"}, ("edge",))
        e = self.body(head, caps=("notification",))
        return Irq(name, a.number("number"), "edge" in a.flags, e.caps.get("notification"))

    def registry(self, name: str, head: Line) -> Object:
        e = self.body(head, caps=("monitor",), names=("interface",), repeated=("interface",))
        return Registry(name, e.caps.get("monitor"), e.many("interface"))

    def interface(self, name: str, head: Line) -> Object:
        a = self.attributes(head, dict.fromkeys(("id", "version", "instance"), "number"), ("shared-header",))
        e = self.body(head, caps=("notification",), names=("code", "connection"), repeated=("code", "connection", "region"),
                      others={"region": self.entry_region, "provider": self.entry_end})
        return Interface(name, a.number("id"), a.number("version"), a.number("instance", 0), tuple(e.regions),
                         "shared-header" in a.flags, e.many("code"), e.many("connection"), e.fixed_end())

    def connection(self, name: str, head: Line) -> Object:
        a = self.attributes(head, {"label": "number"})
        e = self.body(head, caps=("notification",), names=("frame",), repeated=("frame",),
                      others={"client": self.entry_end})
        return Connection(name, a.number("label"), e.many("frame"), e.fixed_end())

    # Structure

    def body(self, head: Line, numbered: Callable[[Line, Entries], None] | None = None, caps: tuple[str, ...] = (),
             names: tuple[str, ...] = (), others: dict[str, Callable[[Line, Entries], None]] | None = None,
             repeated: tuple[str, ...] = ("fill",)) -> Entries:
        """The entries between the braces, if the head opens them: those that begin with a number, and those that begin
        with a word, each word once unless `repeated`."""
        entries, seen = Entries(), set()
        if not head.try_mark("{"):
            head.finish()
            return entries
        head.finish()
        while not (line := self.line(inside=True)).try_mark("}"):
            if numbered and line.peek().kind == "number":
                numbered(line, entries)
                continue
            key = line.name("an entry or '}'")
            if key.text in seen and key.text not in repeated:
                raise TextError(key.at, f"'{key.text}' is here twice")
            seen.add(key.text)
            if key.text in caps:
                entries.caps[key.text] = self.cap(line)
            elif key.text in names:
                line.mark(":")
                entries.names.setdefault(key.text, []).append(self.reference(line, "an object"))
                line.finish()
            elif others and key.text in others:
                others[key.text](line, entries)
            else:
                raise TextError(key.at, f"unknown entry '{key.text}'")
        if "notification" in entries.caps and others and entries.end is None:
            raise TextError(line.end.at, "a notification without the end that signals it")
        line.finish()
        return entries

    def line(self, inside: bool) -> Line:
        """The next line that says something; an empty one at the end of the text."""
        while self.lines:
            number, text = self.lines.pop()
            line = split(text, self.file, number)
            if not line.at_end():
                return line
        if inside:
            raise TextError(self.last, "'}' expected, not the end of the text")
        return Line([], "", Token("end", "", self.last.file, self.last.line, self.last.column))

    def spec(self, text: str) -> Spec:
        numbered = list(enumerate(text.split("\n"), 1))
        self.lines, self.last = numbered[::-1], Place(self.file, len(numbered), len(numbered[-1][1]) + 1)
        head = self.line(inside=False)
        if head.name("'capdl'").text != "capdl":
            raise TextError(Place(self.file, head.end.at.line, 1), "the first line is 'capdl ARCHITECTURE'")
        arch = head.name("an architecture")
        head.finish()
        if arch.text != "aarch64":
            raise TextError(arch.at, f"unknown architecture '{arch.text}'")
        while not (line := self.line(inside=False)).at_end():
            self.object(line)
        return self.checked(Spec(arch.text, tuple(sorted(self.objects, key=lambda o: o.name))))

    def object(self, line: Line) -> None:
        name = line.name("an object's name")
        if name.text in self.places:
            raise TextError(name.at, f"'{name.text}' is already at {self.places[name.text]}")
        self.places[name.text] = name.at
        line.mark("=")
        word = line.name("a kind of object")
        kind = KIND_WORD.get(word.text)
        if kind is None:
            raise TextError(word.at, f"unknown kind of object '{word.text}'")
        if kind.section == "STRINGS":
            self.body(line)
            self.objects.append(kind.type(name.text))
        else:
            parsers: dict[str, Callable[[str, Line], Object]] = {
                "CNODE": self.cnode, "FRAME": self.frame, "VSPACE": self.vspace, "SCHED_CONTEXT": self.sched_context,
                "TCB": self.tcb, "IRQ": self.irq, "REGISTRY": self.registry, "INTERFACE": self.interface,
                "CONNECTION": self.connection}
            self.objects.append(parsers[kind.name](name.text, line))

    def checked(self, spec: Spec) -> Spec:
        for token in self.references:
            if token.text not in self.places:
                raise TextError(token.at, f"'{token.text}' is no object")
        for problem in problems(spec):
            raise TextError(self.places[problem.object], problem.what)
        return spec


def parse(text: str, filename: str) -> Spec:
    """The Spec that text says, or TextError at its first mistake."""
    return Parser(filename).spec(text)
