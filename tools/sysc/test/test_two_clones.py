# SPDX-License-Identifier: BSD-2-Clause
"""A second checkout at another path: the same bytes; and what one key of the description costs there."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from sysc.paths import BUILD, ROOT

OUTPUTS = ("image", "spec.cdl", "spec.bin", "model.json", "plan.json", "report.txt", "manifest.json")
THIRD = """
  shell-c:
    source: components/apps/shell
    group: app
    uses: {store@1: store, console@1: serial, log@1: serial}
    trusts_code: [store]
"""


def clone(folder: Path) -> Path:
    """The files that git would have in the next commit."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True,
                            text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def build(root: Path, made: Path) -> Path:
    done = subprocess.run([root / "tools" / "sel4ish", "--no-install", "build"], capture_output=True, text=True, check=False,
                          env={**os.environ, "SEL4ISH_BUILD": str(made)})
    assert done.returncode == 0, done.stderr
    return made / "desktop"


def test_a_clone_gives_the_same_bytes_and_a_third_shell_compiles_nothing(tmp_path: Path) -> None:
    there, made = clone(tmp_path / "another" / "path"), tmp_path / "made"
    own, other = build(ROOT, BUILD), build(there, made)
    for name in OUTPUTS:
        assert (own / name).read_bytes() == (other / name).read_bytes(), name

    log = made / "qemu-virt-aarch64" / ".ninja_log"
    compiled, image = log.read_bytes(), (other / "image").read_bytes()
    text = (there / "system.yaml").read_text()
    (there / "system.yaml").write_text(text.replace("\nassume:", THIRD + "\nassume:"))
    build(there, made)
    assert log.read_bytes() == compiled
    assert (other / "image").read_bytes() != image
