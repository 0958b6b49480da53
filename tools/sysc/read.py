# SPDX-License-Identifier: BSD-2-Clause
"""Nodes to values, one key at a time: what a key may hold, said once, and a mistake noted wherever a file holds
something else. Reading goes on after a mistake, with a stand-in, so that one run finds all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from sysc.load import Mapping, Node, Scalar, Sequence
from sysc.model import InterfaceRef, Name
from sysc.source import Location, Note, SourceError, did_you_mean

NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
DEVICE = re.compile(r"[a-z][a-z0-9_-]{0,30}")
FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")
REF = re.compile(r"([a-z][a-z0-9-]{0,30})@([1-9][0-9]{0,4})")
QUANTITY = re.compile(r"([0-9]+)\s*([A-Za-z]*)")
SIZES = {"": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
TIMES = {"us": 1, "ms": 1000, "s": 1000000}

T = TypeVar("T")


class Fields:
    """One mapping's keys. Each is asked for by name; `finish` then says which were never asked for."""

    def __init__(self, node: Node, what: str, mistakes: list[SourceError]) -> None:
        self.node, self.what, self.mistakes = node, what, mistakes
        self.values: dict[str, tuple[Scalar, Node]] = {}
        self.known: list[str] = []
        self.unread: set[str] = set()       # keys whose value is not what belongs there
        for key, value in entries(node, what, "key", mistakes):
            self.values[key.text] = (key, value)

    def get(self, key: str) -> Node | None:
        self.known.append(key)
        return self.values[key][1] if key in self.values else None

    def key_at(self, key: str) -> Location:
        return self.values[key][0].at if key in self.values else self.node.at

    def need(self, key: str) -> Node | None:
        node = self.get(key)
        if node is None and isinstance(self.node, Mapping):
            self.mistakes.append(SourceError(self.node.at, "E005", f"{self.what} has no '{key}'"))
        return node

    def read(self, key: str, how: Callable[[Node, str, list[SourceError]], T | None], otherwise: T) -> T:
        node = self.get(key)
        before = len(self.mistakes)
        value = how(node, key, self.mistakes) if node is not None else None
        if len(self.mistakes) > before:
            self.unread.add(key)
        return otherwise if value is None else value

    def finish(self) -> None:
        for key, (scalar, _) in self.values.items():
            if key not in self.known:
                self.mistakes.append(SourceError(scalar.at, "E003", f"unknown key '{key}' in {self.what}",
                                                 did_you_mean(key, self.known)))

    def places(self) -> dict[str, Location]:
        return {key: value.at if isinstance(value, Scalar) else scalar.at for key, (scalar, value) in self.values.items()}


def shape(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    assert isinstance(node, Scalar)
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return f"the truth value '{node.text}'"
    if isinstance(node.value, int):
        return f"the number {node.text}"
    return f"the number '{node.text}'" if isinstance(node.value, float) else f"the text '{node.text}'"


def wrong(node: Node, key: str, want: str, mistakes: list[SourceError], hint: str = "") -> None:
    mistakes.append(SourceError(node.at, "E004", f"'{key}' is {shape(node)}, where {want} belongs", hint))


def entries(node: Node, what: str, noun: str, mistakes: list[SourceError], code: str = "E002") -> list[tuple[Scalar, Node]]:
    """The entries of a mapping, each key once: the first one counts."""
    if not isinstance(node, Mapping):
        if not (isinstance(node, Scalar) and node.value is None):
            mistakes.append(SourceError(node.at, "E004", f"{what} is {shape(node)}, where a mapping (name: value) belongs"))
        return []
    first: dict[str, Scalar] = {}
    for key, _ in node.entries:
        if key.text in first:
            mistakes.append(SourceError(key.at, code, f"{noun} '{key.text}' stands twice in {what}", "give one of them another name"
                                        if code == "E011" else "remove one of them",
                                        (Note(first[key.text].at, "first here"),)))
        first.setdefault(key.text, key)
    return [(k, v) for k, v in node.entries if first[k.text] is k]


def items(node: Node, key: str, mistakes: list[SourceError]) -> tuple[Node, ...]:
    """The items of a list; one alone may stand without brackets."""
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Mapping):
        wrong(node, key, "a list", mistakes)
        return ()
    assert isinstance(node, Scalar)
    return () if node.value is None else (node,)


def text(node: Node, key: str, mistakes: list[SourceError]) -> Scalar | None:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return node
    wrong(node, key, "a text", mistakes)
    return None


