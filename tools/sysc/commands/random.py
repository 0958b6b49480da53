# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish random: a root task whose threads make random calls, in QEMU, on the debug kernel, which checks itself."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from sysc import cmake, random_calls, random_task
from sysc.paths import BUILD, ROOT

FAULTS = ROOT / "test" / "random" / "faults.yaml"
EPILOG = """examples:
  sel4ish random                            100,000 calls
  sel4ish random --calls 10000000 --seed 2  and how often each call ended in each way
  sel4ish random --faults                   the same on kernels with a fault each, which all must be found
After every 64th call of each thread, and at the end, the kernel checks all its invariants. A seed repeats a run.
exit status: 0 the kernel lives, or all faults were found; 1 not so"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("random", help="make random calls on the kernel, from threads in QEMU", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=100_000, help="how many (default: 100000)")
    parser.add_argument("--seed", type=int, default=1, help="of what is chosen (default: 1)")
    parser.add_argument("--faults", action="store_true", help="on kernels with a planted fault: test/random/faults.yaml")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        qemu = random_task.build(BUILD / "random")
        return planted(args.calls, args.seed) if args.faults else alive(qemu, args.calls, args.seed)
    except cmake.BuildFailed as failed:
        print(failed, file=sys.stderr, end="")
        return 1


def alive(qemu: list[str], calls: int, seed: int) -> int:
    said = []
    for line in random_task.lines(qemu, calls, seed):
        said.append(line)
        if line.startswith("random|random:") or random_task.PANIC in line:
            print(line.partition("|")[2], file=sys.stderr)
    print("\n".join(random_calls.lines(table(said))))
    if random_task.DONE in said:
        return 0
    print("\n".join(said[-10:]), file=sys.stderr)
    return 1


def table(said: list[str]) -> random_calls.Reached:
    return random_calls.read(line.removeprefix("random|") for line in said if line.startswith("random|"))


def planted(calls: int, seed: int) -> int:
    missed = 0
    for name, why, qemu in mutants():
        said = list(random_task.lines(qemu, calls, seed))
        found = random_task.DONE not in said
        what = next((line for line in said if random_task.PANIC in line), "it stopped")
        print(f"{name:34} {what.removeprefix('kernel|PANIC ') if found else f'NOT FOUND in {calls} calls: {why}'}", flush=True)
        missed += not found
    return 1 if missed else 0


def mutants(wanted: Callable[[str], bool] = lambda name: True) -> Iterator[tuple[str, str, list[str]]]:
    """Each fault's name, what it breaks, and how to start a machine with it."""
    faults, mutant = _module("faults"), _module("mutant")
    for fault in faults.load(FAULTS):
        if not wanted(fault.name):
            continue
        folder = BUILD / "random" / fault.name
        where = cmake.folder(random_task.PLATFORM)
        how = mutant.recipe(where, f"{random_task.kernel().relative_to(where).with_suffix('.elf')}", ROOT / fault.file)
        raw = mutant.raw_image(how, mutant.make(how, fault.plant(ROOT), folder))
        yield fault.name, fault.why, random_task.command(folder, raw)


def _module(name: str) -> ModuleType:
    """Of test/reinject, which knows how to plant a fault."""
    spec = importlib.util.spec_from_file_location(f"reinject_{name}", Path(ROOT, "test", "reinject", f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module         # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module
