# SPDX-License-Identifier: BSD-2-Clause
"""`policy:` of a description: first its form, while files are read; then, once every component is known, what its names
mean. What comes out names only what there is, with groups expanded."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass
from types import MappingProxyType

from sysc import read
from sysc.load import Mapping, Node, Scalar, Sequence
from sysc.model import (MAY, PHASES, POLICY_FIELDS, POLICY_KINDS, POLICY_OPTIONAL, Component, InterfaceType, Name, Platform,
                        Policy)
from sysc.read import Fields
from sysc.source import SourceError, did_you_mean

Written = tuple[Scalar, Mapping]        # its kind, its fields
DEVICES = "devices"


@dataclass(frozen=True)
class Scope:
    """What a policy can name."""

    components: tuple[Component, ...]
    interfaces: ReadOnly[str, InterfaceType]
    platform: Platform


def written(node: Node | None, mistakes: list[SourceError]) -> list[Written]:
    if node is None or isinstance(node, Scalar) and node.value is None:
        return []
    if not isinstance(node, Sequence):
        read.wrong(node, "policy", "a list", mistakes, "begin each policy with '-'")
        return []
    return [found for item in node.items if (found := _written(item, mistakes))]


def _written(item: Node, mistakes: list[SourceError]) -> Written | None:
    if not isinstance(item, Mapping) or len(item.entries) != 1:
        mistakes.append(SourceError(item.at, "E021", f"a policy is {read.shape(item)}, where one kind belongs",
                                    "as in: - only: {may: use, what: log@1, who: [shell]}"))
        return None
    kind, body = item.entries[0]
    if kind.text not in POLICY_KINDS:
        mistakes.append(SourceError(kind.at, "E021", f"'{kind.text}' is no kind of policy",
                                    did_you_mean(kind.text, POLICY_KINDS)))
        return None
    if not isinstance(body, Mapping):
        mistakes.append(SourceError(body.at, "E021", f"'{kind.text}' is {read.shape(body)}, where a mapping belongs",
                                    "fields: " + ", ".join(POLICY_FIELDS[kind.text])))
        return None
    return kind, body


def resolved(policies: list[Written], scope: Scope, mistakes: list[SourceError]) -> tuple[Policy, ...]:
    """Those without a mistake."""
    return tuple(found for kind, body in policies if (found := _Resolver(scope, mistakes).policy(kind, body)))


@dataclass
class _Resolver:
    scope: Scope
    mistakes: list[SourceError]

    def policy(self, kind: Scalar, body: Mapping) -> Policy | None:
        before = len(self.mistakes)
        fields = Fields(body, f"policy '{kind.text}'", self.mistakes)
        known = POLICY_FIELDS[kind.text]
        values = {key: self.value(kind, key, fields.get(key)) for key in known}
        for key, (scalar, _) in fields.values.items():
            if key not in known:
                self.mistakes.append(SourceError(scalar.at, "E021", f"policy '{kind.text}' has no field '{key}'",
                                                 did_you_mean(key, known)))
        return Policy(kind.text, MappingProxyType(values), kind.at) if len(self.mistakes) == before else None

    def value(self, kind: Scalar, key: str, node: Node | None) -> str | tuple[str, ...]:
        if node is None:
            if key not in POLICY_OPTIONAL:
                self.mistakes.append(SourceError(kind.at, "E021", f"policy '{kind.text}' has no '{key}'",
                                                 "fields: " + ", ".join(POLICY_FIELDS[kind.text])))
            return ()
        if key == "may":
            return self.one_of(node, key, set(MAY))
        if key == "phase":
            return self.one_of(node, key, set(PHASES))
        if key == "what":
            return self.one_of(node, key, self.things())
        if key == "over" and isinstance(node, Scalar) and node.text == DEVICES:
            return (DEVICES,)
        return self.who(key, node)

    def things(self) -> set[str]:
        """Components, devices, and versions of interfaces."""
        words = {c.name.text for c in self.scope.components} | {d.name for d in self.scope.platform.devices if d.user}
        return words | {f"{i.name}@{v.version}" for i in self.scope.interfaces.values() for v in i.versions}

    def one_of(self, node: Node, key: str, words: set[str]) -> str:
        scalar = read.text(node, key, self.mistakes)
        if scalar is None:
            return ""
        if scalar.text not in words:
            self.mistakes.append(SourceError(scalar.at, "E021", f"'{key}' is '{scalar.text}', which is nothing here",
                                             did_you_mean(scalar.text, words)))
        return scalar.text

    def who(self, key: str, node: Node) -> tuple[str, ...]:
        """Components: a name, a list of names, or {group: name}."""
        if isinstance(node, Mapping):
            return self.group(key, node)
        known = {c.name.text for c in self.scope.components}
        found = read.names(node, key, self.mistakes)
        for name in found:
            if name.text not in known:
                self.mistakes.append(SourceError(name.at, "E021", f"'{key}' names '{name.text}', which is no component",
                                                 did_you_mean(name.text, known)))
        return tuple(n.text for n in found)

    def group(self, key: str, node: Mapping) -> tuple[str, ...]:
        fields = Fields(node, f"'{key}'", self.mistakes)
        group = fields.read("group", read.name, Name("", node.at))
        fields.finish()
        found = tuple(c.name.text for c in self.scope.components if group.text in c.groups)
        if not found:
            self.mistakes.append(SourceError(group.at, "E021", f"no component is in group '{group.text}'",
                                             did_you_mean(group.text, {g for c in self.scope.components for g in c.groups})))
        return found
