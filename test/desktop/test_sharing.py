# SPDX-License-Identifier: BSD-2-Clause
"""Nothing beside the registry: in the desktop's spec no memory is within reach of two components but through a connection, or as
code that nobody can write. Found in the spec itself, without the audit."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from sel4ish_pytest.front_door import sel4ish
from sysc.paths import BUILD

from capdl import text
from capdl.model import CNode, Connection, Frame, Interface, Spec, Tcb, VSpace


@pytest.fixture(scope="module")
def spec() -> Spec:
    assert sel4ish("build").returncode == 0
    path = BUILD / "desktop" / "spec.cdl"
    return text.read(path.read_text(), str(path))


def frames(spec: Spec) -> dict[str, Frame]:
    return {o.name: o for o in spec.objects if isinstance(o, Frame)}


def mappings(spec: Spec) -> Counter[str]:
    return Counter(m.frame for o in spec.objects if isinstance(o, VSpace) for m in o.mappings)


def handed_out(spec: Spec) -> Counter[str]:
    """Frames that the registry gets, to map for others."""
    found: Counter[str] = Counter()
    for o in spec.objects:
        if isinstance(o, Connection):
            found.update(o.frames)
        elif isinstance(o, Interface):
            found.update(set(o.code))
    return found


def test_every_frame_is_mapped_once_or_is_the_registrys(spec: Spec) -> None:
    mapped, given = mappings(spec), handed_out(spec)
    names = set(frames(spec))
    assert len(names) > 1000 and len(given) > 40
    assert all(count == 1 for count in mapped.values())
    assert not set(mapped) & set(given)
    assert set(mapped) | set(given) == names


def test_each_connection_has_frames_of_its_own(spec: Spec) -> None:
    code = {f for o in spec.objects if isinstance(o, Interface) for f in o.code}
    assert {name for name, count in handed_out(spec).items() if count > 1} <= code
    assert not code & {f for o in spec.objects if isinstance(o, Connection) for f in o.frames}


def test_no_component_holds_memory_or_the_means_to_map_it(spec: Spec) -> None:
    memory = {o.name for o in spec.objects if isinstance(o, (Frame, VSpace))}
    held = {cap.object for o in spec.objects if isinstance(o, CNode) for _, cap in o.slots}
    assert held and not held & memory


def test_no_two_frames_are_the_same_memory_at_the_same_time(spec: Spec) -> None:
    phases = {o.vspace: o.phase for o in spec.objects if isinstance(o, Tcb)}
    owner = {m.frame: phases[o.name] for o in spec.objects if isinstance(o, VSpace) for m in o.mappings}
    placed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for name, frame in frames(spec).items():
        if frame.paddr is not None:
            placed[owner[name]].append((frame.paddr, frame.paddr + (1 << frame.size_bits)))
    assert placed
    for ranges in placed.values():
        ranges.sort()
        assert all(end <= start for (_, end), (start, _) in zip(ranges, ranges[1:]))


def test_two_threads_never_share_an_address_space(spec: Spec) -> None:
    threads = [o for o in spec.objects if isinstance(o, Tcb)]
    assert len({t.vspace for t in threads}) == len(threads) > 12
    assert len({t.cspace.object for t in threads if t.cspace}) == len(threads)
