# SPDX-License-Identifier: BSD-2-Clause
"""Descriptions cut, doubled and mixed at random: whatever stands in the file, the tool answers with mistakes at places.

    SEL4ISH_FUZZ=100000 pytest tools/sysc/test/test_fuzz.py      a longer campaign"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from sysc.build import describe
from sysc.load import Sources
from sysc.lower import lower
from sysc.interface import interface_type
from sysc.plan import plan
from sysc.source import SourceError
from sysc.test.samples import HERE, programs

ROUNDS = int(os.environ.get("SEL4ISH_FUZZ", "300"))
SEEDS = [p.read_text() for p in sorted((HERE / "golden").glob("*.yaml"))]
WORDS = ("{}", "[]", "null", "true", "-1", "0x", "1e9", "~", "&a", "*a", "!!int x", "'", "\"", "|", "- ", ": ", "\t", "\n", "é", "\x00", "@1",
         "store@99999", "99999999999999999999", "0o7", "1:30", "<<: *a", "include: x", "4 KiB", "9s", "calls: [store]", "policy: [{only: {}}]",
         "replace: {store: {}}", "supervisor: []", "supervisor: {priority: 1}", "uses: [store@1]", "group: {a: b}", "? [a]\n: b")

BOMB = b"a: &a [x]\n" + b"".join(b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(ord("b"), ord("k")))


def mutated(chance: random.Random) -> str:
    text = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        match chance.randrange(5):
            case 0:
                text = text[:at] + chance.choice(WORDS) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randint(1, 20):]
            case 2:
                lines = text.splitlines(keepends=True) or [""]
                lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
                text = "".join(lines)
            case 3:
                other = chance.choice(SEEDS)
                text = text[:at] + other[chance.randrange(len(other) + 1):]
            case _:
                words = text.split(" ")
                words[chance.randrange(len(words))] = chance.choice(words + list(WORDS))
                text = " ".join(words)
    return text


def test_no_description_is_answered_with_a_traceback(tmp_path: Path) -> None:
    chance = random.Random(4)
    path = tmp_path / "fuzzed.yaml"
    accepted = 0
    for round_number in range(ROUNDS):
        text = mutated(chance)
        path.write_text(text, encoding="utf-8")
        try:
            system, mistakes = describe(path, HERE)
            if system is not None and all(m.warning for m in mistakes):
                accepted += 1
                if accepted % 10 == 0:
                    planned = plan(system)
                    lower(planned, programs(planned))
        except Exception as error:
            error.add_note(f"round {round_number}:\n{text}")
            raise
        assert all(isinstance(m, SourceError) and m.what for m in mistakes)
        assert system is not None or mistakes
    assert accepted < ROUNDS


ODD = (b"\xff\xfe", b"\x00", b"a: \xc3", b"[" * 300000, BOMB, b"a: &a [*a]", b"{" * 60 + b"}" * 60, b"a: 1\n---\nb: 2\n",
       b"%YAML 9.9\n---\na", b"a: !!python/object:os.system x", b"? {a: b}\n: c", b"a: 0o9", b"a: 0777777777777777777777777777", b"a: 1_0:9:9")


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_bytes_are_a_mistake_of_the_file(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(text)
    assert describe(path, HERE)[1]
    found: list[SourceError] = []
    try:
        assert interface_type(Sources(HERE).read(path), found) is None and found
    except SourceError:
        pass
