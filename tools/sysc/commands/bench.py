# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish bench: what something costs, in instructions that QEMU counts. Each test/bench/<name>.py is one benchmark: its
figures(boot) boots machines and gives numbers, and what they are to be compared with, where there is such a thing."""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sysc import cmake
from sysc.build import kernel_file
from sysc.commands.build import say
from sysc.image import image, payload
from sysc.paths import BUILD, ROOT
from sysc.platforms import PLATFORMS
from sysc.programs import load_program
from sysc.qemu import machine
from sysc.text import as_json

if TYPE_CHECKING:
    from sel4ish_pytest.machine import Machine

FOLDER = ROOT / "test" / "bench"
CLOCK = ("-icount", "shift=0,align=off,sleep=off")      # one instruction is one nanosecond; asleep, time jumps to the next alarm
RAM_BYTES = 1 << 30
EPILOG = """examples:
  sel4ish bench desktop
  sel4ish bench kernel
  sel4ish bench desktop --runs 1 --json
Instructions are a measure of path length: QEMU has no caches. Each run boots anew; figures are the same in every run, or marked.
exit status: 0 measured, 1 a run failed, figures differ from run to run, or one is worse than seL4's, 2 the command is wrong"""


@dataclass(frozen=True)
class Figure:
    """`sel4`: what seL4 takes, which is the most that it may be; `next`: what it is to become. `times`: all are ratios to
    another figure."""

    what: str
    instructions: float
    sel4: float | None = None
    next: float | None = None
    times: bool = False

    @property
    def worse(self) -> bool:
        return self.sel4 is not None and self.instructions > self.sel4


class Boot:
    """Starts machines for one run of a benchmark; the stack stops them."""

    def __init__(self, machines: ExitStack) -> None:
        self._machines = machines

    def __call__(self, description: Path) -> "Machine":
        from sel4ish_pytest.system import Builder

        return self._start(Builder(ROOT).build(description).qemu)

    def root_task(self, program: str) -> "Machine":
        """A program of the build's own as root task, on the release kernel."""
        platform, kernel = sorted(PLATFORMS)[0], kernel_file("release")
        cmake.make(platform, [kernel, program])
        file = self._folder() / "image"
        elf = cmake.folder(platform) / program
        file.write_bytes(image((cmake.folder(platform) / kernel).read_bytes(), payload(load_program(elf, elf.name))))
        return self._start(machine(platform, RAM_BYTES, file))

    def _folder(self) -> Path:
        return Path(self._machines.enter_context(tempfile.TemporaryDirectory(prefix="sel4ish-bench-")))

    def _start(self, qemu: Sequence[str]) -> "Machine":
        from sel4ish_pytest import observer
        from sel4ish_pytest.machine import Machine
        from sel4ish_pytest.system import Builder

        with Builder(ROOT).lock():
            plugin = observer.build(BUILD / "test-tools")
        vm = Machine([*qemu, *CLOCK], self._folder(), plugin)
        self._machines.callback(vm.stop)
        return vm


def benchmarks() -> list[str]:
    return sorted(p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("test_"))


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("bench", help="count the instructions that something takes", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmark", choices=benchmarks(), help="one of test/bench")
    parser.add_argument("--runs", type=int, default=2, metavar="N", help="how often (default: 2)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")


def run(args: argparse.Namespace) -> int:
    figures = _benchmark(args.benchmark)
    runs = []
    try:
        for n in range(max(1, args.runs)):
            say(f"{args.benchmark}: run {n + 1} of {max(1, args.runs)}")
            with ExitStack() as machines:
                runs.append(list(figures(Boot(machines))))
    except (AssertionError, cmake.BuildFailed) as error:
        print(f"sel4ish: bench: {error}", file=sys.stderr)
        return 1
    rows = [(found[0], [f.instructions for f in found]) for found in zip(*runs)]
    differ = any(len(set(values)) > 1 for _, values in rows)
    worse = sum(f.worse for f, _ in rows)
    if args.json:
        print(as_json([_as_data(f, values) for f, values in rows]), end="")
    else:
        _print(rows)
        print(f"\ninstructions; {len(runs)} runs" + ("" if differ or len(runs) < 2 else ", each the same")
              + (f"; {worse} of {len(rows)} worse than seL4" if worse else ""))
    return 1 if differ or worse else 0


def _as_data(figure: Figure, values: list[float]) -> dict[str, object]:
    compared = {"sel4": figure.sel4, "next": figure.next, "times": figure.times, "worse": figure.worse}
    return {"what": figure.what, "instructions": values} | (compared if figure.sel4 is not None else {})


def _print(rows: list[tuple[Figure, list[float]]]) -> None:
    width = max(len(figure.what) for figure, _ in rows)
    if any(figure.sel4 is not None for figure, _ in rows):
        print(f"{'':<{width}}  {'here':>12}  {'seL4':>12}  {'next':>12}  {'here/seL4':>9}")
    for figure, values in rows:
        line = f"{figure.what:<{width}}  {_number(values[0], figure.times):>12}"
        if figure.sel4 is not None:
            line += f"  {_number(figure.sel4, figure.times):>12}  {_number(figure.next, figure.times):>12}"
            line += f"  {values[0] / figure.sel4:>9.2f}" + ("   worse" if figure.worse else "")
        more = "" if len(set(values)) == 1 else "   differs: " + ", ".join(_number(v, figure.times) for v in values[1:])
        print(line + more)


def _number(value: float | None, times: bool) -> str:
    if value is None:
        return "-"
    return f"{value:.2f} x" if times else f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"


def _benchmark(name: str) -> Callable[[Boot], Iterator[Figure]]:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", FOLDER / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    figures: Callable[[Boot], Iterator[Figure]] = module.figures
    return figures
