# SPDX-License-Identifier: BSD-2-Clause
"""objects.def and records.def as data: the words and layouts that Python shares with the C reader."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from capdl import model

HERE = Path(__file__).parent
WIDTHS = {"u8": "B", "u32": "I", "u64": "Q"}


@dataclass(frozen=True)
class Kind:
    name: str
    word: str
    type: type[model.Object]
    section: str


@dataclass(frozen=True)
class Field:
    width: str
    name: str
    rule: str
    argument: str


@dataclass(frozen=True)
class Record:
    section: str
    name: str
    fields: tuple[Field, ...]

    @cached_property
    def layout(self) -> struct.Struct:
        return struct.Struct("<" + "".join(WIDTHS[f.width] for f in self.fields))


def _text(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (HERE / name).read_text(), flags=re.S)


def _kinds() -> tuple[Kind, ...]:
    rows = re.findall(r'^KIND\((\w+),\s*"([\w-]+)",\s*(\w+),\s*(\w+)\)', _text("objects.def"), re.M)
    return tuple(Kind(name, word, getattr(model, cls), section) for name, word, cls, section in rows)


def _records() -> tuple[Record, ...]:
    blocks = re.findall(r"^BEGIN\((\w+), (\w+)\)(.*?)^END", _text("records.def"), re.M | re.S)
    row = re.compile(r"FIELD\(\w+,\s*(\w+),\s*(\w+),\s*(\w+),\s*(\w+)\)")
    return tuple(Record(section, name, tuple(Field(*f) for f in row.findall(body))) for section, name, body in blocks)


KINDS = _kinds()
KIND_OF = {k.type: k for k in KINDS}
REGIONS: tuple[str, ...] = tuple(re.findall(r'^REGION\(\w+,\s*"([\w-]+)"\)', _text("objects.def"), re.M))
NAMES = dict(re.findall(r'^NAME\((\w+),\s*"([\w.]+)"\)', _text("objects.def"), re.M))
BITS = {name: int(value) for name, value in re.findall(r"^BIT\((\w+),\s*(\d+)\)", _text("objects.def"), re.M)}
CONSTANTS = {name: int(value, 0) for name, value in re.findall(r"^CONSTANT\((\w+),\s*(\w+)\)", _text("records.def"), re.M)}
RECORDS = _records()
RIGHTS = (("r", BITS["RIGHT_READ"]), ("w", BITS["RIGHT_WRITE"]), ("g", BITS["RIGHT_GRANT"]), ("p", BITS["RIGHT_GRANT_REPLY"]))
ACCESS = (("r", BITS["MAP_READ"]), ("w", BITS["MAP_WRITE"]), ("x", BITS["MAP_EXECUTE"]))


def letters_to_bits(letters: str, table: tuple[tuple[str, int], ...]) -> int | None:
    """None unless letters are some of the table's, each once, in its order."""
    bits, rest = 0, letters
    for letter, bit in table:
        if rest.startswith(letter):
            bits, rest = bits | bit, rest[1:]
    return None if rest else bits


def bits_to_letters(bits: int, table: tuple[tuple[str, int], ...]) -> str:
    return "".join(letter for letter, bit in table if bits & bit)
