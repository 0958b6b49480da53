# SPDX-License-Identifier: BSD-2-Clause
"""docs/capdl.md shows a spec, and the tables that it stands on."""

import re
from pathlib import Path

import capdl.binary
import capdl.text
from capdl.tables import CONSTANTS, KINDS, RECORDS

PAGE = (Path(__file__).parents[2] / "docs" / "capdl.md").read_text()


def test_the_example_is_what_the_writer_writes() -> None:
    example = re.search(r"```\n(capdl aarch64\n\n.*?)```", PAGE, re.S)
    assert example
    assert capdl.text.write(capdl.text.read(example[1], "docs/capdl.md")) == example[1]


def test_every_kind_and_attribute_is_described() -> None:
    for kind in KINDS:
        assert f"`{kind.word}`" in PAGE
    assert f"0x{CONSTANTS['NONE']:x}" in PAGE
    assert capdl.binary.SECTION.size == 16 and capdl.binary.HEADER.size == 24
    assert CONSTANTS["MAGIC"].to_bytes(8, "little").decode() in PAGE
    assert RECORDS[-1].section == "STRINGS"
