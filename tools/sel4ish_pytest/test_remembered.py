# SPDX-License-Identifier: BSD-2-Clause
"""A test that follows from its sources is made once for each state of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT

CONFTEST = """
import sys
from pathlib import Path
sys.path.insert(0, {tools!r})
from sel4ish_pytest.remembered import Remembered
ROOT = Path(__file__).parent

def pytest_configure(config):
    config.addinivalue_line("markers", "follows_from(folders): ")
    config.pluginmanager.register(Remembered(ROOT / "kept", ROOT, (ROOT / "again").exists()))
"""
TEST = """
import pytest
from pathlib import Path
ROOT = Path(__file__).parent

@pytest.mark.follows_from("sources")
def test_it():
    made = ROOT / "made"
    made.write_text(made.read_text() + "x" if made.exists() else "x")
    assert "wrong" not in (ROOT / "sources" / "a.c").read_text()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text(CONFTEST.format(tools=str(ROOT / "tools")))
    (tmp_path / "test_it.py").write_text(TEST)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.c").write_text("one")
    return tmp_path


def times_made(project: Path) -> int:
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(project)], capture_output=True, check=False)
    return len((project / "made").read_text())


def test_it_is_made_again_when_a_source_changes(project: Path) -> None:
    assert [times_made(project), times_made(project)] == [1, 1]
    (project / "sources" / "a.c").write_text("two")
    assert [times_made(project), times_made(project)] == [2, 2]


def test_it_is_made_again_when_what_builds_it_changes(project: Path) -> None:
    assert [times_made(project), times_made(project)] == [1, 1]
    (project / "CMakeLists.txt").write_text("project(other)")
    assert [times_made(project), times_made(project)] == [2, 2]


def test_a_failure_is_not_remembered(project: Path) -> None:
    (project / "sources" / "a.c").write_text("wrong")
    assert [times_made(project), times_made(project)] == [1, 2]


def test_it_can_be_asked_for_again(project: Path) -> None:
    times_made(project)
    (project / "again").touch()
    assert times_made(project) == 2
