# SPDX-License-Identifier: BSD-2-Clause
"""Faults as people make them, one to a line of C: what each operator makes of a line, and where functions begin.

The kernel's style does half of the parsing: a function's head begins in column 0, a statement has a line of its own, binary
operators stand between blanks. Comments, assertions and declarations are left alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Mutant:
    file: str               # from the root
    line: int
    function: str
    operator: str
    old: str
    new: str
    around: str             # the function's text, hashed, and the line's place in it

    @property
    def key(self) -> str:
        """The same as long as the function does not change."""
        return hashlib.sha256("\0".join((self.file, self.around, self.new)).encode()).hexdigest()[:20]

    @property
    def name(self) -> str:
        return f"{self.file}:{self.line} {self.function}: {self.operator}"

    def text(self, root: Path) -> str:
        lines = (root / self.file).read_text().split("\n")
        assert lines[self.line - 1] == self.old
        lines[self.line - 1] = self.new
        return "\n".join(lines)


@dataclass(frozen=True)
class Line:
    """Code without its comment, and what stands on the next line."""

    code: str
    next: str


def _each(pattern: str, becomes: Callable[[re.Match[str]], str]) -> Callable[[Line], Iterator[str]]:
    compiled = re.compile(pattern)

    def apply(line: Line) -> Iterator[str]:
        for match in compiled.finditer(line.code):
            yield line.code[:match.start()] + becomes(match) + line.code[match.end():]

    return apply


def _table(table: dict[str, str], pattern: str) -> Callable[[Line], Iterator[str]]:
    return _each(pattern, lambda match: table[match.group()])


COMPARISONS = {"==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">"}
LOGIC = {"&&": "||", "||": "&&"}
BITS = {"&": "|", "|": "&"}
RIGHTS = {"RIGHT_WRITE": "RIGHT_READ", "RIGHT_READ": "RIGHT_WRITE", "RIGHT_GRANT": "RIGHT_WRITE",
          "RIGHT_GRANT_REPLY": "RIGHT_GRANT", "RIGHT_ALL": "RIGHT_READ"}
TRUTH = {"true": "false", "false": "true"}
STEPS = {"+ 1": "+ 2", "- 1": "- 2"}
IF = re.compile(r"^(\s*(?:\} else )?(?:else )?if )\((.*)\)( \{)?$")
STATEMENT = re.compile(r"^\s+(?:[\w>.\[\]*&()-]+ (?:\||&|\+|-|<<|>>)?= .*|\(?\*?[\w>.\[\]()-]+(?:\+\+|--)|(?:\(void\) ?)?\w+\(.*\)|\+\+.*|--.*);$")
NOT_DELETED = re.compile(r"^\s*(return|break|continue|goto|assert|else|if|for|while|switch|case)\b")


def _negated(line: Line) -> Iterator[str]:
    if match := IF.match(line.code):
        yield f"{match[1]}(!({match[2]})){match[3] or ''}"


def _dropped(line: Line) -> Iterator[str]:
    """A check whose refusal follows it."""
    if (match := IF.match(line.code)) and re.match(r"\s*(return|break|continue)\b", line.next):
        yield f"{match[1]}(false && ({match[2]})){match[3] or ''}"


def _deleted(line: Line) -> Iterator[str]:
    if STATEMENT.match(line.code) and not NOT_DELETED.match(line.code):
        yield re.match(r"\s*", line.code)[0] + ";"      # type: ignore[index]


def _wrong_error(match: re.Match[str]) -> str:
    return "seL4_InvalidArgument" if match.group() == "seL4_IllegalOperation" else "seL4_IllegalOperation"


OPERATORS: dict[str, Callable[[Line], Iterator[str]]] = {
    "comparison swapped": _table(COMPARISONS, r"(?<= )([=!<>]=|[<>])(?= )"),
    "condition negated": _negated,
    "check dropped": _dropped,
    "and for or": _table(LOGIC, r"(?<= )(&&|\|\|)(?= )"),
    "bits and for or": _table(BITS, r"(?<=[\w)] )[&|](?= )"),
    "off by one": _table(STEPS, r"[+-] 1\b"),
    "number changed": _each(r"(?<![\w.<>] )(?<![\w.])([0-9]|[1-9][0-9])(?=u?l?l?\b)(?!x)", lambda match: str(int(match[1]) + 1)),
    "wrong right": _table(RIGHTS, r"RIGHT_[A-Z_]+"),
    "truth swapped": _table(TRUTH, r"\b(true|false)\b"),
    "not removed": _each(r"(?<![\w!])!(?=[\w(])", lambda match: ""),
    "statement deleted": _deleted,
    "wrong error": _each(r"seL4_[A-Z]\w+(?=[;)])(?<!seL4_NoError)", _wrong_error),
    "error ignored": _each(r"return error;", lambda match: "return seL4_NoError;"),
}

HEAD = re.compile(r"^(?:[A-Z]+ )?[a-z][^;=]*?\b(\w+)\([^;]*$")       # perhaps behind a section's name
NO_FAULTS = re.compile(r"^\s*(\*|//|#|assert\(|case\b|default:|\}|\{)|_Static_assert")


def _code(line: str) -> str:
    return re.split(r"\s*/\*", line, maxsplit=1)[0].rstrip()


def mutants(root: Path, file: str) -> Iterator[Mutant]:
    """All faults that the operators can plant into the file's functions."""
    lines = (root / file).read_text().split("\n")
    function = ""
    for n, line in enumerate(lines):
        if head := HEAD.match(line):
            function = head[1]
        if line == "{":
            end = lines.index("}", n)
            yield from _of_function(file, function, n + 1, lines[n + 1:end])


def _of_function(file: str, function: str, first: int, body: list[str]) -> Iterator[Mutant]:
    text = hashlib.sha256("\n".join(body).encode()).hexdigest()
    comment = False
    for n, line in enumerate(body):
        if comment or line.lstrip().startswith("/*"):
            comment = "*/" not in line
        elif not NO_FAULTS.match(line):
            for operator, new in _of_line(line, body[n + 1] if n + 1 < len(body) else ""):
                yield Mutant(file, first + n + 1, function, operator, line, new, f"{function} {text} {n}")


def _of_line(line: str, after: str) -> Iterator[tuple[str, str]]:
    code = _code(line)
    seen = {code}
    for name, operator in OPERATORS.items():
        for new in operator(Line(code, after)):
            if new not in seen:
                seen.add(new)
                yield name, new + line[len(code):]
