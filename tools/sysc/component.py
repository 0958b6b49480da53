# SPDX-License-Identifier: BSD-2-Clause
"""component.yaml to a ComponentType: what one component's program needs and offers. It grants nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sysc import read
from sysc.load import Mapping, Node, Scalar
from sysc.model import LARGE_PAGE_BITS, PAGE, PAGE_BITS, ComponentType, DeviceNeed, InterfaceRef, MemoryRegion, Name, Need, Option
from sysc.read import Fields, entries
from sysc.source import SourceError

MAX_STACK = 0xfe000         # between the buffer's guard and the top that the address map fixes
MAX_HEAP = 0x7c00000        # up to where extra memory begins
MAX_REGION = 64 << 20       # of extra memory; check adds them up
PAGES = {1 << PAGE_BITS: PAGE_BITS, 1 << LARGE_PAGE_BITS: LARGE_PAGE_BITS}
TEXT_VALUE = 31             # characters that a text option can have


def component_type(node: Node, folder: Path, mistakes: list[SourceError]) -> ComponentType:
    fields = Fields(node, "the component", mistakes)
    name_node = fields.need("component")
    name = read.name(name_node, "component", mistakes) if name_node else None
    kind = ComponentType(
        name=name or Name("?", node.at), folder=folder,
        provides=fields.read("provides", read.refs, ()),
        uses=fields.read("uses", _needs, ()),
        devices=fields.read("devices", _devices, ()),
        stack=fields.read("stack", stack, ComponentType.stack),
        heap=fields.read("heap", heap, ComponentType.heap),
        code=fields.read("code", _code, ()),
        options=fields.read("options", options, ()),
        memory=fields.read("memory", memory_over(()), ()))
    fields.finish()
    offered = {str(p) for p in kind.provides}
    for ref, _ in kind.code:
        if str(ref) not in offered:
            mistakes.append(SourceError(ref.at, "E032", f"code for '{ref}', which the component does not provide"))
    return kind


def stack(node: Node, key: str, mistakes: list[SourceError]) -> int | None:
    return _memory(node, key, PAGE, MAX_STACK, mistakes)


def heap(node: Node, key: str, mistakes: list[SourceError]) -> int | None:
    return _memory(node, key, 0, MAX_HEAP, mistakes)


def _memory(node: Node, key: str, low: int, high: int, mistakes: list[SourceError]) -> int | None:
    """A size in whole pages."""
    size = read.size(node, key, mistakes)
    if size is not None and not low <= size <= high:
        mistakes.append(SourceError(node.at, "E028", f"'{key}' is {size} bytes", f"{low} to {high} bytes fit the address map"))
        return None
    return None if size is None else (size + PAGE - 1) // PAGE * PAGE


def memory_over(base: tuple[MemoryRegion, ...]) -> Callable[[Node, str, list[SourceError]], tuple[MemoryRegion, ...]]:
    """Reads name: {size, page, paddr, dma}. What a region of `base` says counts until the same key is said here."""
    def memory(node: Node, key: str, mistakes: list[SourceError]) -> tuple[MemoryRegion, ...]:
        found = {region.name.text: region for region in base}
        for scalar, value in entries(node, f"'{key}'", "region", mistakes):
            name = read.name(scalar, key, mistakes)
            region = _region(name, value, found.get(name.text), mistakes) if name else None
            if region:
                found[region.name.text] = region
        return tuple(found.values())
    return memory


def _region(name: Name, node: Node, base: MemoryRegion | None, mistakes: list[SourceError]) -> MemoryRegion | None:
    fields = Fields(node, f"memory '{name}'", mistakes)
    before = len(mistakes)
    old = base or MemoryRegion(name, PAGE)
    page = fields.read("page", read.size, 1 << old.page_bits)
    if page not in PAGES:
        mistakes.append(SourceError(fields.key_at("page"), "E006", "no such page size", "4 KiB or 2 MiB"))
        page = PAGE
    size_node = fields.get("size") if base else fields.need("size")
    size = _memory(size_node, "size", 1, MAX_REGION, mistakes) if size_node else old.size
    paddr = fields.read("paddr", read.number, old.paddr)
    dma = fields.read("dma", read.boolean, old.dma)
    fields.finish()
    if paddr is not None and (paddr % page or paddr < 0):
        at = fields.key_at("paddr")
        mistakes.append(SourceError(at, "E006", f"paddr {paddr:#x} is no multiple of the page size", f"pages are of {page >> 10} KiB"))
    if len(mistakes) > before or size is None:
        return None
    return MemoryRegion(name, (size + page - 1) // page * page, PAGES[page], paddr, dma)


def _needs(node: Node, key: str, mistakes: list[SourceError]) -> tuple[Need, ...]:
    """A list of interfaces, or a mapping that says more of each."""
    if not isinstance(node, Mapping):
        return tuple(Need(ref, False) for ref in read.refs(node, key, mistakes))
    found = []
    for scalar, value in entries(node, f"'{key}'", "interface", mistakes):
        ref = read.ref(scalar, key, mistakes)
        optional = _optional(value, f"the use of '{scalar.text}'", mistakes)
        if ref:
            found.append(Need(ref, optional))
    return tuple(found)


def _devices(node: Node, key: str, mistakes: list[SourceError]) -> tuple[DeviceNeed, ...]:
    """A list of devices, or a mapping that says more of each."""
    if not isinstance(node, Mapping):
        return tuple(DeviceNeed(name, False) for name in read.devices(node, key, mistakes))
    found = []
    for scalar, value in entries(node, f"'{key}'", "device", mistakes):
        name = read.device(scalar, key, mistakes)
        if name:
            found.append(DeviceNeed(name, _optional(value, f"device '{scalar.text}'", mistakes)))
    return tuple(found)


def _optional(node: Node, what: str, mistakes: list[SourceError]) -> bool:
    """The one thing that may be said of a need."""
    if isinstance(node, Scalar) and node.value is None:
        return False
    fields = Fields(node, what, mistakes)
    optional = fields.read("optional", read.boolean, False)
    fields.finish()
    return optional


def _code(node: Node, key: str, mistakes: list[SourceError]) -> tuple[tuple[InterfaceRef, Name], ...]:
    found = []
    for scalar, value in entries(node, f"'{key}'", "interface", mistakes):
        ref, target = read.ref(scalar, key, mistakes), read.file_name(value, scalar.text, mistakes)
        if ref and target:
            found.append((ref, target))
    return tuple(found)


def options(node: Node, key: str, mistakes: list[SourceError]) -> tuple[Option, ...]:
    found = []
    for scalar, value in entries(node, f"'{key}'", "option", mistakes):
        name = read.name(scalar, key, mistakes)
        content = _option(value, scalar.text, mistakes)
        if name and content is not None:
            found.append(Option(name, content))
    return tuple(found)


def _option(node: Node, key: str, mistakes: list[SourceError]) -> int | str | None:
    if isinstance(node, Scalar) and isinstance(node.value, (int, str)):
        value: int | str = node.value if isinstance(node.value, str) else int(node.value)
        if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
            mistakes.append(SourceError(node.at, "E006", f"'{key}' does not fit 64 bits"))
            return None
        if isinstance(value, str) and (len(value.encode()) > TEXT_VALUE or not value.isprintable()):
            mistakes.append(SourceError(node.at, "E006", f"'{key}' is too long or not printable", f"at most {TEXT_VALUE} bytes"))
            return None
        return value
    read.wrong(node, key, "a number or a text", mistakes)
    return None
