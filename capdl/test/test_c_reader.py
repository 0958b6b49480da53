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
from capdl.model import Spec
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
