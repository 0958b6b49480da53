# SPDX-License-Identifier: BSD-2-Clause
"""A system as described: what parse makes of system.yaml and the component.yaml files, what check judges, what plan and
lower work from, and what the audit compares the spec with. Everything is frozen; every fact knows its line.

Invariant, once check has found no error: every name used here names something here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from sysc.source import Location

SUPERVISOR = "supervisor"       # the implicit component, and the key that overrides it

PAGE = 4096
PAGE_BITS, LARGE_PAGE_BITS = 12, 21


@dataclass(frozen=True)
class Name:
    """A name that somebody wrote, and where."""

    text: str
    at: Location

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, order=True)
class InterfaceRef:
    """store@2, as written."""

    name: str
    version: int
    at: Location = field(compare=False)

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


# --- interface.yaml ---

REGION_KINDS = ("client-reads", "shared", "provider-reads", "code")     # in the order of the kernel's numbers


@dataclass(frozen=True)
class RegionLayout:
    """Pages of one kind in a connection. offset and bytes are multiples of the page."""

    name: str
    kind: str                   # of REGION_KINDS
    page_bits: int
    count: int
    offset: int
    at: Location

    @property
    def bytes(self) -> int:
        return self.count << self.page_bits

    @property
    def end(self) -> int:
        return self.offset + self.bytes


@dataclass(frozen=True)
class InterfaceVersion:
    version: int
    regions: tuple[RegionLayout, ...]
    shared_header: bool
    at: Location

    @property
    def align_bits(self) -> int:
        return max(r.page_bits for r in self.regions)

    @property
    def window(self) -> int:
        """Bytes from one connection of a provider to the next."""
        align = 1 << self.align_bits
        return (max(r.end for r in self.regions) + align - 1) // align * align

    @property
    def code(self) -> RegionLayout | None:
        return next((r for r in self.regions if r.kind == "code"), None)


@dataclass(frozen=True)
class InterfaceType:
    """components/interfaces/<name>/interface.yaml."""

    name: str
    id: int
    versions: tuple[InterfaceVersion, ...]      # ascending
    at: Location

    def version(self, number: int) -> InterfaceVersion | None:
        return next((v for v in self.versions if v.version == number), None)


# --- the platform: kernel/arch/*/*.def ---

@dataclass(frozen=True)
class Device:
    name: str
    base: int                   # 0 with 0 bytes: registers of the processor, no page
    bytes: int
    irq: int                    # 0: none
    edge: bool
    user: bool                  # may be given to a component
    dma: bool                   # who holds its registers can make it read and write all memory

    @property
    def page_bits(self) -> int:
        """Of the frames that cover it: as large as its place allows."""
        return LARGE_PAGE_BITS if self.bytes and not (self.base | self.bytes) % (1 << LARGE_PAGE_BITS) else PAGE_BITS


@dataclass(frozen=True)
class QemuOption:
    """What QEMU is told if one of the devices is used."""

    words: tuple[str, ...]
    devices: tuple[str, ...]


@dataclass(frozen=True)
class Platform:
    name: str
    devices: tuple[Device, ...]
    ram_base: int
    image_base: int
    options: tuple[QemuOption, ...]
    file: Path

    def device(self, name: str) -> Device | None:
        return next((d for d in self.devices if d.name == name), None)


# --- component.yaml ---

@dataclass(frozen=True)
class Need:
    """An interface that a component's program asks for. Versions of one interface are alternatives."""

    ref: InterfaceRef
    optional: bool


@dataclass(frozen=True)
class DeviceNeed:
    """A device that a component's program drives; where each instance drives another, all are optional."""

    name: Name
    optional: bool


@dataclass(frozen=True)
class Option:
    """A value that a description hands to a component."""

    name: Name
    value: int | str


@dataclass(frozen=True)
class MemoryRegion:
    """Memory that a component finds by name, beside stack and heap. paddr: where in RAM; dma: where is the tool's to
    choose, and the component is told. Either way it is contiguous."""

    name: Name
    size: int                   # bytes, whole pages
    page_bits: int = PAGE_BITS
    paddr: int | None = None
    dma: bool = False


@dataclass(frozen=True)
class ComponentType:
    """What one component's program needs and offers: its component.yaml."""

    name: Name
    folder: Path
    provides: tuple[InterfaceRef, ...] = ()
    uses: tuple[Need, ...] = ()
    devices: tuple[DeviceNeed, ...] = ()
    stack: int = 16384          # bytes, whole pages
    heap: int = 65536
    code: tuple[tuple[InterfaceRef, Name], ...] = ()    # the sealed image behind a provided interface
    options: tuple[Option, ...] = ()                    # with their defaults
    memory: tuple[MemoryRegion, ...] = ()

    def code_of(self, interface: str, version: int) -> Name | None:
        return next((t for r, t in self.code if (r.name, r.version) == (interface, version)), None)


