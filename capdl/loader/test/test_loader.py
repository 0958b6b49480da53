# SPDX-License-Identifier: BSD-2-Clause
"""The loader makes what a spec says, seen from inside by threads of the spec, and says in one line what it cannot make."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Files
from pathlib import Path

import pytest

import capdl.binary
from capdl.model import (Cap, CNode, Connection, Endpoint, Fill, Frame, Interface, Irq, Mapping, Notification, Object,
                         Region, Registry, SchedContext, Spec, Tcb, VSpace)
from sel4ish_pytest.machine import Machine
from sel4ish_pytest.system import Builder
from sysc import cmake, image, qemu
from sysc.archive import archive
from sysc.programs import load_program

PLATFORM = "qemu-virt-aarch64"
KERNEL, LOADER = "kernel/kernel-debug.bin", "loader/loader.elf"
RAM = 1 << 30
END, READ, WRITE, SIGNAL, WAIT = range(5)
CODE, TABLE, FIRST = 0x400000, 0x10000000, 0x20000000
PAGE = 4096
Boot = Callable[..., Machine]
Command = tuple[int, int, int]


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("probe")
    here = Path(__file__).parent
    subprocess.run(["aarch64-linux-gnu-gcc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-Os", "-ffreestanding", "-nostdlib",
                    "-static", "-fno-pic", "-no-pie", "-mgeneral-regs-only", "-fno-stack-protector", "-fno-jump-tables",
                    "-fno-asynchronous-unwind-tables", "-I", str(here.parents[2] / "kernel" / "abi"), "-Wl,--build-id=none",
                    f"-Wl,-Ttext={CODE:#x}", "-Wl,-eprobe", str(here / "probe.c"), "-o", str(folder / "probe")], check=True)
    subprocess.run(["aarch64-linux-gnu-objcopy", "-O", "binary", "-j", ".text", str(folder / "probe"), str(folder / "bin")], check=True)
    return (folder / "bin").read_bytes()


@pytest.fixture
def boot(tmp_path: Path, builder: Builder, observer_plugin: Path, probe: bytes) -> Iterator[Boot]:
    """A machine that starts with these bytes as its spec and these files in its archive."""
    running: list[Machine] = []

    def start(spec: Spec | bytes, files: Files[str, bytes] | None = None) -> Machine:
        with builder.lock():
            cmake.make(PLATFORM, [KERNEL, LOADER])
        where = cmake.folder(PLATFORM)
        data = spec if isinstance(spec, bytes) else capdl.binary.write(spec)
        payload = image.payload(load_program(where / LOADER, "loader"),
                                image.loader_data(data, archive({"probe": probe, **(files or {})})))
        (tmp_path / "image").write_bytes(image.image((where / KERNEL).read_bytes(), payload))
        running.append(Machine(qemu.machine(PLATFORM, RAM, tmp_path / "image"), tmp_path / str(len(running)), observer_plugin))
        return running[-1]

    yield start
    for machine in running:
        machine.stop()


def system(*objects: Object) -> Spec:
    return Spec(objects=tuple(sorted(objects, key=lambda o: o.name)))


def table(commands: Iterable[Command]) -> bytes:
    return b"".join(struct.pack("<3Q", *c) for c in (*commands, (END, 0, 0)))


def thread(name: str, files: dict[str, bytes], commands: Iterable[Command], mappings: Iterable[Mapping] = (),
           slots: tuple[tuple[int, Cap], ...] = (), bound: str = "") -> list[Object]:
    """A probe with its table, in an address space with these mappings and with these capabilities."""
    files[f"{name}.table"] = table(commands)
    size = len(files[f"{name}.table"])
    return [
        Frame(f"{name}.code", fill=(Fill("probe", 0, 0, 0),)), Frame(f"{name}.table", fill=(Fill(f"{name}.table", 0, 0, size),)),
        VSpace(f"{name}.vspace", tuple(sorted((Mapping(CODE, f"{name}.code", "rx"), Mapping(TABLE, f"{name}.table", "r"), *mappings),
                                              key=lambda m: m.vaddr))),
        CNode(f"{name}.cnode", 3, slots), SchedContext(f"{name}.sc"),
        Tcb(f"{name}.tcb", Cap(f"{name}.cnode", guard_bits=61), f"{name}.vspace", bound_notification=bound,
            sched_context=f"{name}.sc", priority=100, pc=CODE, arg=TABLE, component=name),
    ]


def with_code(spec: Spec, probe: bytes) -> Spec:
    """Now that the probe's length is known."""
    code = (Fill("probe", 0, 0, len(probe)),)
    return Spec(objects=tuple(Frame(o.name, fill=code) if o.name.endswith(".code") else o for o in spec.objects))


def right(machine: Machine, *names: str) -> None:
    """Each of these probes found everything as its table says."""
    for name in names:
        found = machine.expect(rf"^{name}\|(R|W.*)$", channel="debug", anywhere=True)
        assert found[1] == "R", machine.debug.text


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
     "start thread: t: threads of the boot phase cannot be run"),
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
