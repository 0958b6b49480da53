# SPDX-License-Identifier: BSD-2-Clause
"""A grant that breaks a line of `policy:` fails the build with the way that leads to it, and leaves no image."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT, sel4ish

# What a change of system.yaml breaks: the old text, the new one, the policy that says so, and what the path must name.
BREAKS = {
    "second-client": ("uses: {store@1: store, console@1", "uses: {store@1: store, store@2: store, console@1",
                      "only: {may: use, what: store@2", ["shell-b may be granted store@2/shell-b as client"]),
    "no-mediator": ("except_via: [store, serial, time]", "except_via: [store, serial]",
                    "no_flow:", ["shell-a -> time", "time -> shell-b", "information flows shell-a -> time -> shell-b"]),
    "driver-in-group": ("    source: components/drivers/pl011\n", "    source: components/drivers/pl011\n    group: app\n",
                        "no_authority:", ["serial maps device.uart0 rw"]),
    "wrong-owner": ("exclusive: {what: uart0, who: [serial]}", "exclusive: {what: uart0, who: [time]}",
                    "exclusive:", ["serial maps device.uart0 rw"]),
}


@pytest.fixture(params=BREAKS)
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Path, str, list[str]]]:
    """The description, where its image would be, its broken policy, what the path names."""
    old, new, policy, names = BREAKS[request.param]
    text = (ROOT / "docs/examples/first-light.yaml").read_text()
    assert text.count(old) == 1
    description = tmp_path / "broken.yaml"
    name = f"broken-{request.param}-{os.getpid()}"
    description.write_text(text.replace("system: first-light", f"system: {name}").replace(old, new))
    folder = ROOT / "build" / name
    shutil.rmtree(folder, ignore_errors=True)
    yield description, folder / "image", policy, names
    shutil.rmtree(folder, ignore_errors=True)


def line_of(description: Path, policy: str) -> int:
    return next(n for n, line in enumerate(description.read_text().splitlines(), 1) if policy in line)


def test_the_build_fails_with_the_path_and_leaves_no_image(broken: tuple[Path, Path, str, list[str]]) -> None:
    description, image, policy, names = broken
    done = sel4ish("build", description)
    assert done.returncode == 1 and not done.stdout
    assert f"{description}:{line_of(description, policy)}:5: error E080: the policy does not hold" in done.stderr
    for name in names:
        assert name in done.stderr
    assert not image.exists()


def test_check_says_the_same_without_compiling(broken: tuple[Path, Path, str, list[str]]) -> None:
    description, image, _, names = broken
    done = sel4ish("check", description)
    assert done.returncode == 1 and all(name.split(" rw")[0] in done.stderr for name in names)
    assert not image.parent.exists()


def test_every_link_of_the_path_has_its_line(broken: tuple[Path, Path, str, list[str]]) -> None:
    description, _, policy, _ = broken
    done = sel4ish("audit", "--json", description, "policy")
    assert done.returncode == 1
    wrong = [v for v in json.loads(done.stdout) if not v["holds"]]
    assert [v["at"] for v in wrong] == [f"{description}:{line_of(description, policy)}:5"]
    lines = description.read_text().splitlines()
    for link in wrong[0]["chain"]:
        file, line, column = link["cause"].rsplit(":", 2)
        assert file == str(description) and lines[int(line) - 1][int(column) - 1:]


def test_the_audit_answers_with_status_1_and_still_lists(broken: tuple[Path, Path, str, list[str]]) -> None:
    description, _, _, names = broken
    done = sel4ish("audit", description, "policy")
    assert done.returncode == 1 and done.stdout.count("BROKEN") == 1 and names[0] in done.stdout
    assert sel4ish("audit", description, "grants").returncode == 0


def test_an_image_of_before_is_not_replaced(tmp_path: Path) -> None:
    """And the build that failed says so by its status each time, not only the first."""
    text = (ROOT / "docs/examples/first-light.yaml").read_text().replace("system: first-light", "system: broken-later")
    description, image = tmp_path / "later.yaml", ROOT / "build" / "broken-later" / "image"
    description.write_text(text)
    assert sel4ish("build", description).returncode == 0
    before = (image.read_bytes(), os.stat(image).st_mtime_ns)
    old, new, *_ = BREAKS["second-client"]
    description.write_text(text.replace(old, new))
    assert [sel4ish("build", description).returncode for _ in range(2)] == [1, 1]
    assert (image.read_bytes(), os.stat(image).st_mtime_ns) == before
    shutil.rmtree(image.parent)
