# SPDX-License-Identifier: BSD-2-Clause
"""One line of the text form as tokens with columns, taken from the left."""

from __future__ import annotations

import re
from dataclasses import dataclass


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


@dataclass(frozen=True)
class Token:
    kind: str           # a group of TOKEN, or "end"
    text: str
    at: Place

    def __str__(self) -> str:
        return "the end of the line" if self.kind == "end" else f"'{self.text}'"


TOKEN = re.compile(r"""
    (?P<cause>--(?=[ \t]|$).*)
  | (?P<number>0x[0-9a-fA-F]+\b|[0-9]+\b)
  | (?P<name>[A-Za-z][A-Za-z0-9_.@/\#-]*)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<mark>[=(){},:])
""", re.X)


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
        return int(self.take("number", wanted).text, 0)

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
    column, cause = 0, ""
    while column < len(text):
        if text[column] in " \t":
            column += 1
            continue
        at = Place(file, number, column + 1)
        found = TOKEN.match(text, column)
        if not found:
            raise TextError(at, "a string that does not end" if text[column] == '"' else
                            f"{text[column]!r} begins nothing that belongs here")
        if found.lastgroup == "cause":
            cause = found.group()[2:].strip()
            return Line(tokens, cause, Token("end", "", at))
        tokens.append(Token(found.lastgroup or "", found.group(), at))
        column = found.end()
    return Line(tokens, cause, Token("end", "", Place(file, number, len(text) + 1)))
