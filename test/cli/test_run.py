# SPDX-License-Identifier: BSD-2-Clause
"""`sel4ish run` and `sel4ish screenshot` with a system that has a screen on which nobody draws: QEMU says so on it."""

from __future__ import annotations

import os
import signal
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT, sel4ish
from sel4ish_pytest.screen import Screen
from sysc.paths import BUILD

SYSTEM = """
system: {name}
platform: qemu-virt-aarch64
assume: {{dma_trusted: [serial]}}
components:
  serial: {{source: components/drivers/pl011, devices: [uart0, fw_cfg], provides: [log@1, console@1]}}
"""
# A QEMU that writes down how it is called.
QEMU = """#!/bin/sh
if [ "$1 $2" = "-display help" ]; then echo none {kinds}; else echo "$*" >{calls}; fi
"""
Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def description(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Each test's system has a name of its own: they run at the same time, in folders of these names."""
    path = tmp_path / "dark.yaml"
    path.write_text(SYSTEM.format(name=f"dark-{zlib.crc32(request.node.name.encode()):08x}"))
    return path


@pytest.fixture
def run() -> Iterator[Run]:
    """Starts `sel4ish run`; what still goes on when the test ends is ended."""
    started = []

    def start(*arguments: str | Path) -> "subprocess.Popen[str]":
        process = subprocess.Popen([ROOT / "tools" / "sel4ish", "--no-install", "run", "--headless", "--stay", *arguments], text=True,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


def wait_for(process: "subprocess.Popen[str]", text: str) -> None:
    assert process.stdout
    for line in process.stdout:
        if text in line:
            return
    raise AssertionError(f"it ended without saying {text!r}")


def folder(description: Path) -> Path:
    return BUILD / description.read_text().split()[1]


def test_a_screenshot_is_taken_when_the_picture_stands_still_and_the_run_ends(description: Path, tmp_path: Path) -> None:
    done = sel4ish("run", "--headless", "--screenshot", tmp_path / "out.png", "--exit", description)
    assert done.returncode == 0, done.stderr
    assert "watching 1 components" in done.stdout
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")
    assert len(Screen.read(tmp_path / "out.png").colours()) > 1
    assert not (folder(description) / "control").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["dark.yaml", "out.png"]


def test_a_screenshot_is_taken_when_the_line_came(description: Path, tmp_path: Path) -> None:
    done = sel4ish("run", "--headless", "--screenshot", tmp_path / "out.png", "--after", r"watching \d comp", "--exit", description)
    assert done.returncode == 0 and (tmp_path / "out.png").exists(), done.stderr


def test_without_exit_the_system_goes_on_and_others_can_take_pictures(description: Path, tmp_path: Path, run: Run) -> None:
    process = run(description)
    wait_for(process, "watching 1 components")
    for name in ("one.png", "two.png"):
        done = sel4ish("screenshot", tmp_path / name, description)
        assert done.returncode == 0 and done.stdout.strip() == str(tmp_path / name), done.stderr
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    done = sel4ish("screenshot", tmp_path / "three.png", description)
    assert done.returncode == 1 and "runs not" in done.stderr and "sel4ish run" in done.stderr
    assert not (tmp_path / "three.png").exists()


def test_a_socket_that_a_killed_run_left_is_no_running_system(description: Path, tmp_path: Path) -> None:
    sel4ish("build", description)
    left = subprocess.run(["python3", "-c", "import socket; socket.socket(socket.AF_UNIX).bind('control')"],
                          cwd=folder(description), check=True)
    assert left.returncode == 0 and (folder(description) / "control").exists()
    assert sel4ish("screenshot", tmp_path / "out.png", description).returncode == 1
    assert sel4ish("run", "--headless", "--screenshot", tmp_path / "out.png", "--exit", description).returncode == 0


def test_a_picture_that_cannot_be_written_is_said_and_ends_the_run(description: Path, tmp_path: Path) -> None:
    (tmp_path / "out.png").mkdir()
    done = sel4ish("run", "--headless", "--screenshot", tmp_path / "out.png", "--exit", description)
    assert done.returncode == 1 and "no picture: " in done.stderr
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []


@pytest.mark.parametrize(("arguments", "said"), [
    (["--exit"], "--exit is for --screenshot"),
    (["--after", "x"], "--after is for --screenshot"),
    (["--screenshot", "out.png", "--after", "("], "no regular expression"),
    (["--screenshot", "nowhere/out.png"], "there is no folder"),
    (["--screenshot", "out.png", "test/system/spin.yaml"], "has no screen"),
])
def test_a_wrong_command_is_refused_before_anything_is_built(arguments: list[str], said: str) -> None:
    done = sel4ish("run", *arguments)
    assert done.returncode == 2 and said in done.stderr and "compiling" not in done.stderr


@pytest.mark.parametrize(("kinds", "more", "environment", "display", "said"), [
    ("gtk sdl", [], {"DISPLAY": ":0"}, "gtk", ""),
    ("sdl", [], {"WAYLAND_DISPLAY": "wayland-0"}, "sdl", ""),
    ("", [], {"DISPLAY": ":0"}, "none", "qemu-system-gui"),
    ("gtk", [], {}, "none", "there is no display here"),
    ("gtk", ["--headless"], {"DISPLAY": ":0"}, "none", ""),
])
def test_the_screen_is_a_window_where_there_can_be_one(description: Path, tmp_path: Path, kinds: str, more: list[str],
                                                      environment: dict[str, str], display: str, said: str) -> None:
    (tmp_path / "bin").mkdir()
    qemu = tmp_path / "bin" / "qemu-system-aarch64"
    qemu.write_text(QEMU.format(kinds=kinds, calls=tmp_path / "calls"))
    qemu.chmod(0o755)
    base = {k: v for k, v in os.environ.items() if "DISPLAY" not in k}
    done = sel4ish("run", *more, description, env={**base, **environment, "PATH": f"{qemu.parent}:{os.environ['PATH']}"})
    assert done.returncode == 0, done.stderr
    assert f"-display {display} " in (tmp_path / "calls").read_text()
    assert ("no window: " in done.stderr) == bool(said) and said in done.stderr


def test_a_system_without_a_screen_gets_no_window(tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    path.write_text(SYSTEM.format(name="plain").replace(", fw_cfg", "").replace("assume: {dma_trusted: [serial]}\n", ""))
    qemu = tmp_path / "qemu-system-aarch64"
    qemu.write_text(QEMU.format(kinds="gtk", calls=tmp_path / "calls"))
    qemu.chmod(0o755)
    done = sel4ish("run", path, env={**os.environ, "DISPLAY": ":0", "PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert done.returncode == 0 and "no window" not in done.stderr
    assert "-display none " in (tmp_path / "calls").read_text()
