# SPDX-License-Identifier: BSD-2-Clause
"""The C reader and Python agree on every spec, right or damaged, and no damage takes the C reader out of its bytes.

The reader is compiled here, for the host, under the address and undefined-behaviour sanitizers.
"""

import random
import re
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import capdl.binary
import capdl.text
from capdl.model import (Cap, CNode, Connection, End, Endpoint, Fill, Frame, Interface, Irq, Mapping, Object, Region, Registry,
                         SchedContext, Spec, Tcb, VSpace)
from capdl.rules import SpecError
from capdl.test.random_spec import random_spec

HERE = Path(__file__).parent
FLAGS = ("-std=c11", "-g", "-O1", "-Wall", "-Wextra", "-Wshadow", "-Wmissing-prototypes", "-Wconversion", "-Werror",
         "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
EXTREMES = (0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff)
Dump = Callable[[list[bytes]], list[str]]


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Dump:
    """What the C reader says to each of a list of byte strings."""
    folder = tmp_path_factory.mktemp("dump_spec")
    program = folder / "dump_spec"
    sources = (HERE / "dump_spec.c", HERE.parent / "spec.c", HERE.parent / "spec_rules.c")
    subprocess.run(["gcc", *FLAGS, *map(str, sources), "-o", str(program)], check=True)

    def run(specs: list[bytes]) -> list[str]:
        stream = folder / "stream"
        stream.write_bytes(b"".join(struct.pack("<Q", len(s)) + s for s in specs))
        done = subprocess.run([str(program), str(stream)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        answers = done.stdout.split("\f\n")[:-1]
        assert len(answers) == len(specs)
        return answers

    return run


def without_causes(spec: Spec) -> str:
    """The text of what the binary form keeps. A file's name, in quotes, may look like a cause."""
    return re.sub(r"^(?!    fill )(.*?)  -- .*$", r"\1", capdl.text.write(spec), flags=re.M)


def python_verdict(data: bytes) -> str:
    try:
        return capdl.text.write(capdl.binary.read(data))
    except SpecError:
        return "wrong"


def assert_same_verdicts(dump: Dump, damaged: list[bytes]) -> int:
    """How many of them are still specs."""
    right = 0
    for data, answer in zip(damaged, dump(damaged)):
        expected = python_verdict(data)
        assert re.sub(r"^wrong: .*\n", "wrong", answer) == expected
        right += expected != "wrong"
    return right


def test_c_reads_what_python_wrote(dump: Dump) -> None:
    specs = [random_spec(seed) for seed in range(1000)] + [random_spec(7, objects=1000)]
    answers = dump([capdl.binary.write(s) for s in specs])
    for number, (spec, answer) in enumerate(zip(specs, answers)):
        assert answer == without_causes(spec), number


def test_a_truncated_spec_is_wrong_at_every_length(dump: Dump) -> None:
    data = capdl.binary.write(random_spec(3, objects=20))
    assert all(answer.startswith("wrong: ") for answer in dump([data[:n] for n in range(len(data))]))
    assert all(answer.startswith("wrong: ") for answer in dump([data + bytes(n) for n in range(1, 20)]))


def flips(rng: random.Random, data: bytes) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def words(rng: random.Random, data: bytes) -> bytes:
    """A field set to an extreme, or moved by one: what a check that is off by one lets through."""
    damaged = bytearray(data)
    at = rng.randrange(len(data) // 4) * 4
    old, = struct.unpack_from("<I", data, at)
    struct.pack_into("<I", damaged, at, rng.choice((*EXTREMES, (old + 1) & 0xffffffff, (old - 1) & 0xffffffff)))
    return bytes(damaged)


def swaps(rng: random.Random, data: bytes) -> bytes:
    """Two words of the spec in each other's place: numbers that are plausible elsewhere."""
    damaged = bytearray(data)
    a, b = rng.randrange(len(data) // 4) * 4, rng.randrange(len(data) // 4) * 4
    damaged[a:a + 4], damaged[b:b + 4] = data[b:b + 4], data[a:a + 4]
    return bytes(damaged)


def damages(seed: int) -> Iterator[bytes]:
    rng = random.Random(seed)
    for number in range(3000):
        data = capdl.binary.write(random_spec(number % 60, objects=4 + number % 12))
        yield rng.choice((flips, words, swaps))(rng, data)


def test_c_and_python_agree_on_damaged_specs(dump: Dump) -> None:
    right = assert_same_verdicts(dump, list(damages(11)))
    assert right > 50, "damage that leaves a spec must be among it, or accepting is not tested"


END = End("v", 0, "n", 1)
REGION = Region(0, 12, 1, "client-reads")


@pytest.mark.parametrize("objects, what", [
    ([Frame("b"), Frame("a")], "object 1: order of names"),
    ([Endpoint("a"), Endpoint("a")], "object 1: order of names"),
    ([Frame("1a")], "object 0: name"),
    ([Frame("a?")], "object 0: name"),
    ([Frame("")], "object 0: name"),
    ([Frame("a" * 256)], "object 0: name"),
    ([CNode("a", 0)], "object 0: bits"),
    ([CNode("a", 29)], None),
    ([CNode("a", 2, ((4, Cap("a")),))], "object 0: slot beyond the end"),
    ([CNode("a", 2, ((2, Cap("a")), (1, Cap("a"))))], "object 0: order of slots"),
    ([CNode("a", 2, ((2, Cap("a")), (2, Cap("a"))))], "object 0: order of slots"),
    ([CNode("a", 2, ((2, Cap("a", guard=4, guard_bits=2)),))], "cap 0: guard"),
    ([CNode("a", 2, ((2, Cap("a", guard=1 << 58, guard_bits=60)),))], "cap 0: guard"),
    ([CNode("a", 2, ((2, Cap("a", guard=1)),))], "cap 0: guard"),
    ([CNode("a", 2, ((2, Cap("f", guard_bits=1)),)), Frame("f")], "cap 0: guard of what is no cnode"),
    ([Frame("a", 13)], "object 0: bits"),
    ([Frame("a", 12, 0x1800)], "object 0: physical address"),
    ([Frame("a", 12, 1 << 48)], "object 0: physical address"),
    ([Frame("a", device=True)], "object 0: device"),
    ([Frame("a", 12, 0, True, (Fill("x", 0, 0, 1),))], "object 0: device"),
    ([Frame("a", fill=(Fill("x", 0, 0, 0),))], "object 0: content"),
    ([Frame("a", fill=(Fill("x", 0, 4095, 2),))], "object 0: content"),
    ([Frame("a", fill=(Fill("x", 0, 0xffffffff, 1),))], "object 0: content"),
    ([Frame("a", fill=(Fill("x", 1 << 63, 0, 1),))], "object 0: content"),
    ([Frame("a", fill=(Fill("", 0, 0, 1),))], "object 0: content"),
    ([Frame("a", fill=(Fill("x\n", 0, 0, 1),))], "object 0: content"),
    ([Frame("a"), VSpace("v", (Mapping(0x800, "a", "r"),))], "object 1: place of a mapping"),
    ([Frame("a"), VSpace("v", (Mapping(0x1000, "a", "r"), Mapping(0x1000, "a", "r")))], "object 1: place of a mapping"),
    ([Frame("a"), VSpace("v", (Mapping((1 << 47), "a", "r"),))], "object 1: place of a mapping"),
    ([Frame("a", 30), VSpace("v", (Mapping((1 << 64) - (1 << 30), "a", "r"),))], "object 1: place of a mapping"),
    ([Frame("a"), VSpace("v", (Mapping(0x1000, "a", "rwx"),))], "object 1: access of a mapping"),
    ([Frame("a"), VSpace("v", (Mapping(0x1000, "a", "w"),))], "object 1: access of a mapping"),
    ([Frame("a"), VSpace("v", (Mapping(0x1000, "a", ""),))], "object 1: access of a mapping"),
    ([VSpace("v", (), (0x1000,))], "object 0: place of a table"),
    ([VSpace("v", (), (1 << 47,))], "object 0: place of a table"),
    ([VSpace("v", (), (0x400000, 0x200000))], "object 0: order of tables"),
    ([VSpace("v", (), (0x400000, 0x400000))], "object 0: order of tables"),
    ([VSpace("v", (), (), (0x400000,))], "object 0: place of a table"),
    ([VSpace("v", (), (), (0x80000000, 0x40000000))], "object 0: order of tables"),
    ([SchedContext("a", 8, 2, 1)], "object 0: budget"),
    ([SchedContext("a", 8, 0, 1)], "object 0: budget"),
    ([Tcb("a", buffer_vaddr=1)], "object 0: IPC buffer"),
    ([Tcb("a", component="a b")], "object 0: component"),
    ([Interface("a", 0, 1, regions=(REGION,))], "object 0: id or version"),
    ([Interface("a", 1, 0, regions=(REGION,))], "object 0: id or version"),
    ([Interface("a", 1, 1)], "object 0: number of regions"),
    ([Interface("a", 1, 1, regions=(REGION,) * 9)], "object 0: number of regions"),
    ([Interface("a", 1, 1, regions=(Region(0, 13, 1, "code"),))], "object 0: region"),
    ([Interface("a", 1, 1, regions=(Region(0, 12, 0, "code"),))], "object 0: region"),
    ([Interface("a", 1, 1, regions=(Region(0x1000, 21, 1, "code"),))], "object 0: region"),
    ([Interface("a", 1, 1, regions=(Region(1 << 47, 12, 1, "code"),))], "object 0: region"),
    ([Interface("a", 1, 1, regions=(REGION,), provider=END), CNode("n", 0), VSpace("v")], "object 0: slot beyond the end"),
    ([Connection("a", 0)], "object 0: label"),
    ([Connection("a", 1, client=End("v", 0, "n", 4)), CNode("n", 2), VSpace("v")], "object 0: slot beyond the end"),
    ([CNode("a", 2), Tcb("t", Cap("t"))], "tcb 0: cspace"),
    ([CNode("a", 2), Tcb("t", vspace="a")], "tcb 0: vspace"),
    ([CNode("a", 2), Registry("r", interfaces=("a",))], "registry 0: interfaces"),
    ([CNode("a", 2), Irq("i", notification=Cap("a"))], "irq 0: notification"),
])
def test_each_rule_is_kept_by_both(dump: Dump, monkeypatch: pytest.MonkeyPatch, objects: list[Object], what: str | None) -> None:
    """A spec that breaks one rule, written all the same (what None: its bytes cannot even be made)."""
    monkeypatch.setattr(capdl.binary, "require", lambda spec: None)
    if what is None:
        with pytest.raises(SpecError):
            capdl.binary.write(Spec(objects=tuple(objects)))
        return
    data = capdl.binary.write(Spec(objects=tuple(objects)))
    monkeypatch.undo()
    assert dump([data]) == [f"wrong: {what}\n"]
    assert python_verdict(data) == "wrong"
