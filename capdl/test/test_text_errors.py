# SPDX-License-Identifier: BSD-2-Clause
"""Malformed text is reported where it is wrong, whatever is wrong with it."""

import random

import pytest

import capdl.text
from capdl.test.random_spec import random_spec
from capdl.text import TextError

HEAD = "capdl aarch64\n"


@pytest.mark.parametrize("text, error", [
    ("", "1:1: error: 'capdl' expected, not the end of the line"),
    ("frame x\n", "1:1: error: the first line is 'capdl ARCHITECTURE'"),
    ("capdl riscv\n", "1:7: error: unknown architecture 'riscv'"),
    ("capdl aarch64 x\n", "1:15: error: the end of the line expected, not 'x'"),
    (HEAD + "a\n", "2:2: error: '=' expected, not the end of the line"),
    (HEAD + "a = fram\n", "2:5: error: unknown kind of object 'fram'"),
    (HEAD + "7 = frame\n", "2:1: error: an object's name expected, not '7'"),
    (HEAD + "a = frame (bits: x)\n", "2:18: error: a number expected, not 'x'"),
    (HEAD + "a = frame\n", "2:10: error: 'bits: NUMBER' is missing"),
    (HEAD + "a = frame (bits: 12, bits: 12)\n", "2:22: error: 'bits' is here twice"),
    (HEAD + "a = frame (bits: 12, size: 1)\n", "2:22: error: unknown attribute 'size'"),
    (HEAD + "a = frame (bits: 12\n", "2:20: error: ')' expected, not the end of the line"),
    (HEAD + "a = frame (bits: 13)\n", "2:1: error: 13 bits are not the size of a frame"),
    (HEAD + "a = endpoint ?\n", "2:14: error: '?' begins nothing that belongs here"),
    (HEAD + "a = endpoint -- why\n", "2:14: error: only a capability or a mapping has a cause"),
    (HEAD + "a = endpoint\na = reply\n", "3:1: error: 'a' is already at t.cdl:2:1"),
    (HEAD + "a = cnode (bits: 2) {\n", "3:1: error: '}' expected, not the end of the text"),
    (HEAD + "a = cnode (bits: 2) {\n 1: b\n}\n", "3:5: error: 'b' is no object"),
    (HEAD + "a = cnode (bits: 2) {\n 1: a (rx)\n}\n", "3:8: error: 'rx' is not some of r w g p, in this order"),
    (HEAD + "a = cnode (bits: 2) {\n x: a\n}\n", "3:2: error: unknown entry 'x'"),
    (HEAD + "a = cnode (bits: 2) {\n 4: a\n}\n", "2:1: error: a slot is beyond its 4"),
    (HEAD + "a = cnode (bits: 2) {\n 1: a } \n}\n", "3:7: error: the end of the line expected, not '}'"),
    (HEAD + "a = frame (bits: 12) {\n fill 0: \"x 0 1\n}\n", "3:10: error: a string that does not end"),
    (HEAD + "a = frame (bits: 12) {\n fill 0: x 0 1\n}\n", "3:10: error: a file's name in quotes expected, not 'x'"),
    (HEAD + "a = vspace {\n 0x1000: a (r)\n}\n", "2:1: error: mapping at 0x1000 'a' is a vspace, not a frame"),
    (HEAD + "a = tcb (phase: 1, priority: 1, mcp: 1, pc: 0) {\n}\n", "2:9: error: 'sp: NUMBER' is missing"),
    (HEAD + "a = irq (number: 1) {\n notification: a\n notification: a\n}\n", "4:2: error: 'notification' is here twice"),
    (HEAD + "a = connection (label: 1) {\n notification: n\n}\nn = notification\n",
     "4:2: error: a notification without the end that signals it"),
    (HEAD + "a = interface (id: 1, version: 1) {\n region 0: code-reads (bits: 12, count: 1)\n}\n",
     "3:12: error: unknown kind of region 'code-reads': client-reads, shared, provider-reads, code"),
])
def test_the_mistake_is_named_at_its_place(text: str, error: str) -> None:
    with pytest.raises(TextError) as caught:
        capdl.text.read(text, "t.cdl")
    assert str(caught.value) == f"t.cdl:{error}"


def test_damaged_text_is_read_or_reported_inside_itself() -> None:
    """Nothing but TextError, and always a place that exists."""
    rng = random.Random(1)
    letters = "(){}:=,\"-#\\ \n\t" + "ab0x19"
    for seed in range(1500):
        text = capdl.text.write(random_spec(seed, objects=8))
        for _ in range(rng.randint(1, 3)):
            at = rng.randrange(len(text))
            text = text[:at] + rng.choice(("", rng.choice(letters), text[at:at + 3] * 2)) + text[at + rng.randint(0, 4):]
        try:
            capdl.text.read(text, "t.cdl")
        except TextError as error:
            lines = text.split("\n")
            assert 1 <= error.at.line <= len(lines), seed
            assert 1 <= error.at.column <= len(lines[error.at.line - 1]) + 1, seed


def test_a_decimal_number_may_begin_with_zeros() -> None:
    assert capdl.text.read(HEAD + "a = frame (bits: 012)\n", "t.cdl") == capdl.text.read(HEAD + "a = frame (bits: 12)\n", "t.cdl")
