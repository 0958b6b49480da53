# SPDX-License-Identifier: BSD-2-Clause
"""docs/root-task.md: its program, built by its commands, prints what it shows."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

from sel4ish_pytest.front_door import ROOT, sel4ish
from sel4ish_pytest.machine import Machine

PAGE = (ROOT / "docs/root-task.md").read_text()


def block(kind: str, having: str) -> str:
    blocks: list[tuple[str, str]] = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.M | re.S)
    return next(text for found, text in blocks if found == kind and having in text)


def test_the_program_that_is_shown_says_what_is_shown(tmp_path: Path) -> None:
    (tmp_path / "first.c").write_text(block("c", "main"))
    command, *shown = block("console", "image").splitlines()
    words = shlex.split(command.removeprefix("$ "))
    assert words[0] == "sel4ish" and words[-1] == "--run"
    done = sel4ish(*[str(tmp_path / w) if w.startswith("first.") else w for w in words[1:-1]], "--json")
    by_hand = shlex.split(block("sh", "qemu-system").replace("\\\n", ""))
    assert by_hand == [w.replace(str(tmp_path / "first.image"), "first.image") for w in json.loads(done.stdout)["qemu"]]
    vm = Machine(json.loads(done.stdout)["machine"], tmp_path / "machine")
    try:
        for line in shown:
            vm.expect(f"^{re.escape(line)}$", "debug")
    finally:
        vm.stop()


def test_a_build_of_its_own_makes_the_same_program(tmp_path: Path) -> None:
    (tmp_path / "first.c").write_text(block("c", "main"))
    compile_line, image_line = block("sh", "-specs").splitlines()
    compile_line = compile_line.replace("$(sel4ish image --specs)", sel4ish("image", "--specs").stdout.strip())
    subprocess.run(compile_line, shell=True, cwd=tmp_path, check=True)
    assert sel4ish(*[str(tmp_path / w) if w.startswith("first.") else w for w in shlex.split(image_line)[1:]]).returncode == 0
    assert sel4ish("image", "--root-task", tmp_path / "first.c", "-o", tmp_path / "second.image").returncode == 0
    assert (tmp_path / "second.image").stat().st_size == (tmp_path / "first.image").stat().st_size
