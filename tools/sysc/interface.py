# SPDX-License-Identifier: BSD-2-Clause
"""interface.yaml to a layout: offsets follow from the regions' order, each rounded up to its page size, and are the
same on both sides of every connection. What comes out satisfies the kernel's rules for an interface."""

from __future__ import annotations

from pathlib import Path

from sysc import read
from sysc.load import Mapping, Node, Scalar, Sources
from sysc.model import REGION_KINDS, InterfaceType, InterfaceVersion, RegionLayout
from sysc.read import Fields, entries
from sysc.source import Location, Note, SourceError, did_you_mean

PAGES = {4096: 12, 2 << 20: 21, 1 << 30: 30}
MAX_REGIONS = 8
MAX_FRAMES = 64         # that are not code
MAX_CODE_FRAMES = 64


def interface_type(node: Node, mistakes: list[SourceError]) -> InterfaceType | None:
    before = len(mistakes)
    fields = Fields(node, "the interface", mistakes)
    name_node, id_node, versions_node = fields.need("interface"), fields.need("id"), fields.need("versions")
    fields.finish()
    name = read.name(name_node, "interface", mistakes) if name_node else None
    number = read.number(id_node, "id", mistakes) if id_node else None
    if number is not None and id_node is not None and not 1 <= number <= 65535:
        mistakes.append(SourceError(id_node.at, "E006", f"id {number} is not 1 to 65535"))
    versions = [_version(k, v, mistakes) for k, v in
                (entries(versions_node, "'versions'", "version", mistakes) if versions_node else [])]
    if name is None or number is None or len(mistakes) > before:
        return None
    return InterfaceType(name.text, number, tuple(sorted((v for v in versions if v), key=lambda v: v.version)), name.at)


def _version(key: Scalar, node: Node, mistakes: list[SourceError]) -> InterfaceVersion | None:
    if not isinstance(key.value, int) or isinstance(key.value, bool) or not 1 <= key.value <= 65535:
        mistakes.append(SourceError(key.at, "E006", f"'{key.text}' is not a version", "a version is 1 to 65535"))
        return None
    what = f"version {key.value}"
    fields = Fields(node, what, mistakes)
    shared = fields.read("shared_header", read.boolean, False)
    regions_node = fields.need("regions")
    fields.finish()
    regions: list[RegionLayout] = []
    for item in read.items(regions_node, "regions", mistakes) if regions_node else ():
        region = _region(item, regions[-1].end if regions else 0, mistakes)
        if region:
            regions.append(region)
    if regions:
        mistakes.extend(_judge(regions, shared, key.at, what))
    elif regions_node is not None and isinstance(node, Mapping):
        mistakes.append(SourceError(key.at, "E033", f"{what} has no region", "the first region holds the header"))
    return InterfaceVersion(key.value, tuple(regions), shared, key.at) if regions else None


def _region(node: Node, after: int, mistakes: list[SourceError]) -> RegionLayout | None:
    fields = Fields(node, "a region", mistakes)
    name_node, kind_node, pages_node = fields.need("name"), fields.need("kind"), fields.need("pages")
    page = fields.read("page", read.size, 4096)
    fields.finish()
    name = read.name(name_node, "name", mistakes) if name_node else None
    kind = read.text(kind_node, "kind", mistakes) if kind_node else None
    pages = read.number(pages_node, "pages", mistakes) if pages_node else None
    if kind is not None and kind.text not in REGION_KINDS:
        mistakes.append(SourceError(kind.at, "E006", f"'{kind.text}' is no kind of region", did_you_mean(kind.text, REGION_KINDS)))
        return None
    if page not in PAGES:
        mistakes.append(SourceError(fields.key_at("page"), "E006", "no such page size", "4 KiB, 2 MiB or 1 GiB"))
        return None
    if name is None or kind is None or pages is None:
        return None
    if not 1 <= pages <= MAX_FRAMES:
        assert pages_node is not None
        mistakes.append(SourceError(pages_node.at, "E006", f"'pages' is {pages}", f"1 to {MAX_FRAMES}"))
        return None
    return RegionLayout(name.text, kind.text, PAGES[page], pages, (after + page - 1) // page * page, name.at)


def _judge(regions: list[RegionLayout], shared: bool, at: Location, what: str) -> list[SourceError]:
    found = []
    header = "shared" if shared else "client-reads"
    if regions[0].kind != header:
        found.append(SourceError(regions[0].at, "E033", f"the first region of {what} holds the header and is {regions[0].kind}",
                                 f"make it {header}" + ("" if shared else ", or say 'shared_header: true' and make it shared")))
    if len(regions) > MAX_REGIONS:
        found.append(SourceError(at, "E033", f"{what} has {len(regions)} regions", f"at most {MAX_REGIONS}"))
    data = sum(r.count for r in regions if r.kind != "code")
    if data > MAX_FRAMES:
        found.append(SourceError(at, "E033", f"{what} has {data} frames in a connection", f"at most {MAX_FRAMES}; use larger pages"))
    code = [r for r in regions if r.kind == "code"]
    if len(code) > 1:
        found.append(SourceError(code[1].at, "E033", f"{what} has two code regions", notes=(Note(code[0].at, "the first"),)))
    if code and code[0].page_bits != 12:
        found.append(SourceError(code[0].at, "E033", "a code region has pages of 4 KiB"))
    named: dict[str, RegionLayout] = {}
    for region in regions:
        if region.name in named:
            found.append(SourceError(region.at, "E002", f"region '{region.name}' stands twice in {what}",
                                     notes=(Note(named[region.name].at, "first here"),)))
        named.setdefault(region.name, region)
    return found


def interface_files(folders: list[Path]) -> list[Path]:
    return [f for folder in folders for f in sorted(folder.glob("*/interface.yaml"))]


def load_interfaces(sources: Sources, files: list[Path], mistakes: list[SourceError]) -> dict[str, InterfaceType]:
    """Every interface by name. Two under one name or one id are the user's mistake."""
    found: dict[str, InterfaceType] = {}
    ids: dict[int, InterfaceType] = {}
    for file in files:
        try:
            new = interface_type(sources.read(file), mistakes)
        except SourceError as mistake:
            mistakes.append(mistake)
            continue
        if new is None:
            continue
        old = found.get(new.name) or ids.get(new.id)
        if old is not None:
            same = f"the name '{new.name}'" if old.name == new.name else f"the id {new.id:#x} of '{old.name}'"
            mistakes.append(SourceError(new.at, "E033", f"interface '{new.name}' has {same}, which is taken",
                                        notes=(Note(old.at, "taken here"),)))
            continue
        found[new.name] = ids[new.id] = new
    return dict(sorted(found.items()))
