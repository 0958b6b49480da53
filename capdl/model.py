# SPDX-License-Identifier: BSD-2-Clause
"""The capDL spec as data: which objects exist, what each holds, and which line of the description caused it.

A Spec is what the text form says, what the binary form says, what the loader realises and what the audit reads.
Objects are named; names are unique. Everything is frozen; equality of two Specs is equality of what they say
(`cause` is part of the text form and not of the binary form, and does not take part in comparison).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cap:
    """A capability in a slot: to an object by name, with rights from "rwgp" (read, write, grant, grant-reply), a badge,
    and for CNodes a guard. To the registry: g provision, w register, r request; badge from registry_badge()."""

    object: str
    rights: str = ""
    badge: int = 0
    guard: int = 0
    guard_bits: int = 0
    cause: str = field(default="", compare=False)   # "system.yaml:12:5", or "tool: why" for what no line asked for by itself


def registry_badge(label: int, id: int, version: int, instance: int = 0) -> int:
    """The badge that confines a registry capability to one label and one version of one interface."""
    return label << 40 | instance << 32 | id << 16 | version


@dataclass(frozen=True)
class Mapping:
    """One frame in one address space."""

    vaddr: int
    frame: str
    rights: str                 # "r", "rw", "rx"; never w and x
    cached: bool = True
    cause: str = field(default="", compare=False)


@dataclass(frozen=True)
class Fill:
    """Content of a frame before anything runs: bytes of a file in the boot archive. The rest of the frame is zero."""

    file: str
    file_offset: int
    frame_offset: int
    length: int


@dataclass(frozen=True)
class Object:
    name: str


@dataclass(frozen=True)
class Endpoint(Object):
    pass


@dataclass(frozen=True)
class Notification(Object):
    pass


@dataclass(frozen=True)
class Reply(Object):
    pass


@dataclass(frozen=True)
class SchedContext(Object):
    size_bits: int = 8
    budget_us: int = 10000
    period_us: int = 10000
    badge: int = 0


@dataclass(frozen=True)
class Frame(Object):
    size_bits: int = 12
    paddr: int | None = None    # device frame, or RAM at a fixed place
    device: bool = False
    fill: tuple[Fill, ...] = ()


@dataclass(frozen=True)
class CNode(Object):
    size_bits: int = 4          # log2 of the number of slots
    slots: tuple[tuple[int, Cap], ...] = ()     # sorted by slot


@dataclass(frozen=True)
class VSpace(Object):
    mappings: tuple[Mapping, ...] = ()          # sorted by vaddr
    tables: tuple[int, ...] = ()                # spans of 2 MiB that must have a last-level table though nothing is mapped there by the
                                                # loader (run-time mappings of the registry): start addresses, sorted
    large_tables: tuple[int, ...] = ()          # the same for large pages: spans of 1 GiB that must have the table above the last


@dataclass(frozen=True)
class Tcb(Object):
    cspace: Cap | None = None
    vspace: str = ""
    buffer_frame: str = ""
    buffer_vaddr: int = 0
    fault_endpoint: Cap | None = None           # to the supervisor, badge = label
    bound_notification: str = ""
    sched_context: str = ""
    priority: int = 0
    mcp: int = 0
    pc: int = 0
    sp: int = 0
    arg: int = 0                                # in the first argument register
    timer: bool = False                         # may use the physical timer's registers
    phase: int = 1                              # threads of phase 0 run to completion and are revoked before phase 1 starts; issue-2 systems have phase 1 only
    component: str = ""                         # name shown by debug kernels and the supervisor
    timeout_endpoint: Cap | None = None         # told when a budget ends early; without one the thread waits for its next refill


@dataclass(frozen=True)
class Irq(Object):
    number: int = 0
    edge: bool = False
    notification: Cap | None = None             # signalled, with its badge


@dataclass(frozen=True)
class Registry(Object):
    monitor: Cap | None = None                  # notification signalled at denials, with its badge
    interfaces: tuple[str, ...] = ()            # provisioned, in this order


@dataclass(frozen=True)
class Region:
    offset: int
    size_bits: int
    count: int
    kind: str                                   # "client-reads", "shared", "provider-reads", "code"


@dataclass(frozen=True)
class End:
    """Arguments of Register or Request that are fixed in advance, so that the component needs no capability for them."""

    vspace: str
    base: int
    cnode: str                                  # where the new capability goes
    slot: int
    notification: Cap | None = None


@dataclass(frozen=True)
class Interface(Object):
    id: int = 0
    version: int = 0
    instance: int = 0
    regions: tuple[Region, ...] = ()
    shared_header: bool = False
    code: tuple[str, ...] = ()                  # frames, in order
    connections: tuple[str, ...] = ()
    provider: End | None = None


@dataclass(frozen=True)
class Connection(Object):
    label: int = 0
    frames: tuple[str, ...] = ()                # in order of the non-code regions; consumed
    client: End | None = None


@dataclass(frozen=True)
class Spec:
    """A whole system. `objects` sorted by name. arch is "aarch64"."""

    arch: str = "aarch64"
    objects: tuple[Object, ...] = ()