def name(node: Node, key: str, mistakes: list[SourceError]) -> Name | None:
    """A name: a small letter, then small letters, digits and hyphens, at most 31 in all."""
    scalar = text(node, key, mistakes)
    if scalar is None:
        return None
    if not NAME.fullmatch(scalar.text):
        mistakes.append(SourceError(scalar.at, "E006", f"'{scalar.text}' cannot be a name",
                                    "a small letter, then small letters, digits and '-', at most 31 in all"))
        return None
    return Name(scalar.text, scalar.at)


def file_name(node: Node, key: str, mistakes: list[SourceError]) -> Name | None:
    """The name of a build target."""
    scalar = text(node, key, mistakes)
    if scalar is None:
        return None
    if not FILE_NAME.fullmatch(scalar.text):
        mistakes.append(SourceError(scalar.at, "E006", f"'{scalar.text}' cannot be a target's name"))
        return None
    return Name(scalar.text, scalar.at)


def device(node: Node, key: str, mistakes: list[SourceError]) -> Name | None:
    """The name of a device, as the platform's table writes it."""
    scalar = text(node, key, mistakes)
    if scalar is None:
        return None
    if not DEVICE.fullmatch(scalar.text):
        mistakes.append(SourceError(scalar.at, "E006", f"'{scalar.text}' cannot be a device's name"))
        return None
    return Name(scalar.text, scalar.at)


def devices(node: Node, key: str, mistakes: list[SourceError]) -> tuple[Name, ...]:
    found = [device(item, key, mistakes) for item in items(node, key, mistakes)]
    return once((n for n in found if n is not None), lambda n: n.text, key, mistakes)


def names(node: Node, key: str, mistakes: list[SourceError]) -> tuple[Name, ...]:
    found = [name(item, key, mistakes) for item in items(node, key, mistakes)]
    return once((n for n in found if n is not None), lambda n: n.text, key, mistakes)


def once(found: Iterable[T], text_of: Callable[[T], str], key: str, mistakes: list[SourceError]) -> tuple[T, ...]:
    """A list's entries, each once."""
    first: dict[str, T] = {}
    for value in found:
        label = text_of(value)
        if label in first:
            mistakes.append(SourceError(getattr(value, "at"), "E002", f"'{label}' stands twice in '{key}'", "remove one of them",
                                        (Note(getattr(first[label], "at"), "first here"),)))
        first.setdefault(label, value)
    return tuple(first.values())


def ref(node: Node, key: str, mistakes: list[SourceError]) -> InterfaceRef | None:
    scalar = text(node, key, mistakes)
    if scalar is None:
        return None
    match = REF.fullmatch(scalar.text)
    if not match or int(match[2]) > 65535:
        mistakes.append(SourceError(scalar.at, "E006", f"'{scalar.text}' does not name a version of an interface",
                                    "write NAME@VERSION, as in log@1; a version is 1 to 65535"))
        return None
    return InterfaceRef(match[1], int(match[2]), scalar.at)


def refs(node: Node, key: str, mistakes: list[SourceError]) -> tuple[InterfaceRef, ...]:
    found = [ref(item, key, mistakes) for item in items(node, key, mistakes)]
    return once((r for r in found if r is not None), str, key, mistakes)


def number(node: Node, key: str, mistakes: list[SourceError]) -> int | None:
    if isinstance(node, Scalar) and isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    wrong(node, key, "a whole number", mistakes)
    return None


def boolean(node: Node, key: str, mistakes: list[SourceError]) -> bool | None:
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    wrong(node, key, "true or false", mistakes)
    return None


def size(node: Node, key: str, mistakes: list[SourceError]) -> int | None:
    """Bytes: 4096, 16 KiB, 2 MiB."""
    return _quantity(node, key, "a size", SIZES, "write 4096, 16 KiB or 2 MiB", mistakes)


def duration(node: Node, key: str, mistakes: list[SourceError]) -> int | None:
    """Microseconds: 500us, 4ms, 1s."""
    return _quantity(node, key, "a time", TIMES, "write 500us, 4ms or 1s", mistakes)


def _quantity(node: Node, key: str, want: str, units: dict[str, int], hint: str, mistakes: list[SourceError]) -> int | None:
    if not isinstance(node, Scalar) or isinstance(node.value, (bool, float)) or node.value is None:
        wrong(node, key, want, mistakes, hint)
        return None
    match = QUANTITY.fullmatch(node.text.strip())
    if not match or match[2] not in units or len(match[1]) > 15:
        if isinstance(node.value, str) and not node.text[:1].isdigit():
            wrong(node, key, want, mistakes, hint)
        else:
            mistakes.append(SourceError(node.at, "E006", f"'{key}' is '{node.text}', which is not {want}", hint))
        return None
    return int(match[1]) * units[match[2]]
