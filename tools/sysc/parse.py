# SPDX-License-Identifier: BSD-2-Clause
"""Nodes to a System: every key of every file read, every mistake of form noted. What comes out is complete but not yet
judged: names may still name nothing. A System is returned whenever one can be, so that check adds its own findings."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from sysc import component as component_yaml
from sysc import policies, read
from sysc.interface import interface_files, load_interfaces
from sysc.load import Mapping, Node, Scalar, Sources, include, real
from sysc.model import PHASES, SUPERVISOR, Component, ComponentType, InterfaceRef, Name, Platform, System, Use
from sysc.paths import ROOT
from sysc.platforms import PLATFORMS, load_platform
from sysc.read import Fields, entries
from sysc.source import Location, Note, SourceError, did_you_mean

MIN_RAM = 16 << 20
SUPERVISOR_SOURCE = "components/services/supervisor"
SUPERVISOR_PRIORITY = 254
PRIORITIES = range(1, 256)
LONGEST_US = 3600 * 1000000


@dataclass
class Reader:
    """One run over one description. Grows while files are read; what it leaves is a System."""

    sources: Sources
    mistakes: list[SourceError] = field(default_factory=list)
    types: dict[Path, ComponentType | None] = field(default_factory=dict)
    components: dict[str, Component] = field(default_factory=dict)      # in the order of the description
    replaced: list[tuple[Scalar, Node, Path]] = field(default_factory=list)
    supervisor: tuple[Scalar, Node, Path] | None = None
    supervised: bool = True
    head: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)  # the last file that says it counts
    policies: list[policies.Written] = field(default_factory=list)
    dma_trusted: list[Name] = field(default_factory=list)
    interface_folders: list[Path] = field(default_factory=list)

    # --- one file ---

    def file(self, path: Path, node: Node) -> None:
        if not isinstance(node, Mapping):
            self.mistakes.append(SourceError(node.at, "E004", f"the description is {read.shape(node)}, where a mapping belongs"))
            return
        fields = Fields(node, "the description", self.mistakes)
        for key in ("system", "platform", "kernel", "memory"):
            if fields.get(key) is not None:
                self.head[key] = fields.values[key]
        self.include_form(fields.get("include"))
        self.interfaces_key(fields.get("interfaces"), path)
        for name, value in self.entries_of(fields, "components", "component", "E011"):
            self.component(name, value, path)
        self.replaced += [(k, v, path) for k, v in self.entries_of(fields, "replace", "component", "E011")]
        self.supervisor_key(fields, path)
        self.assume(fields.get("assume"))
        self.policies += policies.written(fields.get("policy"), self.mistakes)
        fields.finish()

    def entries_of(self, fields: Fields, key: str, noun: str, code: str) -> list[tuple[Scalar, Node]]:
        node = fields.get(key)
        return [] if node is None else entries(node, f"'{key}'", noun, self.mistakes, code)

    def include_form(self, node: Node | None) -> None:
        for item in read.items(node, "include", self.mistakes) if node else ():
            read.text(item, "include", self.mistakes)

    def interfaces_key(self, node: Node | None, path: Path) -> None:
        """Folders with further interfaces, each in a folder of its own."""
        for item in read.items(node, "interfaces", self.mistakes) if node else ():
            scalar = read.text(item, "interfaces", self.mistakes)
            if scalar is None:
                continue
            folder = self.folder(scalar, path)
            if not interface_files([folder]):
                self.mistakes.append(SourceError(scalar.at, "E010", f"no interface.yaml in any folder of '{scalar.text}'"))
            elif folder not in self.interface_folders:
                self.interface_folders.append(folder)

    def folder(self, scalar: Scalar, file: Path) -> Path:
        """A path that begins with a dot counts from the file that says it, any other from the project's root."""
        base = file.parent if scalar.text.startswith(".") else self.sources.root
        return real(base / scalar.text)

    def supervisor_key(self, fields: Fields, path: Path) -> None:
        node = fields.get(SUPERVISOR)
        if node is None:
            return
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            self.supervised = node.value
        else:
            self.supervisor = (fields.values[SUPERVISOR][0], node, path)

    def assume(self, node: Node | None) -> None:
        if node is None:
            return
        fields = Fields(node, "'assume'", self.mistakes)
        self.dma_trusted += fields.read("dma_trusted", read.names, ())
        fields.finish()

    # --- components ---

    def component(self, key: Scalar, node: Node, path: Path) -> None:
        name = read.name(key, "components", self.mistakes)
        if name is None:
            return
        if name.text == SUPERVISOR:
            self.mistakes.append(SourceError(key.at, "E011", f"'{SUPERVISOR}' is the implicit component's name",
                                             f"set its keys under '{SUPERVISOR}:' at the top level"))
            return
        if name.text in self.components:
            self.mistakes.append(SourceError(key.at, "E011", f"component '{name.text}' is described twice",
                                             "'replace:' changes a component of an included file",
                                             (Note(self.components[name.text].at, "first here"),)))
            return
        self.components[name.text] = self.instance(name, node, path, None)

    def instance(self, name: Name, node: Node, path: Path, base: Component | None) -> Component:
        """A component's keys; those that are absent come from `base`, else from its type."""
        fields = Fields(node, f"component '{name.text}'", self.mistakes)
        source = fields.get("source") if base else fields.need("source")
        kind = self.type(source, path) if source else (base.type if base else None)
        old = base or Component(name, kind or ComponentType(Name("?", name.at), path.parent))
        if kind and (base is None or source):
            old = replace(old, type=kind, stack=kind.stack, heap=kind.heap, memory=kind.memory)
        new = replace(
            old,
            groups=fields.read("group", _groups, old.groups),
            priority=fields.read("priority", _priority, old.priority),
            budget_us=fields.read("budget", _time, old.budget_us),
            period_us=fields.read("period", _time, old.period_us),
            stack=fields.read("stack", component_yaml.stack, old.stack),
            heap=fields.read("heap", component_yaml.heap, old.heap),
            provides=fields.read("provides", read.refs, old.provides),
            uses=fields.read("uses", self.uses, old.uses),
            devices=fields.read("devices", read.devices, old.devices),
            calls=fields.read("calls", read.names, old.calls),
            trusts_code=fields.read("trusts_code", read.names, old.trusts_code),
            options=fields.read("options", component_yaml.options, old.options),
            memory=fields.read("memory", component_yaml.memory_over(old.memory), old.memory),
            boot=fields.read("phase", _phase, old.boot),
            places=MappingProxyType({**old.places, **fields.places()}))
        fields.finish()
        return replace(new, unread=frozenset(fields.unread))

    def type(self, node: Node, path: Path) -> ComponentType | None:
        scalar = read.text(node, "source", self.mistakes)
        if scalar is None:
            return None
        folder = self.folder(scalar, path)
        if not (folder / "component.yaml").is_file():
            shown = self.sources.shown(folder)
            what = "has no component.yaml" if folder.is_dir() else "does not exist"
            hint = did_you_mean(scalar.text, self.known_sources(), "a component's folder, from the project's root")
            self.mistakes.append(SourceError(scalar.at, "E010", f"source '{shown}' {what}", hint))
            return None
        if folder not in self.types:
            self.types[folder] = self.read_type(folder)
        return self.types[folder]

    def read_type(self, folder: Path) -> ComponentType | None:
        try:
            return component_yaml.component_type(self.sources.read(folder / "component.yaml"), folder, self.mistakes)
        except SourceError as mistake:
            self.mistakes.append(mistake)
            return None

    def known_sources(self) -> list[str]:
        return [f.parent.relative_to(self.sources.root).as_posix()
                for f in sorted((self.sources.root / "components").glob("*/*/component.yaml"))]

    def uses(self, node: Node, key: str, mistakes: list[SourceError]) -> tuple[Use, ...]:
        """interface@version: provider, or a list of them. A list of interfaces leaves the provider to the tool."""
        if not isinstance(node, Mapping):
            return tuple(Use(ref, Name("", ref.at)) for ref in read.refs(node, key, mistakes))
        found = []
        for scalar, value in entries(node, f"'{key}'", "interface", mistakes):
            ref = read.ref(scalar, key, mistakes)
            for provider in read.names(value, scalar.text, mistakes):
                if ref:
                    found.append(Use(ref, provider))
        return tuple(found)

    # --- the whole ---

    def system(self, path: Path) -> System | None:
        for key, value, file in self.replaced:
            self.replace(key, value, file)
        self.add_supervisor(path)
        always = (self.sources.root / "components" / "interfaces").resolve()
        folders = [always, *(f for f in self.interface_folders if f != always)]
        interfaces = load_interfaces(self.sources, interface_files(folders), self.mistakes)
        name, platform = self.name(path), self.platform(path)
        if platform is None:
            return None
        components = tuple(_with_providers(c, self.components) for c in self.components.values())
        places = {key: value.at for key, (_, value) in self.head.items()}
        return System(
            name=name, platform=platform, components=components, interfaces=MappingProxyType(interfaces),
            policies=policies.resolved(self.policies, policies.Scope(components, interfaces, platform), self.mistakes),
            dma_trusted=tuple(self.dma_trusted), kernel=self.kernel(), ram_bytes=self.ram(), places=MappingProxyType(places))

    def name(self, path: Path) -> Name:
        if "system" in self.head:
            return read.name(self.head["system"][1], "system", self.mistakes) or Name("?", self.head["system"][1].at)
        at = Location(self.sources.shown(path), 1, 1)
        self.mistakes.append(SourceError(at, "E005", "the description has no 'system'", "name it, as in 'system: desktop'"))
        return Name("?", at)

    def platform(self, path: Path) -> Platform | None:
        if "platform" not in self.head:
            self.mistakes.append(SourceError(Location(self.sources.shown(path), 1, 1), "E005", "the description has no 'platform'",
                                             did_you_mean("", PLATFORMS)))
            return None
        scalar = read.text(self.head["platform"][1], "platform", self.mistakes)
        if scalar is not None and scalar.text not in PLATFORMS:
            self.mistakes.append(SourceError(scalar.at, "E026", f"unknown platform '{scalar.text}'", did_you_mean(scalar.text, PLATFORMS)))
        return load_platform(ROOT, scalar.text) if scalar is not None and scalar.text in PLATFORMS else None

    def kernel(self) -> str:
        if "kernel" not in self.head:
            return "debug"
        scalar = read.text(self.head["kernel"][1], "kernel", self.mistakes)
        if scalar is not None and scalar.text not in ("debug", "release"):
            self.mistakes.append(SourceError(scalar.at, "E006", f"'{scalar.text}' is no build of the kernel", "debug or release"))
        return "release" if scalar is not None and scalar.text == "release" else "debug"

    def ram(self) -> int:
        node = self.head["memory"][1] if "memory" in self.head else None
        size = read.size(node, "memory", self.mistakes) if node else None
        if size is not None and node is not None and (size < MIN_RAM or size % (1 << 20) or size > 1 << 38):
            self.mistakes.append(SourceError(node.at, "E006", f"'memory' is {size} bytes", "whole MiB, at least 16 MiB"))
            return 1 << 30
        return size or 1 << 30

    def replace(self, key: Scalar, node: Node, path: Path) -> None:
        if key.text not in self.components:
            self.mistakes.append(SourceError(key.at, "E012", f"nothing to replace: there is no component '{key.text}'",
                                             did_you_mean(key.text, self.components)))
            return
        self.components[key.text] = self.instance(Name(key.text, key.at), node, path, self.components[key.text])

    def add_supervisor(self, path: Path) -> None:
        if not self.supervised:
            return
        named = self.supervisor or self.head.get("system")      # a system as such has one
        at = named[0].at if named else Location(self.sources.shown(path), 1, 1)
        folder = self.sources.root / SUPERVISOR_SOURCE
        kind = self.types.setdefault(folder, self.read_type(folder)) if (folder / "component.yaml").is_file() else None
        base = Component(Name(SUPERVISOR, at), kind or ComponentType(Name(SUPERVISOR, at), folder), priority=SUPERVISOR_PRIORITY)
        base = replace(base, stack=base.type.stack, heap=base.type.heap, memory=base.type.memory, uses=_supervisor_uses(base, self.components))
        if self.supervisor:
            base = self.instance(base.name, self.supervisor[1], self.supervisor[2], base)
        elif kind is None:
            self.mistakes.append(SourceError(at, "E010", f"the supervisor's source '{SUPERVISOR_SOURCE}' has no component.yaml",
                                             "say 'supervisor: false' for a system without one"))
        self.components[SUPERVISOR] = base


