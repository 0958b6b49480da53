# SPDX-License-Identifier: BSD-2-Clause
"""Text to nodes: YAML in, a tree out in which every key and value knows its place. Nothing is judged here but the
YAML itself; a mapping keeps a key that stands twice, so that whoever reads it can say what it names."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import yaml

from sysc.source import Location, Note, SourceError, in_order

MAX_DEPTH = 40          # of nesting; a description needs five
MAX_NODES = 100000      # of one file, with every alias written out


@dataclass(frozen=True)
class Node:
    at: Location


@dataclass(frozen=True)
class Scalar(Node):
    """`text` as written; `value` as YAML understands it."""

    text: str
    value: str | int | float | bool | None


@dataclass(frozen=True)
class Sequence(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True)
class Mapping(Node):
    entries: tuple[tuple[Scalar, Node], ...]        # in the file's order


@dataclass(frozen=True)
class Sources:
    """Reads files and names them as people know them: relative to the project's root. Remembers nothing."""

    root: Path

    def shown(self, path: Path) -> str:
        absolute = path.absolute()
        return absolute.relative_to(self.root).as_posix() if absolute.is_relative_to(self.root) else absolute.as_posix()

    def read(self, path: Path, named_at: Location | None = None) -> Node:
        """The tree of one file. Raises SourceError, at the place that names the file where it cannot be read."""
        at = named_at or Location(self.shown(path))
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise SourceError(at, "E010", f"cannot read '{self.shown(path)}': {(error.strerror or 'failed').lower()}") from None
        except UnicodeDecodeError as error:
            raise SourceError(Location(self.shown(path)), "E001", f"not UTF-8 text (byte {error.start})") from None
        return parse_text(text, self.shown(path))


def parse_text(text: str, file: str) -> Node:
    try:
        _bounded(text, file)
        tree = yaml.compose(text, Loader=yaml.CSafeLoader)      # type: ignore[no-untyped-call]
        if tree is None:
            raise SourceError(Location(file, 1, 1), "E001", "the file is empty")
        return _Builder(file).node(tree, 0)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
        raise _broken(error, file, text) from None


def _bounded(text: str, file: str) -> None:
    """Composing recurses: refuse beforehand what is nested deeper than anybody means."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):     # type: ignore[no-untyped-call]
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise SourceError(Location(file, event.start_mark.line + 1, event.start_mark.column + 1), "E001",
                                  f"nested more than {MAX_DEPTH} deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _broken(error: yaml.YAMLError, file: str, text: str) -> SourceError:
    if isinstance(error, yaml.reader.ReaderError):
        before = text[:int(error.position)]
        line = before.count("\n") + 1
        return SourceError(Location(file, line, len(before) - before.rfind("\n")), "E001", "a character that YAML does not allow")
    assert isinstance(error, yaml.MarkedYAMLError)
    mark = error.problem_mark or error.context_mark
    at = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    what = "not YAML: " + (error.problem or "cannot be read")
    if mark and "\t" in (text.splitlines() + [""])[mark.line: mark.line + 1][0][:mark.column + 1]:
        return SourceError(at, "E001", what, "indent with spaces, not with tabs")
    notes: tuple[Note, ...] = ()
    start = error.context_mark
    if start and error.context and (start.line, start.column) != (at.line - 1, at.col - 1):
        notes = (Note(Location(file, start.line + 1, start.column + 1), error.context),)
    return SourceError(at, "E001", what, notes=notes)


class _Builder:
    """YAML's nodes to ours. Aliases are followed, so depth is bounded against a node that contains itself."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.nodes = 0

    def place(self, node: yaml.Node) -> Location:
        start, end = node.start_mark, node.end_mark
        flat = isinstance(node, yaml.ScalarNode) and start.line == end.line
        return Location(self.file, start.line + 1, start.column + 1, max(1, end.column - start.column) if flat else 1)

    def node(self, node: yaml.Node, depth: int) -> Node:
        at = self.place(node)
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise SourceError(at, "E001", f"nested more than {MAX_DEPTH} deep" if depth > MAX_DEPTH
                              else "too large with its aliases written out")
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node, at)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(at, tuple(self.node(item, depth + 1) for item in node.value))
        assert isinstance(node, yaml.MappingNode)
        return Mapping(at, tuple(self.entry(key, value, depth) for key, value in node.value))

    def entry(self, key: yaml.Node, value: yaml.Node, depth: int) -> tuple[Scalar, Node]:
        if not isinstance(key, yaml.ScalarNode):
            raise SourceError(self.place(key), "E001", "a key is a list or a mapping", "a key is one word")
        return self.scalar(key, self.place(key)), self.node(value, depth + 1)

    def scalar(self, node: yaml.ScalarNode, at: Location) -> Scalar:
        text, tag = str(node.value), str(node.tag)
        value: str | int | float | bool | None = text
        if tag == "tag:yaml.org,2002:int":
            value = _integer(text, at)
        elif tag == "tag:yaml.org,2002:bool":
            value = text.lower() in ("true", "yes", "on")
        elif tag == "tag:yaml.org,2002:null":
            value = None
        elif tag == "tag:yaml.org,2002:float":
            value = float("nan")        # no key takes a fraction: what matters is that it is no text
        return Scalar(at, text, value)


def _integer(text: str, at: Location) -> int:
    plain = text.replace("_", "")
    try:
        return int(plain, 8) if plain.lstrip("+-").startswith("0") and plain.strip("+-0").isdigit() else int(plain, 0)
    except ValueError:
        raise SourceError(at, "E006", f"'{text}' is not a number that can be used here", "write it in decimal, or as 0x…") from None


def real(path: Path) -> Path:
    """Without links and dots; one that links to itself stays, and cannot be read."""
    return Path(os.path.realpath(path))


def include(sources: Sources, path: Path) -> tuple[list[tuple[Path, Node]], list[SourceError]]:
    """A description and everything that it includes, included files first, each once; and what is wrong with them."""
    found: list[tuple[Path, Node]] = []
    mistakes: list[SourceError] = []
    done: set[Path] = set()

    def visit(file: Path, named_at: Location | None, above: tuple[Path, ...]) -> None:
        if file in above:
            mistakes.append(SourceError(named_at or Location(sources.shown(file)), "E027",
                                        f"'{sources.shown(file)}' includes itself"))
            return
        if file in done:
            return
        try:
            node = sources.read(file, named_at)
        except SourceError as mistake:
            mistakes.append(mistake if mistake.code != "E010"
                            else SourceError(mistake.at, "E027" if named_at else "E010", mistake.what, mistake.hint))
            return
        for name in _included(node):
            visit(real(file.parent / name.text), name.at, (*above, file))
        done.add(file)
        found.append((file, node))

    visit(real(path), None, ())
    return found, in_order(mistakes)


def _included(node: Node) -> list[Scalar]:
    """The value of `include:`, where it has the right form; parse says so where it has not."""
    if not isinstance(node, Mapping):
        return []
    values = [v for k, v in node.entries if k.text == "include"]
    items = [i for v in values for i in (v.items if isinstance(v, Sequence) else (v,))]
    return [i for i in items if isinstance(i, Scalar) and isinstance(i.value, str)]
