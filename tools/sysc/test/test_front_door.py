# SPDX-License-Identifier: BSD-2-Clause
"""tools/sel4ish on a machine that lacks something: a PATH with little on it, and an apt-get of our own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sysc.paths import ROOT

ALWAYS = ("sh", "sed", "grep", "dirname", "readlink", "id", "env", "cat", "chmod", "touch", "python3")
NEEDED = ("aarch64-linux-gnu-gcc", "aarch64-linux-gnu-g++", "aarch64-linux-gnu-objcopy", "cmake", "ninja", "cpio", "gcc", "dot")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Everything that the tool needs but QEMU; apt-get writes down how it is called and installs a QEMU."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in (*ALWAYS, *NEEDED):
        found = "/usr/bin/python3" if name == "python3" else shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    script(folder / "sudo", 'exec "$@"')
    script(folder / "apt-cache", f"[ -e {folder}/updated ]")
    script(folder / "apt-get", f'echo "$*" >>{folder}/calls\n[ "$1" != update ] || touch {folder}/updated\n'
                               f'case "$*" in *qemu-system-arm*) cat {folder}/sudo >{folder}/qemu-system-aarch64\nchmod +x {folder}/qemu-system-aarch64;; esac')
    return folder


def script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([ROOT / "tools" / "sel4ish", *arguments], env={"PATH": str(folder), "HOME": os.environ.get("HOME", "/")},
                          capture_output=True, text=True, check=False, cwd=ROOT)


def calls(folder: Path) -> list[str]:
    file = folder / "calls"
    return file.read_text().splitlines() if file.exists() else []


def test_doctor_names_what_is_missing_and_installs_nothing(machine: Path) -> None:
    done = run(machine, "doctor")
    assert done.returncode == 1 and calls(machine) == []
    assert "MISSING  qemu-system-arm" in done.stdout and "ok       cmake" in done.stdout


def test_no_install_names_it_and_stops(machine: Path) -> None:
    done = run(machine, "check", "--no-install")
    assert done.returncode == 1 and calls(machine) == []
    assert "missing packages: qemu-system-arm" in done.stderr


def test_what_is_missing_is_installed_and_said(machine: Path) -> None:
    done = run(machine, "check", "tools/sysc/test/golden/broken_yaml.yaml")
    assert calls(machine) == ["update", "install -y --no-install-recommends qemu-system-arm"]
    assert "running: " in done.stderr and "E001" in done.stderr and done.returncode == 1


def test_where_nothing_is_missing_nothing_is_installed(machine: Path) -> None:
    script(machine / "qemu-system-aarch64", ":")
    assert run(machine, "--help").returncode == 0 and calls(machine) == []


def test_every_package_says_how_it_is_found() -> None:
    for line in (ROOT / "tools" / "packages.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            package, check, purpose = line.split(None, 2)
            assert check.split(":")[0] in ("command", "file", "module") and purpose


@pytest.mark.parametrize(("arguments", "status"), [(["--help"], 0), (["check", "--help"], 0), (["nonsense"], 2), (["check", "--nonsense"], 2), ([], 2),
                                                   (["check", "/nowhere.yaml"], 1)])
def test_exit_status(arguments: list[str], status: int) -> None:
    done = subprocess.run([ROOT / "tools" / "sel4ish", "--no-install", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr


def test_the_tools_own_fault_is_status_3_without_a_traceback() -> None:
    done = subprocess.run([ROOT / "tools" / "sel4ish", "--no-install", "build"], capture_output=True, text=True, check=False,
                          env={**os.environ, "SEL4ISH_BUILD": "/dev/null/nowhere"})
    assert done.returncode == 3 and "Traceback" not in done.stderr and "a fault of the tool" in done.stderr


def test_a_description_that_links_to_itself_is_a_mistake(tmp_path: Path) -> None:
    wrong = tmp_path / "loop.yaml"
    wrong.symlink_to(wrong)
    done = subprocess.run([ROOT / "tools" / "sel4ish", "--no-install", "check", str(wrong)], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "E010" in done.stderr


def test_every_module_of_the_list_is_looked_for(machine: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    (tmp_path / "bin").mkdir(exist_ok=True)
    script(tmp_path / "bin" / "python3.asking", f'shift 2\nprintf "%s\\n" "$@" >{asked}\nexit 1')
    environment = tmp_path / "environment"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python3").symlink_to(tmp_path / "bin" / "python3.asking")
    subprocess.run([ROOT / "tools" / "sel4ish", "doctor"], cwd=ROOT, capture_output=True, check=False,
                   env={"PATH": str(machine), "VIRTUAL_ENV": str(environment)})
    listed = re.findall(r"\bmodule:(\S+)", (ROOT / "tools" / "packages.txt").read_text())
    assert "PIL" in listed and asked.read_text().split() == [m for m in listed if m != "NAME"]    # NAME is in the comment
