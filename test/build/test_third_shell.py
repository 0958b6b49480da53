# SPDX-License-Identifier: BSD-2-Clause
"""One key more in a description, a third shell under another name: no C is touched, and it boots with the others."""

from __future__ import annotations

from pathlib import Path

from sel4ish_pytest.front_door import ROOT, sel4ish
from sel4ish_pytest.plugin import MachineFactory
from sysc.cmake import folder

THIRD = """
  shell-c:
    source: components/apps/shell
    group: app
    uses: {store@1: store, console@1: serial, log@1: serial, time@1: time}
    trusts_code: [store, time]
"""


def compiled() -> dict[Path, int]:
    """Every object file and program, and when it was made."""
    made = folder("qemu-virt-aarch64")
    return {path: path.stat().st_mtime_ns for pattern in ("**/*.obj", "**/*.elf", "**/*.bin") for path in made.glob(pattern)}


def test_a_third_shell_compiles_nothing_and_boots(machine: MachineFactory, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "examples" / "first-light.yaml").read_text().replace("system: first-light", "system: third-shell")
    description = tmp_path / "third.yaml"
    description.write_text(text)
    assert sel4ish("build", description).returncode == 0
    before = compiled()
    description.write_text(text.replace("\npolicy:", THIRD + "\npolicy:"))
    vm = machine(description)
    after = compiled()
    assert before and {path for path, when in before.items() if after[path] != when} == set()
    for name in ("shell-a", "shell-b", "shell-c"):
        vm.expect(rf"^\[{name}\] ready", anywhere=True)
    vm.type("@shell-a put colour blue")
    vm.expect(r"^\[shell-a\] .*colour")
    vm.type("@shell-c get colour")
    vm.expect(r"^\[shell-c\] .*blue")
