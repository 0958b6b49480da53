# SPDX-License-Identifier: BSD-2-Clause
"""A program rebuilt with one of its sources changed, beside the build and without touching it.

Ninja says how the source was compiled and the program linked; both commands are repeated with other names, so a mutant
costs one compilation and one link, and any number of them can be made at once.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path


class MutantError(Exception):
    """The changed source does not compile, or the program has no such source; the message is what the tools said."""


@dataclass(frozen=True)
class Recipe:
    """How one source becomes part of a program; paths are relative to the build folder, as ninja runs there."""

    build: Path
    compile: tuple[str, ...]
    link: tuple[str, ...]


def recipe(build: Path, target: str, source: Path) -> Recipe:
    commands = [shlex.split(line) for line in _run(["ninja", "-t", "commands", target], build).splitlines()]
    compiling = [c for c in commands if c[-2:] == ["-c", str(source)]]
    linking = [c for c in commands if c[:2] == [":", "&&"] and target in c]
    if len(compiling) != 1 or len(linking) != 1:
        raise MutantError(f"{source} is no source of {target}")
    return Recipe(build, tuple(compiling[0]), tuple(linking[0][2:-2]))


def make(r: Recipe, changed: str, folder: Path) -> Path:
    """The program with that text as the source; it and what led to it lie in `folder`."""
    original, old_object = Path(r.compile[-1]), _output(r.compile)
    source, new_object, program = folder / original.name, folder / (original.stem + ".o"), folder / Path(_output(r.link)).name
    folder.mkdir(parents=True, exist_ok=True)
    source.write_text(changed)
    # Quoted includes are looked up beside the original; what a fault leaves unused is no error.
    flags = [f"-iquote{original.parent}", "-Wno-error", "-w"]
    compiling = [str(new_object) if a == old_object else a for a in _without_dependencies(r.compile[:-1])]
    _run([*compiling, str(source), *flags], r.build)
    linking = [str(program) if a == _output(r.link) else a for a in r.link]
    if old_object in linking:
        linking[linking.index(old_object)] = str(new_object)
    else:                       # inside an archive, whose member is not taken when its symbols are there already
        first = next(i for i, a in enumerate(linking) if a.endswith(".a"))
        linking.insert(first, str(new_object))
    _run(linking, r.build)
    return program


def raw_image(r: Recipe, program: Path) -> Path:
    """The program as the bytes that lie in memory."""
    image = program.with_suffix(".bin")
    _run([r.link[0].removesuffix("gcc") + "objcopy", "-O", "binary", str(program), str(image)], r.build)
    return image


def _without_dependencies(command: tuple[str, ...]) -> list[str]:
    """The build's own list of what the source includes stays as it is."""
    dropped = {i + n for i, a in enumerate(command) for n, flag in ((0, "-MD"), (0, "-MT"), (1, "-MT"), (0, "-MF"), (1, "-MF")) if a == flag}
    return [a for i, a in enumerate(command) if i not in dropped]


def _output(command: tuple[str, ...]) -> str:
    return command[command.index("-o") + 1]


def _run(command: list[str], where: Path) -> str:
    done = subprocess.run(command, cwd=where, capture_output=True, text=True, errors="replace", check=False,
                          env={**os.environ, "LC_ALL": "C"})
    if done.returncode:
        raise MutantError(f"{shlex.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout
