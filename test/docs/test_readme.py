# SPDX-License-Identifier: BSD-2-Clause
"""What README and tour show is what is: each `yaml system` block builds, each `console` block prints what stands there.

A block of three backticks and `yaml system` is a whole description; where the line above it names a file of the project, it is
that file. In a block marked `console`, each line `$ tools/sel4ish …` is run; the lines under it are its standard output, or
its errors where it only has those. A line `…` stands for any number of lines."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT, sel4ish

PAGES = ("README.md", "docs/tour.md")
BLOCK = re.compile(r"^```([^\n`]+)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ tools/sel4ish ((?:check|audit|build|graph|doctor)\b.*)$", re.M)
NAMED = re.compile(r"\]\(((?:docs|test)/[\w/.-]+\.yaml)\):?\s*\Z")


def blocks(kind: str) -> list[tuple[str, str, str]]:
    """page, what stands above the block, the block."""
    found = []
    for page in PAGES:
        text = (ROOT / page).read_text()
        found += [(page, text[:m.start()], m[2]) for m in BLOCK.finditer(text) if m[1].strip() == kind]
    return found


def examples() -> list[tuple[str, str]]:
    """Each command with the output that is shown."""
    found = []
    for _, _, block in blocks("console"):
        _, *parts = COMMAND.split(block)
        found += list(zip(parts[::2], parts[1::2]))
    return found


def pattern(shown: str) -> str:
    lines = [r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()) + r"[ \t]*\n" for line in shown.strip("\n").splitlines()]
    return "".join(lines) + r"\s*"


@pytest.mark.parametrize("page", PAGES)
def test_the_page_is_there(page: str) -> None:
    assert (ROOT / page).is_file()


def test_there_is_something_to_check() -> None:
    assert blocks("yaml system") and examples()


def test_every_console_block_begins_with_a_command_that_is_checked() -> None:
    for page, _, block in blocks("console"):
        assert COMMAND.match(block), f"{page}:\n{block}"


@pytest.mark.parametrize("number", range(len(blocks("yaml system"))))
def test_a_description_that_is_shown_is_right(number: int, tmp_path: Path) -> None:
    page, above, text = blocks("yaml system")[number]
    if named := NAMED.search(above):
        assert text == "".join(line for line in (ROOT / named[1]).read_text().splitlines(keepends=True) if not line.startswith("#"))
    description = tmp_path / "shown.yaml"
    description.write_text(text)
    done = sel4ish("check", description)
    assert done.returncode == 0 and not done.stderr, f"{page}: {done.stderr}"


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[command for command, _ in examples()])
def test_a_command_that_is_shown_prints_what_is_shown(command: str, shown: str) -> None:
    done = sel4ish(*shlex.split(command))
    printed = done.stdout or done.stderr
    assert re.fullmatch(pattern(shown), printed), f"shown:\n{shown}\nprinted:\n{printed}"
