# SPDX-License-Identifier: BSD-2-Clause
"""The published schema and the tool agree: on the keys, on what is right, and on what is wrong in form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sysc.build import describe
from sysc.model import MAY, POLICY_FIELDS, POLICY_OPTIONAL
from sysc.paths import ROOT
from sysc.platforms import PLATFORMS
from sysc.test.samples import HERE

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "system.schema.json").read_text())
FORM = {"E003", "E004", "E005"}         # what a schema can see
FILES = sorted([*(HERE / "golden").glob("*.yaml"), *(HERE / "systems").glob("*.yaml")])


def content(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text())
    except yaml.YAMLError:
        return None


def test_the_schema_is_one() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=[f.stem for f in FILES])
def test_the_schema_rejects_what_has_a_mistake_of_form_and_accepts_what_has_none(file: Path) -> None:
    data = content(file)
    if not isinstance(data, dict):
        return
    own = [m for m in describe(file, HERE)[1] if m.at.file == f"{file.parent.name}/{file.name}" and not m.warning]
    errors = [e for e in jsonschema.Draft7Validator(SCHEMA).iter_errors(data)]
    if not own:
        assert errors == []
    if any(m.code in FORM and m.at.line > 1 and "option" not in m.what for m in own):
        assert errors


def test_the_projects_own_description_is_right() -> None:
    jsonschema.validate(content(ROOT / "system.yaml"), SCHEMA)


def keys_that_the_tool_knows(text: str, where: Path) -> set[str]:
    """The hint at a key that resembles none names all that there are."""
    where.write_text(text)
    hint = next(m.hint for m in describe(where, HERE)[1] if m.code == "E003")
    return set(hint.removeprefix("one of: ").split(", "))


def test_keys_are_the_tools(tmp_path: Path) -> None:
    description = keys_that_the_tool_knows("qqqqqq: 1\n", tmp_path / "a.yaml")
    component = keys_that_the_tool_knows("components: {a: {qqqqqq: 1}}\n", tmp_path / "b.yaml")
    assert set(SCHEMA["properties"]) == description
    assert set(SCHEMA["definitions"]["component"]["properties"]) == component


def test_policies_and_platforms_are_the_tools() -> None:
    kinds = SCHEMA["definitions"]["policy"]["properties"]
    assert set(kinds) == set(POLICY_FIELDS)
    for kind, fields in POLICY_FIELDS.items():
        assert set(kinds[kind]["properties"]) == set(fields)
        assert set(kinds[kind]["required"]) == set(fields) - set(POLICY_OPTIONAL)
    assert tuple(kinds["only"]["properties"]["may"]["enum"]) == MAY
    assert set(SCHEMA["properties"]["platform"]["enum"]) == set(PLATFORMS)
