# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish random: a root task whose threads make random calls, in QEMU, on the debug kernel, which checks itself."""

from __future__ import annotations

import argparse
import importlib.util
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from sysc import cmake, random_calls, random_run, random_task
from sysc.paths import BUILD, ROOT
from sysc.progress import Progress

FAULTS = ROOT / "test" / "random" / "faults.yaml"
EPILOG = """examples:
  sel4ish random                            100,000 calls
  sel4ish random --calls 10000000 --seed 2  and how often each call ended in each way
  sel4ish random --faults                   the same on kernels with a fault each, which all must be found
After every 64th call of each thread, and at the end, the kernel checks all its invariants. A seed repeats a run. Of a million calls and
more, each pair of a call and its outcome must be one in 10,000, and 30 % must succeed. Ctrl-C ends it.
exit status: 0 the kernel lives, or all faults were found; 1 not so, or a pair is too rare"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("random", help="make random calls on the kernel, from threads in QEMU", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=100_000, help="how many (default: 100000)")
    parser.add_argument("--seed", type=int, default=1, help="of what is chosen (default: 1)")
    parser.add_argument("--faults", action="store_true", help="on kernels with a planted fault: test/random/faults.yaml")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)      # as Ctrl-C, so that no machine is left behind
    try:
        qemu = random_task.build(BUILD / "random")
        return planted(args.calls, args.seed) if args.faults else alive(qemu, args.calls, args.seed)
    except cmake.BuildFailed as failed:
        print(failed, file=sys.stderr, end="")
        return 1


def alive(qemu: list[str], calls: int, seed: int) -> int:
    played = play(qemu, calls, seed, "random")
    print("\n".join(random_calls.lines(played.reached)))
    if played.found:
        print("\n".join([*played.last, f"random: after {played.calls:,} calls: {played.found}"]), file=sys.stderr)
        return 1
    wrong = random_calls.complaints(played.reached)
    print("".join(f"random: {complaint}\n" for complaint in wrong), file=sys.stderr, end="")
    return 1 if wrong else 0


def play(qemu: list[str], calls: int, seed: int, name: str) -> random_run.Run:
    progress = Progress(name)
    return random_run.play(qemu, calls, seed, lambda made: progress.at(f"{made:,} of {calls:,} calls", made / calls))


def planted(calls: int, seed: int) -> int:
    found = count = 0
    for name, why, qemu in mutants():
        played = play(qemu, calls, seed, name)
        what = f"after {played.calls:>9,} calls: {played.found}" if played.found else f"NOT FOUND in {calls:,} calls: {why}"
        print(f"{name:34} {what}", flush=True)
        found += bool(played.found)
        count += 1
    print(f"{found} of {count} planted faults were found")
    return 0 if found == count else 1


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
