# SPDX-License-Identifier: BSD-2-Clause
"""Both forms say what the model says: there and back, for thousands of random specs."""

import dataclasses
from typing import Any

import pytest

import capdl.binary
import capdl.text
from capdl.model import Cap, CNode, Frame, Interface, Mapping, Spec, Tcb
from capdl.rules import SpecError
from capdl.test.random_spec import random_spec

SPECS = 2000
BLOCKS = 10


def causes(value: Any) -> Any:
    """Every cause in a spec, in order: what comparison of specs leaves out."""
    if isinstance(value, (Cap, Mapping)):
        return [value.cause]
    if isinstance(value, tuple):
        return [c for v in value for c in causes(v)]
    if dataclasses.is_dataclass(value):
        return [c for f in dataclasses.fields(value) for c in causes(getattr(value, f.name))]
    return []


@pytest.fixture(scope="module", params=range(BLOCKS))
def written(request: pytest.FixtureRequest) -> list[tuple[Spec, str, Spec]]:
    """Random specs, the text of each, and what that is read as."""
    specs = [random_spec(seed) for seed in range(request.param, SPECS, BLOCKS)]
    texts = [capdl.text.write(spec) for spec in specs]
    return [(spec, text, capdl.text.read(text, "spec.cdl")) for spec, text in zip(specs, texts)]


def test_text_says_all_that_the_model_says(written: list[tuple[Spec, str, Spec]]) -> None:
    for spec, text, again in written:
        assert again == spec, text
        assert causes(again) == causes(spec), text
        assert capdl.text.write(again) == text


def test_records_say_all_but_the_causes(written: list[tuple[Spec, str, Spec]]) -> None:
    for spec, text, again in written:
        data = capdl.binary.write(spec)
        assert capdl.binary.read(data) == spec, text
        assert capdl.binary.write(again) == data, text


def test_text_may_be_written_in_any_order_and_spacing() -> None:
    spec = Spec(objects=(CNode("a", 4, ((1, Cap("b", "r", 5, cause="x:1:2")), (9, Cap("a", guard=3, guard_bits=60)))), Frame("b")))
    text = """
-- a remark
capdl   aarch64
b=frame(bits:0xc)

  a = cnode ( bits : 4 ) {
-- another
9: a (guard-bits: 60, guard: 3) --
\t1 : b (r,badge:5)--   x:1:2
}
"""
    read = capdl.text.read(text, "loose.cdl")
    assert read == spec
    assert causes(read) == ["x:1:2", ""]


@pytest.mark.parametrize("spec, what", [
    (Spec("riscv"), "architecture"),
    (Spec(objects=(Frame("b"), Frame("a"))), "sorted"),
    (Spec(objects=(Frame("a"), Frame("a"))), "unique"),
    (Spec(objects=(Frame("a b"),)), "not a name"),
    (Spec(objects=(CNode("a", 2, ((4, Cap("a")),)),)), "beyond"),
    (Spec(objects=(CNode("a", 2, ((1, Cap("b")),)),)), "no object"),
    (Spec(objects=(CNode("a", 2, ((1, Cap("a", "wr")),)),)), "rights"),
    (Spec(objects=(CNode("a", 2, ((1, Cap("a", guard=2, guard_bits=1)),)),)), "guard"),
    (Spec(objects=(Frame("a", 13),)), "size of a frame"),
    (Spec(objects=(Frame("a", 12, 0x800),)), "misaligned"),
    (Spec(objects=(Tcb("a", vspace="a"),)), "not a vspace"),
    (Spec(objects=(Interface("a", 1, 1),)), "regions"),
])
def test_a_spec_that_is_not_in_order_is_not_written(spec: Spec, what: str) -> None:
    with pytest.raises(SpecError, match=what):
        capdl.text.write(spec)
    with pytest.raises(SpecError, match=what):
        capdl.binary.write(spec)
