# SPDX-License-Identifier: BSD-2-Clause
"""The boot archive: files in cpio's "newc" form, by the cpio tool. The same files give the same bytes: names sorted,
times 0, owner 0, mode fixed, inode numbers in order."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

MODE = 0o644


def archive(files: Mapping[str, bytes]) -> bytes:
    names = sorted(files)
    with tempfile.TemporaryDirectory(prefix="sel4ish-") as folder:
        for name in names:
            path = Path(folder) / name
            path.write_bytes(files[name])
            path.chmod(MODE)
            os.utime(path, (0, 0))
        done = subprocess.run(["cpio", "--create", "--null", "--quiet", "--format=newc", "--reproducible", "--owner=+0:+0"],
                              input=b"".join(n.encode() + b"\0" for n in names), cwd=folder, capture_output=True, check=True)
    return done.stdout
