# SPDX-License-Identifier: BSD-2-Clause
"""The loader finds files in an archive that cpio made, and stays inside one that is damaged."""

import random
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sysc.archive import archive

HERE = Path(__file__).parent
FLAGS = ("-std=c11", "-g", "-O1", "-Wall", "-Wextra", "-Wshadow", "-Wmissing-prototypes", "-Wconversion", "-Werror",
         "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
FILES = {"a": b"", "a.program": bytes(range(200)), "b.config": b"xyz", "zz-last": bytes(5000)}
NAMES = ("zz-last", "a.program", "a", "missing", "b.config", "TRAILER!!!", "a")
Find = Callable[[list[bytes]], list[str]]


@pytest.fixture(scope="module")
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    folder = tmp_path_factory.mktemp("find_file")
    program = folder / "find_file"
    subprocess.run(["gcc", *FLAGS, str(HERE / "find_file.c"), str(HERE.parent / "archive.c"), "-o", str(program)], check=True)

    def run(archives: list[bytes]) -> list[str]:
        (folder / "stream").write_bytes(b"".join(struct.pack("<Q", len(a)) + a for a in archives))
        done = subprocess.run([str(program), str(folder / "stream"), *NAMES], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


def test_it_finds_what_cpio_packed_in_any_order_of_asking(find: Find) -> None:
    expected = [f"{len(FILES[n])} {sum(FILES[n])}" if n in FILES else "none" for n in NAMES]
    assert find([archive(FILES)]) == expected


def test_no_truncation_or_damage_takes_it_out_of_the_archive(find: Find) -> None:
    rng, whole = random.Random(5), archive(FILES)
    end = whole.index(b"zz-last") + 40
    damaged = [whole[:n] for n in range(end)]
    for _ in range(3000):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(end)] = rng.choice(b"0123456789abcdefF\0\xff")
        damaged.append(bytes(data))
    assert len(find(damaged)) == len(damaged) * len(NAMES)