def _groups(node: Node, key: str, mistakes: list[SourceError]) -> tuple[str, ...]:
    return tuple(n.text for n in read.names(node, key, mistakes))


def _phase(node: Node, key: str, mistakes: list[SourceError]) -> bool | None:
    scalar = read.text(node, key, mistakes)
    if scalar is not None and scalar.text not in PHASES:
        mistakes.append(SourceError(scalar.at, "E006", f"'{scalar.text}' is no phase", did_you_mean(scalar.text, PHASES)))
        return None
    return scalar.text == "boot" if scalar else None


def _priority(node: Node, key: str, mistakes: list[SourceError]) -> int | None:
    value = read.number(node, key, mistakes)
    if value is not None and value not in PRIORITIES:
        mistakes.append(SourceError(node.at, "E022", f"priority {value} is out of range", "1 to 255; larger runs first"))
        return None
    return value


def _time(node: Node, key: str, mistakes: list[SourceError]) -> int | None:
    value = read.duration(node, key, mistakes)
    if value is not None and not 1 <= value <= LONGEST_US:
        mistakes.append(SourceError(node.at, "E006", f"'{key}' is {node.text if isinstance(node, Scalar) else value}",
                                    "at least 1us and at most 1 hour"))
        return None
    return value


def _supervisor_uses(supervisor: Component, components: ReadOnly[str, Component]) -> tuple[Use, ...]:
    """The supervisor becomes a client of what it can use, wherever the system has a provider."""
    found = []
    for need in supervisor.type.uses:
        providers = [c for c in components.values() if any(p == need.ref for p in c.provides)]
        if providers:
            found.append(Use(need.ref, Name(providers[0].name.text, supervisor.at)))
    return tuple(found)


def _with_providers(component: Component, components: ReadOnly[str, Component]) -> Component:
    """Uses that name no provider get the one that there is; where that is not clear, check says so."""
    def find(ref: InterfaceRef) -> str:
        found = [c.name.text for c in components.values() if any(p == ref for p in c.provides)]
        return found[0] if len(found) == 1 else ""
    return replace(component, uses=tuple(use if use.provider.text else Use(use.ref, Name(find(use.ref), use.ref.at))
                                         for use in component.uses))


def parse(sources: Sources, path: Path) -> tuple[System | None, list[SourceError]]:
    """The System that a description and its includes say, if they say enough to make one, and every mistake of form."""
    files, mistakes = include(sources, path)
    reader = Reader(sources, mistakes)
    for file, node in files:
        reader.file(file, node)
    if not files or any(m.code in ("E001", "E027") for m in mistakes) or not all(isinstance(n, Mapping) for _, n in files):
        return None, reader.mistakes        # what a lost file said would be missed everywhere
    return reader.system(path), reader.mistakes
