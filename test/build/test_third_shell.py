# SPDX-License-Identifier: BSD-2-Clause
"""One key more in a description, a third shell under another name: no C is touched, and it boots with the others."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from sel4ish_pytest.front_door import ROOT, sel4ish
from sel4ish_pytest.plugin import MachineFactory
from sysc.build import component_file, kernel_file, loader_file
from sysc.cmake import folder
from sysc.paths import BUILD

THIRD = """
  shell-c:
    source: components/apps/shell
    group: app
    uses: {store@1: store, console@1: serial, log@1: serial, time@1: time}
    trusts_code: [store, time]
"""


def compiled(system: str) -> dict[Path, int]:
    """The files that this system's programs are made of, and when each was made: others are compiled meanwhile for other tests."""
    made = folder("qemu-virt-aarch64")
    inputs = json.loads((BUILD / system / "manifest.json").read_text())["inputs"]
    programs = [component_file(name.removesuffix(".program")) for name in inputs if name.endswith(".program")]
    targets = [kernel_file("debug"), loader_file("debug"), *programs]
    listed = subprocess.run(["ninja", "-t", "inputs", *targets], cwd=made, capture_output=True, text=True, check=True).stdout
    paths = [made / name for name in (*targets, *listed.splitlines())]
    return {path: path.stat().st_mtime_ns for path in paths if path.is_file()}


def test_a_third_shell_compiles_nothing_and_boots(machine: MachineFactory, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "examples" / "first-light.yaml").read_text().replace("system: first-light", "system: third-shell")
    description = tmp_path / "third.yaml"
    description.write_text(text)
    assert sel4ish("build", description).returncode == 0
    before = compiled("third-shell")
    description.write_text(text.replace("\npolicy:", THIRD + "\npolicy:"))
    vm = machine(description)
    after = compiled("third-shell")
    assert any(path.suffix == ".obj" for path in before) and after == before
    for name in ("shell-a", "shell-b", "shell-c"):
        vm.expect(rf"^\[{name}\] ready", anywhere=True)
    vm.type("@shell-a put colour blue")
    vm.expect(r"^\[shell-a\] .*colour")
    vm.type("@shell-c get colour")
    vm.expect(r"^\[shell-c\] .*blue")
