# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish bench: what something costs, in instructions that QEMU counts. Each test/bench/<name>.py is one benchmark: its
figures(boot) boots descriptions and gives numbers."""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sysc.commands.build import say
from sysc.paths import BUILD, ROOT
from sysc.text import as_json

if TYPE_CHECKING:
    from sel4ish_pytest.machine import Machine

FOLDER = ROOT / "test" / "bench"
CLOCK = ("-icount", "shift=0,align=off,sleep=off")      # one instruction is one nanosecond; asleep, time jumps to the next alarm
EPILOG = """examples:
  sel4ish bench desktop
  sel4ish bench desktop --runs 1 --json
Instructions are a measure of path length: QEMU has no caches. Each run boots anew; figures are the same in every run, or marked.
exit status: 0 measured, 1 a run failed or figures differ from run to run, 2 the command is wrong"""

Boot = Callable[[Path], "Machine"]


@dataclass(frozen=True)
class Figure:
    what: str
    instructions: float


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("bench", help="count the instructions that something takes", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benchmark", choices=sorted(p.stem for p in FOLDER.glob("*.py")), help="one of test/bench")
    parser.add_argument("--runs", type=int, default=2, metavar="N", help="how often (default: 2)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")


def run(args: argparse.Namespace) -> int:
    figures = _benchmark(args.benchmark)
    runs = []
    try:
        for n in range(max(1, args.runs)):
            say(f"{args.benchmark}: run {n + 1} of {max(1, args.runs)}")
            with ExitStack() as machines:
                runs.append(list(figures(lambda description: _boot(description, machines))))
    except AssertionError as error:
        print(f"sel4ish: bench: {error}", file=sys.stderr)
        return 1
    rows = [(found[0].what, [f.instructions for f in found]) for found in zip(*runs)]
    differ = [what for what, values in rows if len(set(values)) > 1]
    if args.json:
        print(as_json([{"what": what, "instructions": values} for what, values in rows]), end="")
    else:
        width = max(len(what) for what, _ in rows)
        for what, values in rows:
            more = "" if what not in differ else "   differs: " + ", ".join(_number(v) for v in values[1:])
            print(f"{what:<{width}}  {_number(values[0]):>12}{more}")
        print(f"\ninstructions, counted from outside; {len(runs)} runs" + ("" if differ or len(runs) < 2 else ", each the same"))
    return 1 if differ else 0


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"


def _benchmark(name: str) -> Callable[[Boot], Iterator[Figure]]:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", FOLDER / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    figures: Callable[[Boot], Iterator[Figure]] = module.figures
    return figures


def _boot(description: Path, machines: ExitStack) -> "Machine":
    from sel4ish_pytest import observer
    from sel4ish_pytest.machine import Machine
    from sel4ish_pytest.system import Builder

    builder = Builder(ROOT)
    built = builder.build(description)
    with builder.lock():
        plugin = observer.build(BUILD / "test-tools")
    folder = machines.enter_context(tempfile.TemporaryDirectory(prefix="sel4ish-bench-"))
    vm = Machine([*built.qemu, *CLOCK], Path(folder), plugin)
    machines.callback(vm.stop)
    return vm
