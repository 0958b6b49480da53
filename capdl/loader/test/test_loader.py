# SPDX-License-Identifier: BSD-2-Clause
"""The loader makes what a spec says, seen from inside by threads of the spec, and says in one line what it cannot make."""

from __future__ import annotations

import struct

import pytest

import capdl.binary
from capdl.loader.test.probes import FIRST, PAGE, READ, SIGNAL, WAIT, WRITE, Boot, right, system, thread, with_code
from capdl.model import (Cap, CNode, Connection, Endpoint, Fill, Frame, Interface, Irq, Mapping, Notification, Object, Region, Registry,
                         Tcb, VSpace)


def test_every_size_and_place_of_a_frame(boot: Boot, probe: bytes) -> None:
    large = bytes(i * 7 & 0xff for i in range(3 * PAGE))
    files = {"large": large}

    def word(offset: int) -> int:
        return int(struct.unpack_from("<Q", large, offset)[0])

    uart_id, rtc_id = 0x1000000011, 0x1000000031    # the first two identification registers of PL011 and of PL031
    frames = [
        Frame("small", fill=(Fill("large", 8, 16, 24), Fill("large", PAGE, 4000, 96))),
        Frame("large", 21, fill=(Fill("large", 0, (1 << 21) - len(large), len(large)),)),
        Frame("fixed", 12, 0x60003000, fill=(Fill("large", 0, 0, PAGE),)), Frame("fixed.large", 21, 0x60200000),
        Frame("uart", 12, 0x9000000, True), Frame("rtc", 12, 0x9010000, True)]
    mappings = [Mapping(FIRST + 0x200000 * i, f.name, "r" if f.device else "rw", not f.device) for i, f in enumerate(frames)]
    small, big, fixed, fixed_large, uart, rtc = (m.vaddr for m in mappings)
    objects = thread("probe", files, [
        (READ, small, 0), (READ, small + 16, word(8)), (READ, small + 40, 0), (READ, small + 4000, word(PAGE)),
        (READ, small + 4088, word(PAGE + 88)), (READ, big, 0), (READ, big + (1 << 21) - 8, word(len(large) - 8)),
        (WRITE, big + PAGE, 77), (READ, big + PAGE, 77), (READ, fixed, word(0)), (WRITE, fixed_large, 5), (READ, fixed_large, 5),
        (READ, uart + 0xfe0, uart_id), (READ, rtc + 0xfe0, rtc_id)], mappings)
    right(boot(with_code(system(*frames, *objects), probe), files), "probe")


def test_one_frame_in_two_address_spaces_and_a_signal_between_them(boot: Boot, probe: bytes) -> None:
    files: dict[str, bytes] = {}
    shared = [Mapping(FIRST, "shared", "rw"), Mapping(FIRST + PAGE, "shared", "r")]
    objects = [
        Frame("shared"), Notification("inbox"),
        *thread("reader", files, [(WAIT, 1, 0x40), (READ, FIRST, 9), (READ, FIRST + PAGE, 9)], shared,
                ((1, Cap("inbox", "r")),), bound="inbox"),
        *thread("writer", files, [(WRITE, FIRST, 9), (SIGNAL, 2, 0)], shared, ((2, Cap("inbox", "w", 0x40)),))]
    right(boot(with_code(system(*objects), probe), files), "reader", "writer")


def test_a_hundred_threads_more_cost_what_the_first_hundred_cost(boot: Boot, probe: bytes) -> None:
    """Instructions until the first of them runs, with 40 frames each."""
    def cost(count: int) -> int:
        files: dict[str, bytes] = {}
        objects: list[Object] = []
        for n in range(count):
            frames = [Frame(f"t{n}.frame.{i}") for i in range(40)]
            mappings = [Mapping(FIRST + i * PAGE, f.name, "rw") for i, f in enumerate(frames)]
            objects += [*frames, *thread(f"t{n}", files, [(WRITE, FIRST, n), (READ, FIRST, n)], mappings)]
        machine = boot(with_code(system(*objects), probe), files)
        machine.expect(r"^t0\|R", channel="debug")
        instructions = machine.observe().instructions
        right(machine, *(f"t{n}" for n in range(count)))
        return instructions

    few, more = cost(100), cost(200)
    assert more < 2.4 * few, (few, more)


REGION = Region(0, 12, 1, "client-reads")


@pytest.mark.parametrize("objects, line", [
    ([Frame("a", fill=(Fill("nowhere", 0, 0, 1),))], "fill frame: nowhere: not in the archive"),
    ([Frame("a", fill=(Fill("probe", 1 << 20, 0, 1),))], "fill frame: a: its content is beyond the end of the file"),
    ([Frame("a", 12, 0x3f000000, True)], "carve fixed frame: a: no memory there"),
    ([Frame("a", 12, 0x9000000)], "carve fixed frame: a: that is a device's memory"),
    ([Frame("a", 12, 0x9000000, True), Frame("b", 12, 0x9000000, True)], "carve fixed frame: b: memory there is taken"),
    ([Frame("a", 30), Frame("b", 30)], "create object: a: not enough memory"),
    ([Irq("a", 27)], "set up interrupt: a: "),
    ([Tcb("a")], "set up thread: a: a thread needs a cspace and a vspace"),
    ([CNode("a", 4, ((1, Cap("b", "rw", 1)),)), Registry("b")], "fill cnode: a: illegal operation"),
    ([Registry("a", interfaces=("b",)), Interface("b", 1, 1, 0, (REGION,), connections=("c",)), Connection("c", 5)],
     "provision interface: c: invalid capability"),
    ([Registry("a", interfaces=("b", "c")), Interface("b", 1, 1, 0, (REGION,)), Interface("c", 1, 1, 0, (REGION,))],
     "provision interface: c: revoke first"),
    ([Endpoint("e"), CNode("c", 4), VSpace("v"), Tcb("t", Cap("c", guard_bits=60), "v", phase=0)],
     "run boot phase: t: a thread of the boot phase needs a fault endpoint"),
    ([Endpoint("boot.faults"), CNode("c", 4), VSpace("v"), Tcb("t", Cap("c", guard_bits=60), "v", fault_endpoint=Cap("boot.faults", "wg", 1), phase=0)],
     "run boot phase: boot.done: threads of the boot phase need it"),
])
def test_what_cannot_be_made_is_said_in_one_line(boot: Boot, objects: list[Object], line: str) -> None:
    machine = boot(system(*objects))
    machine.expect(rf"^loader\|loader: {line}", channel="debug")
    assert machine.exit_status() != 0


def test_a_damaged_spec_is_said_in_one_line(boot: Boot) -> None:
    data = bytearray(capdl.binary.write(system(Frame("a"), Frame("b"))))
    data[-2] = ord("?")
    machine = boot(bytes(data))
    machine.expect(r"^loader\|loader: read spec: object 1: name$", channel="debug")
    assert machine.exit_status() != 0
