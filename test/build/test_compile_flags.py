# SPDX-License-Identifier: BSD-2-Clause
"""How everything is compiled, as the generated builds say: every C file with all warnings as errors, what runs on the host under
the sanitizers, and no command with a path of this machine that could show in an image."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest
from sel4ish_pytest.front_door import ROOT

WARNINGS = {"-Wall", "-Wextra", "-Werror"}
STANDARD = {"-std=c11", "-std=gnu11"}        # the kernel has inline assembly
CROSS = ["-DCMAKE_TOOLCHAIN_FILE=" + str(ROOT / "tools" / "cmake" / "aarch64-toolchain.cmake")]
ROOMS = ("kernel/core/", "kernel/object/", "kernel/arch/aarch64/", "libsel4ish/src/", "capdl/", "components/apps/", "components/drivers/",
         "components/services/")


def host_projects(config: pytest.Config) -> list[str]:
    """The CMake projects of the C tests, as pytest.ini has them."""
    return sorted({line.split()[1] for line in config.getini("sel4ish_host_tests")})


def commands(project: Path, where: Path, *options: str) -> dict[str, list[str]]:
    """source and object: words of the command that compiles it. Configured only, nothing is built."""
    done = subprocess.run(["cmake", "-G", "Ninja", "-S", project, "-B", where, "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", *options],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    listed = json.loads((where / "compile_commands.json").read_text())
    assert listed
    found = {}
    for entry in listed:
        words = shlex.split(entry["command"])
        if entry["file"].endswith(".c"):
            found[f"{entry['file']} -> {words[words.index('-o') + 1]}"] = words
    return found


def test_whatever_runs_on_the_machine_is_compiled_with_all_warnings_as_errors(tmp_path: Path) -> None:
    found = commands(ROOT, tmp_path / "made", *CROSS)
    assert [source for source, words in found.items() if not (WARNINGS <= set(words) and STANDARD & set(words))] == []
    for room in ROOMS:
        assert any(source.startswith(str(ROOT / room)) for source in found), f"nothing of {room} is compiled"


def test_no_warning_is_switched_off(tmp_path: Path) -> None:
    off = {word for words in commands(ROOT, tmp_path / "made", *CROSS).values() for word in words if word.startswith("-Wno-") or word == "-w"}
    assert off == set()


def test_where_the_checkout_lies_does_not_reach_the_debugging_information(tmp_path: Path) -> None:
    found = commands(ROOT, tmp_path / "made", *CROSS)
    bare = [source for source, words in found.items() if not any(w.startswith(f"-ffile-prefix-map={ROOT}") for w in words)]
    assert bare == []


def test_host_tests_are_compiled_with_all_warnings_and_the_sanitizers(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    projects = host_projects(request.config)
    assert projects
    for project in projects:
        for source, words in commands(ROOT / project, tmp_path / project.replace("/", "-")).items():
            assert WARNINGS <= set(words) and STANDARD & set(words), source
            sanitized = ",".join(w.removeprefix("-fsanitize=") for w in words if w.startswith("-fsanitize="))
            assert {"address", "undefined"} <= set(sanitized.split(",")), source
