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
from sel4ish_pytest.figures import Figures, Summary
from sel4ish_pytest.kept import Kept
from sel4ish_pytest.remembered import Remembered
import pytest
ROOT = Path(__file__).parent

def pytest_configure(config):
    config.addinivalue_line("markers", "follows_from(folders): ")
    config.pluginmanager.register(Remembered(Kept(ROOT / "kept", ROOT), (ROOT / "again").exists()))
    config.pluginmanager.register(Summary())

@pytest.fixture
def figures(request):
    return Figures(request.node.user_properties)
"""
TEST = """
import pytest
from pathlib import Path
ROOT = Path(__file__).parent

@pytest.mark.follows_from("sources")
def test_it(figures):
    figures.checked("calls", 1000)
    figures.checked("others", 500)
    figures.share("branches", 3, 4)
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


def said(project: Path) -> str:
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(project)], capture_output=True, text=True,
                          check=False).stdout


def times_made(project: Path) -> int:
    said(project)
    return len((project / "made").read_text())


def test_what_it_told_is_told_at_the_end_made_or_remembered(project: Path) -> None:
    for made in (1, 1):
        lines = said(project).splitlines()
        assert "branches: 3 of 4, 75.0 %" in lines
        assert "calls of the kernel that were checked: 1,500 (calls 1,000, others 500)" in lines
        assert len((project / "made").read_text()) == made


def test_what_a_failure_told_is_not_told(project: Path) -> None:
    (project / "sources" / "a.c").write_text("wrong")
    assert "branches: 3 of 4" not in said(project)


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
