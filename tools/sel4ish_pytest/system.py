# SPDX-License-Identifier: BSD-2-Clause
"""A description made into an image by the front door, once for all the tests of a run that use it.

The tool itself builds only what changed; here one lock for the whole checkout keeps parallel test processes from building
at the same time, and a process that built a description in this run does not ask again.
"""

from __future__ import annotations

import fcntl
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sysc.image import with_kernel


@dataclass(frozen=True)
class Built:
    """What `sel4ish build --json` says of an image."""

    description: Path
    image: Path
    folder: Path                # build/<system>: the spec, the report, the manifest
    kernel: Path                # the raw Image at the image's beginning
    qemu: tuple[str, ...]       # QEMU's command line, without the channels that the test adds


class BuildError(AssertionError):
    """The description did not build; the message is what the tool printed."""


def exchange_kernel(built: Built, kernel: Path, image: Path) -> Built:
    """The same system on another kernel; its image goes to `image`."""
    image.parent.mkdir(parents=True, exist_ok=True)
    image.write_bytes(with_kernel(built.image.read_bytes(), built.kernel.read_bytes(), kernel.read_bytes()))
    return replace(built, image=image, kernel=kernel, qemu=tuple(str(image) if a == str(built.image) else a for a in built.qemu))


class Builder:
    def __init__(self, root: Path) -> None:
        """`root` holds tools/sel4ish."""
        self.root = root
        self.tool = root / "tools" / "sel4ish"
        self._built: dict[Path, Built] = {}

    @contextmanager
    def lock(self) -> Iterator[None]:
        folder = self.root / "build"
        folder.mkdir(exist_ok=True)
        with (folder / "tests.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def build(self, description: Path) -> Built:
        if description not in self._built:
            with self.lock():
                done = subprocess.run([self.tool, "--no-install", "build", "--json", description], cwd=self.root,
                                      capture_output=True, text=True, check=False)
            if done.returncode:
                raise BuildError(f"{description} does not build:\n{done.stdout}{done.stderr}")
            answer = json.loads(done.stdout)
            self._built[description] = Built(description, Path(answer["image"]), Path(answer["folder"]), Path(answer["kernel"]),
                                             tuple(answer["qemu"]))
        return self._built[description]
