# SPDX-License-Identifier: BSD-2-Clause
"""A second checkout at another path: the same bytes; and what one key of the description costs there. Both checkouts are built
from run to run: what changed in the one is brought to the other, and each compiles that at its own path."""

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
    """The files that git would have in the next commit, and no others; those that are the same keep their age."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True,
                            text=True, check=True).stdout
    wanted = {Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()}
    for old in {p.relative_to(folder) for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"} - wanted:
        (folder / old).unlink()
    for name in wanted:
        source, copy = ROOT / name, folder / name
        if not copy.exists() or copy.read_bytes() != source.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    return folder


def build(root: Path, made: Path) -> Path:
    done = subprocess.run([root / "tools" / "sel4ish", "--no-install", "build"], capture_output=True, text=True, check=False,
                          env={**os.environ, "SEL4ISH_BUILD": str(made)})
    assert done.returncode == 0, done.stderr
    return made / "desktop"


def test_a_clone_gives_the_same_bytes_and_a_third_shell_compiles_nothing() -> None:
    there, made = clone(BUILD / "clone" / "another" / "path"), BUILD / "clone" / "made"
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
