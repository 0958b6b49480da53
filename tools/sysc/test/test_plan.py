# SPDX-License-Identifier: BSD-2-Clause
"""What holds of every plan and every spec, whatever the description: nothing overlaps, nothing is handed out twice, every
capability has its cause, and the same input gives the same bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from capdl import binary, rules, text
from capdl.model import CNode, Connection, Frame, Interface, Registry, Spec, Tcb, VSpace
from sysc.build import right
from sysc.lower import Lowered, lower
from sysc.plan import RUNTIME, Plan, plan, ram_top
from sysc.test.samples import HERE, described, programs

RANDOM = 8              # descriptions at random, each with its own seed
DESCRIPTIONS = sorted((HERE / "systems").glob("*.yaml"))


@pytest.fixture(scope="module", params=[*DESCRIPTIONS, *range(RANDOM)], ids=[*(p.stem for p in DESCRIPTIONS), *map(str, range(RANDOM))])
def planned(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    if isinstance(request.param, Path):
        return plan(right(request.param, HERE)[0])
    path = tmp_path_factory.mktemp("random") / "system.yaml"
    path.write_text(described(random.Random(request.param)))
    return plan(right(path, HERE)[0])


@pytest.fixture(scope="module")
def lowered(planned: Plan) -> Lowered:
    return lower(planned, programs(planned))


def frames(spec: Spec) -> dict[str, Frame]:
    return {o.name: o for o in spec.objects if isinstance(o, Frame)}


def test_the_spec_is_in_order(lowered: Lowered) -> None:
    assert rules.problems(lowered.spec) == []


def test_the_text_and_the_binary_form_say_the_same(lowered: Lowered) -> None:
    assert text.read(text.write(lowered.spec), "spec.cdl") == lowered.spec
    assert binary.read(binary.write(lowered.spec)) == lowered.spec


def test_every_capability_and_mapping_has_a_cause(lowered: Lowered) -> None:
    for o in lowered.spec.objects:
        if isinstance(o, CNode):
            assert all(cap.cause for _, cap in o.slots), o.name
        if isinstance(o, VSpace):
            assert all(m.cause for m in o.mappings), o.name
        if isinstance(o, Tcb):
            assert o.cspace and o.cspace.cause and (o.fault_endpoint is None or o.fault_endpoint.cause)


def test_no_addresses_overlap(planned: Plan, lowered: Lowered) -> None:
    """Mapped pages and the windows that the registry will fill, together."""
    sizes = frames(lowered.spec)
    for own in planned.components:
        space = next(o for o in lowered.spec.objects if o.name == f"{own.name}.vspace")
        assert isinstance(space, VSpace)
        ranges = [(m.vaddr, m.vaddr + (1 << sizes[m.frame].size_bits)) for m in space.mappings]
        for i in planned.interfaces:
            if i.provider == own.name and i.connections:
                ranges.append((i.base, i.base + i.version.window * len(i.connections)))
            ranges += [(c.client_base, c.client_base + i.version.window) for c in i.connections if c.client == own.name]
        ranges.sort()
        assert all(a[1] <= b[0] for a, b in zip(ranges, ranges[1:])), own.name


def test_windows_are_aligned_and_have_their_tables(planned: Plan) -> None:
    for i in planned.interfaces:
        for owner, base in [(i.provider, i.base + c.n * i.version.window) for c in i.connections] + [
                (c.client, c.client_base) for c in i.connections]:
            own = planned.component(owner)
            assert base % (1 << i.version.align_bits) == 0
            for region in i.version.regions:
                if region.page_bits == 12:
                    assert {(base + region.offset) >> 21 << 21, (base + region.end - 1) >> 21 << 21} <= set(own.tables)
                else:
                    assert {(base + region.offset) >> 30 << 30, (base + region.end - 1) >> 30 << 30} <= set(own.large_tables)
                    assert not any(base + region.offset <= t < base + region.end for t in own.tables)


def test_a_frame_is_mapped_at_most_once_and_a_registry_frame_never(planned: Plan, lowered: Lowered) -> None:
    """No memory is shared except through the registry. A device may have one owner at boot, and one after."""
    boot = {f"{c.name}.vspace" for c in planned.components if c.component.boot}
    spaces = {o.name: [m.frame for m in o.mappings] for o in lowered.spec.objects if isinstance(o, VSpace)}
    early = [frame for name, theirs in spaces.items() if name in boot for frame in theirs]
    late = [frame for name, theirs in spaces.items() if name not in boot for frame in theirs]
    assert len(early) == len(set(early)) and len(late) == len(set(late))
    assert all(frames(lowered.spec)[name].device for name in set(early) & set(late))
    mapped = early + late
    consumed = [f for o in lowered.spec.objects if isinstance(o, Connection) for f in o.frames]
    consumed += [f for o in lowered.spec.objects if isinstance(o, Interface) for f in o.code]
    assert len(consumed) == len(set(consumed)) and not set(consumed) & set(mapped)
    assert set(frames(lowered.spec)) == set(mapped) | set(consumed)


def test_nothing_is_both_writable_and_executable(lowered: Lowered) -> None:
    assert {m.rights for o in lowered.spec.objects if isinstance(o, VSpace) for m in o.mappings} <= {"r", "rw", "rx"}


def test_slots_fit_and_are_used_once(planned: Plan, lowered: Lowered) -> None:
    objects = {o.name: o for o in lowered.spec.objects}
    for own in planned.components:
        for cnode, slots in ((f"{own.name}.cnode", own.root), (f"{own.name}.runtime", own.runtime)):
            numbers = [s for s, _ in slots]
            node = objects[cnode]
            assert isinstance(node, CNode) and len(numbers) == len(set(numbers)) and max(numbers) < 1 << node.size_bits
        free = [i.slot for i in planned.interfaces if i.provider == own.name]
        free += [c.client_slot for i in planned.interfaces for c in i.connections if c.client == own.name]
        assert len(free) == len(set(free)) and not set(free) & {s for s, _ in own.runtime} and all(s < 1 << own.runtime_bits for s in free)


def test_capability_addresses_resolve_to_their_slots(planned: Plan) -> None:
    """Guard, root index and run-time index make 64 bits."""
    for own in planned.components:
        assert own.guard_bits + own.root_bits + own.runtime_bits == 64
        for slot, _ in own.root:
            address = own.cptr(slot)
            assert address >> own.runtime_bits == slot and address >> (64 - own.guard_bits) == 0
        assert own.runtime_cptr(0) == own.cptr(RUNTIME)
        assert dict(own.runtime)[0].object == f"{own.name}.runtime"


def test_labels_are_unique_and_the_supervisor_is_one(planned: Plan) -> None:
    labels = [c.label for c in planned.components]
    assert labels == list(range(labels[0], labels[0] + len(labels)))
    assert all((c.label == 1) == c.component.is_supervisor for c in planned.components)


def test_badge_bits_of_an_inbox_differ_until_they_run_out(planned: Plan) -> None:
    for own in planned.components:
        bits = [d.badge for d in own.devices if d.handler] + [own.monitor] * bool(own.monitor)
        bits += [i.badge for i in planned.interfaces if i.provider == own.name]
        bits += [c.provider_badge for i in planned.interfaces if i.provider == own.name for c in i.connections]
        bits += [c.client_badge for i in planned.interfaces for c in i.connections if c.client == own.name]
        assert all(b and b & (b - 1) == 0 for b in bits)
        assert len(set(bits)) == min(len(bits), 64), own.name


def test_every_provided_interface_is_on_the_registry(planned: Plan, lowered: Lowered) -> None:
    listed = [n for o in lowered.spec.objects if isinstance(o, Registry) for n in o.interfaces]
    assert sorted(listed) == sorted(o.name for o in lowered.spec.objects if isinstance(o, Interface))
    assert len({(i.id, i.ref.version, i.instance) for i in planned.interfaces}) == len(listed)


def test_connections_have_the_frames_that_the_layout_says(lowered: Lowered) -> None:
    objects = {o.name: o for o in lowered.spec.objects}
    for interface in (o for o in lowered.spec.objects if isinstance(o, Interface)):
        wanted = [r.size_bits for r in interface.regions if r.kind != "code" for _ in range(r.count)]
        for name in interface.connections:
            connection = objects[name]
            assert isinstance(connection, Connection)
            assert [frames(lowered.spec)[f].size_bits for f in connection.frames] == wanted
        assert len(interface.code) == sum(r.count for r in interface.regions if r.kind == "code")


def test_fills_stay_inside_their_files(lowered: Lowered) -> None:
    for frame in frames(lowered.spec).values():
        for fill in frame.fill:
            assert fill.file_offset + fill.length <= len(lowered.files[fill.file]), frame.name


def test_the_same_description_gives_the_same_bytes(planned: Plan, lowered: Lowered) -> None:
    again = lower(plan(planned.system), programs(planned))
    assert text.write(again.spec) == text.write(lowered.spec) and dict(again.files) == dict(lowered.files)


def test_a_second_instance_has_a_number_of_its_own() -> None:
    planned = plan(right(HERE / "systems" / "wide.yaml", HERE)[0])
    assert {i.name for i in planned.interfaces if i.ref.name == "store"} == {"store@2", "store@2#1"}


def test_a_system_without_supervisor_has_no_fault_endpoint() -> None:
    planned = plan(right(HERE / "systems" / "alone.yaml", HERE)[0])
    spec = lower(planned, programs(planned)).spec
    assert all(o.fault_endpoint is None for o in spec.objects if isinstance(o, Tcb))
    assert not any(o.name.startswith("supervisor") for o in spec.objects)


def test_memory_lies_in_ram_contiguous_and_apart(planned: Plan, lowered: Lowered) -> None:
    """Where an address was asked for or is to be told: in the spec as in the plan."""
    taken: list[tuple[int, int]] = []
    for own in planned.components:
        for m in own.memory:
            page = 1 << m.region.page_bits
            theirs = [frames(lowered.spec)[f"{own.name}.memory.{m.region.name}.{n}"] for n in range(m.region.size // page)]
            assert all(f.size_bits == m.region.page_bits and not f.device for f in theirs) and m.vaddr % page == 0
            assert (m.paddr is None) == (m.region.paddr is None and not m.region.dma)
            if m.paddr is not None:
                assert [f.paddr for f in theirs] == [m.paddr + n * page for n in range(len(theirs))]
                taken.append((m.paddr, m.paddr + m.region.size))
            else:
                assert all(f.paddr is None for f in theirs)
    taken.sort()
    assert all(a[1] <= b[0] for a, b in zip(taken, taken[1:]))
    assert all(planned.system.platform.image_base <= start and end <= ram_top(planned.system) for start, end in taken)


def test_memory_is_found_from_the_top_of_ram_down_around_what_is_taken() -> None:
    planned = plan(right(HERE / "systems" / "boot.yaml", HERE)[0])
    places = {f"{c.name}.{m.region.name}": m.paddr for c in planned.components for m in c.memory if m.paddr}
    assert places == {"screen.pixels": 0x43a00000, "setup.request": 0x439ff000, "places.request": 0x439fe000,
                      "screen.queue": 0x439fc000, "other.queue": 0x43600000, "other.pixels": 0x43200000}


def test_the_boot_phase_is_watched_by_the_loader_alone(planned: Plan, lowered: Lowered) -> None:
    objects = {o.name: o for o in lowered.spec.objects}
    done = []
    for own in planned.components:
        tcb, boot = objects[f"{own.name}.tcb"], own.component.boot
        assert isinstance(tcb, Tcb) and tcb.phase == (0 if boot else 1)
        if boot:
            assert tcb.fault_endpoint and (tcb.fault_endpoint.object, tcb.fault_endpoint.badge) == ("boot.faults", own.label)
            done += [cap.badge for _, cap in own.root if cap.object == "boot.done"]
        held = [cap.object for _, cap in (*own.root, *own.runtime)]
        others = {f"{c.name}.{part}" for c in planned.components if c.component.boot and c is not own for part in ("tcb", "runtime", "inbox")}
        assert not others & set(held)
    assert len(done) == len(set(done)) == sum(c.component.boot for c in planned.components) and all(b & (b - 1) == 0 for b in done)
