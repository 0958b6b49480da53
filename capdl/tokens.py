# SPDX-License-Identifier: BSD-2-Clause
"""One line of the text form as tokens with columns, taken from the left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, order=True)
class Place:
    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class TextError(Exception):
    """A mistake in the text: where and what."""

    def __init__(self, at: Place, what: str) -> None:
        super().__init__(f"{at}: error: {what}")
        self.at = at
        self.what = what


class Token(NamedTuple):
    kind: str           # a group of TOKEN, or "end"
    text: str
    file: str
    line: int
    column: int

    @property
    def at(self) -> Place:
        return Place(self.file, self.line, self.column)

    def __str__(self) -> str:
        return "the end of the line" if self.kind == "end" else f"'{self.text}'"


TOKEN = re.compile(r"""[ \t]*(?:
    (?P<cause>--(?=[ \t]|$).*)
  | (?P<number>0x[0-9a-fA-F]+\b|[0-9]+\b)
  | (?P<name>[A-Za-z][A-Za-z0-9_.@/\#-]*)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<mark>[=(){},:])
  | (?P<end>$)
)""", re.X)


@dataclass
class Line:
    """What is left of one line. `cause` is what stands behind its `--`."""

    tokens: list[Token]
    cause: str
    end: Token

    def peek(self) -> Token:
        return self.tokens[0] if self.tokens else self.end

    def at_end(self) -> bool:
        return not self.tokens

    def take(self, kind: str, wanted: str) -> Token:
        token = self.peek()
        if token.kind != kind:
            raise TextError(token.at, f"{wanted} expected, not {token}")
        self.tokens.pop(0)
        return token

    def name(self, wanted: str) -> Token:
        return self.take("name", wanted)

    def number(self, wanted: str) -> int:
        text = self.take("number", wanted).text
        return int(text, 16 if text.startswith("0x") else 10)

    def string(self, wanted: str) -> str:
        return re.sub(r"\\(.)", r"\1", self.take("string", wanted).text[1:-1])

    def mark(self, mark: str) -> None:
        token = self.peek()
        if token.kind != "mark" or token.text != mark:
            raise TextError(token.at, f"'{mark}' expected, not {token}")
        self.tokens.pop(0)

    def try_mark(self, mark: str) -> bool:
        found = self.peek().kind == "mark" and self.peek().text == mark
        if found:
            self.tokens.pop(0)
        return found

    def finish(self, may_have_cause: bool = False) -> None:
        token = self.peek()
        if token.kind != "end":
            raise TextError(token.at, f"the end of the line expected, not {token}")
        if self.cause and not may_have_cause:
            raise TextError(token.at, "only a capability or a mapping has a cause")


def split(text: str, file: str, number: int) -> Line:
    tokens: list[Token] = []
    position = 0
    while True:
        found = TOKEN.match(text, position)
        if not found:
            at = position + len(text[position:]) - len(text[position:].lstrip(" \t"))
            raise TextError(Place(file, number, at + 1), "a string that does not end" if text[at] == '"' else
                            f"{text[at]!r} begins nothing that belongs here")
        kind = found.lastgroup or ""
        token = Token(kind, found[kind], file, number, found.start(kind) + 1)
        if kind in ("cause", "end"):
            return Line(tokens, token.text[2:].strip(), Token("end", "", file, number, token.column))
        tokens.append(token)
        position = found.end()