# --- system.yaml ---

@dataclass(frozen=True)
class Use:
    """One connection that the description grants: this component becomes a client of that one."""

    ref: InterfaceRef
    provider: Name


@dataclass(frozen=True)
class Component:
    """One instance of a component type, with everything that the system grants it."""

    name: Name
    type: ComponentType
    groups: tuple[str, ...] = ()
    priority: int = 100
    budget_us: int = 10000
    period_us: int = 10000
    stack: int = 16384
    heap: int = 65536
    provides: tuple[InterfaceRef, ...] = ()
    uses: tuple[Use, ...] = ()
    devices: tuple[Name, ...] = ()
    calls: tuple[Name, ...] = ()                        # servers that it may call through an endpoint
    trusts_code: tuple[Name, ...] = ()                  # providers whose routines it runs
    options: tuple[Option, ...] = ()                    # only those that the description sets
    memory: tuple[MemoryRegion, ...] = ()               # the program's, with what the description says of them
    boot: bool = False                                  # runs to its end before the others start, then all that it held is taken back
    places: Mapping[str, Location] = field(default_factory=lambda: MappingProxyType({}), compare=False)   # key -> where its value stands
    unread: frozenset[str] = frozenset()                # keys whose value has a mistake of form: what rests on them is not known

    @property
    def at(self) -> Location:
        return self.name.at

    @property
    def is_supervisor(self) -> bool:
        return self.name.text == SUPERVISOR

    def place(self, key: str) -> Location:
        """Where the description sets a key, or the component itself where it does not."""
        return self.places.get(key, self.at)

    def trusts(self, provider: str) -> bool:
        return any(t.text == provider for t in self.trusts_code)


POLICY_KINDS = ("only", "no_flow", "no_authority", "exclusive")
PHASES = ("boot", "steady")
MAY = ("use", "provide", "call", "drive", "read", "write", "draw-on", "execute", "signal", "kill")

# The fields of each kind. Those of COMPONENTS fields hold a tuple of component names with groups already expanded; the
# others hold the text as written.
POLICY_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "only": ("may", "what", "who", "phase"),                    # nobody but who may do it
    "no_flow": ("from", "to", "except_via", "phase"),           # no storage flow from any of `from` to any of `to`; except_via may be absent: ()
    "no_authority": ("who", "over", "phase"),                   # over: components, or the one word "devices"
    "exclusive": ("what", "who", "phase"),                      # who, and nobody else, holds it: a device or an interface@version
})
POLICY_COMPONENTS = ("who", "from", "to", "except_via", "over")
POLICY_OPTIONAL = ("except_via", "phase")                       # an absent phase: all of them


@dataclass(frozen=True)
class Policy:
    """One line of `policy:`. kind is of POLICY_KINDS, fields has exactly POLICY_FIELDS[kind]."""

    kind: str
    fields: Mapping[str, str | tuple[str, ...]]
    at: Location

    def names(self, field_name: str) -> tuple[str, ...]:
        """A field that holds component names."""
        value = self.fields[field_name]
        assert isinstance(value, tuple), f"{self.kind}.{field_name} is text"
        return value

    @property
    def phase(self) -> str:
        """Of PHASES, or "" for all."""
        value = self.fields.get("phase", "")
        return value if isinstance(value, str) else ""

    def text(self, field_name: str) -> str:
        """A field that holds text."""
        value = self.fields[field_name]
        assert isinstance(value, str), f"{self.kind}.{field_name} is a list of components"
        return value


@dataclass(frozen=True)
class System:
    name: Name
    platform: Platform
    components: tuple[Component, ...]                   # in the order of the description, the supervisor last
    interfaces: Mapping[str, InterfaceType]             # every known interface by name
    policies: tuple[Policy, ...] = ()
    dma_trusted: tuple[Name, ...] = ()                  # assume: components whose DMA is believed to stay in bounds
    kernel: str = "debug"                               # or "release"
    ram_bytes: int = 1 << 30
    places: Mapping[str, Location] = field(default_factory=lambda: MappingProxyType({}), compare=False)

    def component(self, name: str) -> Component | None:
        return next((c for c in self.components if c.name.text == name), None)

    def place(self, key: str) -> Location:
        return self.places.get(key, self.name.at)

    @property
    def supervisor(self) -> Component | None:
        return self.component(SUPERVISOR)

    def providers(self, interface: str, version: int) -> tuple[Component, ...]:
        """Who provides it, in the order of the description: the position is the instance."""
        return tuple(c for c in self.components
                     if any((p.name, p.version) == (interface, version) for p in c.provides))
