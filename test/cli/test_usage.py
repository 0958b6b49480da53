# SPDX-License-Identifier: BSD-2-Clause
"""How every command is called: help with examples, one clear line and status 2 where the call is wrong, answers that pipes can cut."""

from __future__ import annotations

import html
import os
import pkgutil
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT, sel4ish
from sysc import commands

COMMANDS = sorted(m.name for m in pkgutil.iter_modules(commands.__path__))
FIRST_LIGHT = "docs/examples/first-light.yaml"

WRONG: list[tuple[list[str], str]] = [
    ([], "which command"),
    (["chek"], "did you mean 'check'"),
    (["--nonsense"], "--nonsense"),
    (["check", "one.yaml", "two.yaml"], "two.yaml"),
    (["check", "--nonsense"], "--nonsense"),
    (["build", "one.yaml", "two.yaml"], "two.yaml"),
    (["graph", "-o"], "-o/--output"),
    (["graph", "-o", "/nowhere/system.svg", FIRST_LIGHT], "/nowhere/system.svg"),
    (["image"], "--root-task"),
    (["image", "--root-task", "x.elf", "--platform", "pdp-11"], "pdp-11"),
    (["doctor", "now"], "now"),
    (["test", "nosuchfolder"], "there is no file or folder nosuchfolder"),
    (["test", "nosuchfile.py::test_it"], "nosuchfile.py"),
    (["run", "--nonsense"], "--nonsense"),
    (["audit", FIRST_LIGHT, "who-can", "fly", "store"], "fly"),
    (["audit", FIRST_LIGHT, "who-can", "read", "stoer"], "did you mean 'store'"),
    (["audit", FIRST_LIGHT, "who-can", "read"], "who-can read"),
    (["audit", FIRST_LIGHT, "path", "shell-a"], "path shell-a"),
    (["audit", FIRST_LIGHT, "path", "shell-a", "shell-d"], "shell-d"),
    (["audit", FIRST_LIGHT, "grants", "nobody"], "nobody"),
    (["audit", FIRST_LIGHT, "grnts"], "did you mean 'grants'"),
    (["audit", "grnts"], "did you mean 'grants'"),
    (["audit", "flows", "store"], "too many words"),
]
LONG_ANSWERS = [["audit", FIRST_LIGHT], ["audit", "--json", FIRST_LIGHT], ["audit", FIRST_LIGHT, "flows"], ["graph", FIRST_LIGHT],
                ["graph", "--dot", FIRST_LIGHT], ["check", "--json", "test/cli/golden/many_at_once.yaml"], ["--help"], ["audit", "--help"], ["doctor"]]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_examples_of_this_command(command: str) -> None:
    done = sel4ish(command, "--help")
    assert done.returncode == 0 and not done.stderr
    _, found, examples = done.stdout.partition("examples:\n")
    assert found and re.search(rf"^.*sel4ish {command}\b", examples, re.M), done.stdout


def test_help_lists_every_command() -> None:
    listed = sel4ish("--help").stdout
    assert [name for name in COMMANDS if not re.search(rf"^ +{name} +\S", listed, re.M)] == []


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=[" ".join(a) or "nothing" for a, _ in WRONG])
def test_a_wrong_call_is_one_line_and_status_2(arguments: list[str], said: str) -> None:
    done = sel4ish(*arguments)
    lines = [line for line in done.stderr.splitlines() if line not in ("sel4ish: compiling", "sel4ish: laying out")]
    assert done.returncode == 2 and not done.stdout
    assert len(lines) == 1 and lines[0].startswith("sel4ish: ") and said in lines[0], done.stderr


@pytest.mark.parametrize("arguments", LONG_ANSWERS, ids=[" ".join(a) for a in LONG_ANSWERS])
def test_an_answer_can_be_cut_short(arguments: list[str]) -> None:
    command = " ".join(["tools/sel4ish", "--no-install", *arguments])
    done = subprocess.run(["bash", "-c", f"{command} | head -c 1 | wc -c"], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0 and done.stdout.strip() == "1"
    assert not re.search("Traceback|Exception|Broken|fault of the tool", done.stderr), done.stderr


def test_a_root_task_that_is_no_program_is_a_mistake_of_the_input(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "nothing.elf", "no such file"), (ROOT / "system.yaml", "not a program")):
        done = sel4ish("image", "--root-task", path)
        assert done.returncode == 1 and f"{path}: error E041" in done.stderr and said in done.stderr


def test_a_drawing_is_an_svg_of_its_own(tmp_path: Path) -> None:
    drawing = tmp_path / "system.svg"
    assert sel4ish("graph", "-o", drawing, FIRST_LIGHT).returncode == 0
    text = html.unescape(drawing.read_text())
    assert text.startswith("<?xml") and text.rstrip().endswith("</svg>")
    for name in ("shell-a", "store", "serial", "supervisor", "uart0"):
        assert f">{name}</text>" in text


@pytest.mark.parametrize("query", [["grnts"], ["path", "shell-a"], ["flows", "store"]])
def test_nothing_is_built_for_a_query_that_is_none(query: list[str]) -> None:
    assert "compiling" not in sel4ish("audit", FIRST_LIGHT, *query).stderr


def test_ctrl_c_is_silent_whenever_it_comes() -> None:
    """The moments are a sweep over the tool's start, where a slow machine only meets other ones: each must be silent."""
    started = [subprocess.Popen([ROOT / "tools/sel4ish", "--no-install", "image", "--help"], start_new_session=True, text=True,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(10)]
    for process in started:
        time.sleep(0.04)
        os.killpg(process.pid, signal.SIGINT)
    for process in started:
        assert process.communicate(timeout=60)[1] == ""
        assert process.returncode in (0, 130, -signal.SIGINT)
