# SPDX-License-Identifier: BSD-2-Clause
"""The whole arrow: a description to a boot image, each stage leaving a file that people can read and compare in
build/<system>/. The same input gives the same bytes, and a file whose content is the same is not written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from capdl import binary, text
from sysc import cmake, image, qemu, report
from sysc.archive import archive
from sysc.audit import check_policy, dma_of
from sysc.check import check, too_little_memory
from sysc.load import Sources
from sysc.lower import Lowered, Programs, lower
from sysc.memory import need, object_bits
from sysc.model import PAGE, System
from sysc.parse import parse
from sysc.paths import BUILD, ROOT
from sysc.plan import Plan, plan
from sysc.programs import Program, load_program
from sysc.source import Location, SourceError, in_order
from sysc.text import as_json, write_if_changed


TREE_ROOM = 1 << 20         # what QEMU's device tree takes behind the image, at most

Say = Callable[[str], None]


class Wrong(Exception):
    """The description is wrong: these are its mistakes, warnings among them."""

    def __init__(self, mistakes: list[SourceError]) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = mistakes


@dataclass(frozen=True)
class Built:
    system: System
    folder: Path
    image: Path
    kernel: Path                # the raw Image at the image's beginning
    changed: bool               # the image is not the one of the last build
    warnings: tuple[SourceError, ...]

    @property
    def qemu(self) -> list[str]:
        return qemu.machine(self.system.platform.name, self.system.ram_bytes, self.image, qemu.options(self.system))


def describe(path: Path, root: Path = ROOT) -> tuple[System | None, list[SourceError]]:
    """Load, parse and check. The System is there even where it is wrong, if the files say enough to make one."""
    system, mistakes = parse(Sources(root), path)
    return system, in_order([*mistakes, *(check(system) if system else [])])


def judge(path: Path, root: Path = ROOT) -> tuple[System | None, list[SourceError]]:
    """The same, and where nothing is wrong so far, the policies: they hold or break whatever the programs contain."""
    system, mistakes = describe(path, root)
    if system is None or not system.policies or any(not m.warning for m in mistakes):
        return system, mistakes
    planned = plan(system)
    names = {c.component.type.name.text for c in planned.components}
    blank = Programs({n: Program(n, 0, (), (), ()) for n in names},
                     {i.code: Program(i.code, 0, (), (), ()) for i in planned.interfaces if i.code})
    return system, in_order([*mistakes, *check_policy(lower(planned, blank).spec, system.policies, dma_of(system))])


def right(path: Path, root: Path = ROOT) -> tuple[System, tuple[SourceError, ...]]:
    """The System, and the warnings about it. Raises Wrong if there is an error."""
    system, mistakes = describe(path, root)
    if system is None or any(not m.warning for m in mistakes):
        raise Wrong(mistakes)
    return system, tuple(mistakes)


def build(path: Path, say: Say, root: Path = ROOT) -> Built:
    system, warnings = right(path, root)
    planned = plan(system)
    folder = BUILD / system.name.text
    _leave(folder, "model.json", as_json(report.model_data(system)))
    _leave(folder, "plan.json", as_json(report.plan_data(planned)))
    say("compiling")
    where = cmake.folder(system.platform.name)
    _compile(planned)
    programs = load_programs(planned, where)
    say("laying out")
    lowered = lower(planned, programs)
    _leave(folder, "spec.cdl", text.write(lowered.spec))
    if broken := check_policy(lowered.spec, system.policies, dma_of(system)):
        raise Wrong(in_order([*warnings, *broken]))
    return _finish(planned, lowered, where, folder, warnings)


def _finish(planned: Plan, lowered: Lowered, where: Path, folder: Path, warnings: tuple[SourceError, ...]) -> Built:
    system = planned.system
    kernel_image = where / kernel_file(system.kernel)
    kernel = kernel_image.read_bytes()
    loader = load_program(where / loader_file(system.kernel), "loader")
    spec, files = binary.write(lowered.spec), archive(lowered.files)
    whole = image.image(kernel, image.payload(loader, image.loader_data(spec, files)))
    memory = need(lowered.spec, object_bits(ROOT))
    room = system.ram_bytes - (system.platform.image_base - system.platform.ram_base) - len(whole)
    if sum(memory.values()) > room:
        most = max((c.name for c in planned.components), key=lambda name: memory.get(name, 0))
        raise Wrong([*warnings, too_little_memory(system, sum(memory.values()), room, most)])
    if below := _below(planned, system.platform.image_base + len(whole) + TREE_ROOM):
        raise Wrong([*warnings, *below])
    _leave(folder, "spec.bin", spec)
    changed = write_if_changed(folder / "image", whole)
    summary = report.report(planned, memory, len(lowered.spec.objects), len(whole))
    _leave(folder, "report.txt", summary)
    outputs = {"image": whole, "spec.bin": spec, "spec.cdl": text.write(lowered.spec).encode(), "report.txt": summary.encode()}
    inputs = {"kernel": kernel, "loader": loader.image, **lowered.files}
    _leave(folder, "manifest.json", as_json(report.manifest(system, outputs, inputs)))
    return Built(system, folder, folder / "image", kernel_image, changed, warnings)


def _below(planned: Plan, end: int) -> list[SourceError]:
    """Memory at an address that the image, or what the kernel puts behind it, is in the way of."""
    return [SourceError(m.region.name.at, "E035", f"memory '{m.region.name}' at {m.paddr:#x} lies where the image does",
                        f"the image ends at {end:#x}") for c in planned.components for m in c.memory if m.paddr is not None and m.paddr < end]


def kernel_file(flavour: str) -> str:
    return f"kernel/kernel-{flavour}.bin"


def loader_file(flavour: str) -> str:
    return "loader/loader.elf" if flavour == "debug" else "loader/loader-release.elf"


def component_file(name: str) -> str:
    return f"components/{name}.elf"


def code_file(name: str) -> str:
    return f"code/{name}.elf"


def _compile(planned: Plan) -> None:
    system = planned.system
    outputs = [kernel_file(system.kernel), loader_file(system.kernel)]
    outputs += [component_file(c.component.type.name.text) for c in planned.components]
    outputs += [code_file(i.code) for i in planned.interfaces if i.code]
    try:
        cmake.make(system.platform.name, outputs)
    except cmake.BuildFailed as failed:
        for kind in (c.component.type.name for c in planned.components):
            if f"unknown target '{component_file(kind.text)}'" in str(failed):
                hint = f"its CMakeLists.txt says add_component({kind} SOURCES …), and the one above names its folder"
                raise Wrong([SourceError(kind.at, "E042", f"nothing builds the program '{kind}'", hint)]) from None
        print(str(failed), file=sys.stderr, end="")
        raise Wrong([SourceError(Location(f"build/{system.platform.name}"), "E040", "the programs do not compile",
                                 "the compiler's own words stand above")]) from None


def load_programs(planned: Plan, where: Path) -> Programs:
    """The compiled programs and sealed images of a plan; each image must fit the code region that it is for."""
    names = sorted({c.component.type.name.text for c in planned.components})
    components = {name: load_program(where / component_file(name), name) for name in names}
    code: dict[str, Program] = {}
    mistakes = []
    for i in planned.interfaces:
        if not i.code:
            continue
        sealed = code.setdefault(i.code, load_program(where / code_file(i.code), i.code))
        region = i.version.code
        if region is not None and len(sealed.image) > region.bytes:
            what = f"the code of '{i.name}' takes {len(sealed.image) // PAGE} pages, and its region has {region.count}"
            mistakes.append(SourceError(region.at, "E043", what, "give the region more pages"))
    if mistakes:
        raise Wrong(in_order(mistakes))
    return Programs(components, code)


def _leave(folder: Path, name: str, content: str | bytes) -> None:
    write_if_changed(folder / name, content)
