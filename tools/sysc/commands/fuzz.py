# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish fuzz: random calls on the kernel, on this computer, each of them checked, for as long as one likes."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

from sysc import host_kernel, random_calls
from sysc.paths import BUILD, shown
from sysc.progress import Progress

CHUNK = 100                     # worlds between two times that the totals are written
EPILOG = """examples:
  sel4ish fuzz                          ten minutes more; Ctrl-C keeps what was done so far
  sel4ish fuzz --minutes 0              the table of what was reached so far
  sel4ish fuzz --bytes --minutes 30     libFuzzer chooses, and keeps what led somewhere new
The totals, and what libFuzzer found worth keeping, are in build/fuzz/: delete it to begin anew.
exit status: 0 nothing was found, 1 something was, and how to repeat it was printed"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("fuzz", help="make random calls on the kernel, on this computer", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10, help="how long (default: 10)")
    parser.add_argument("--seed", type=int, default=1, help="of what is chosen; each has totals of its own (default: 1)")
    parser.add_argument("--bytes", action="store_true", help="let libFuzzer choose (takes clang)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        return by_bytes(args.minutes) if args.bytes else by_seed(args.minutes, args.seed)
    except host_kernel.BuildFailed as failed:
        print(failed, file=sys.stderr)
        return 1


def by_seed(minutes: float, seed: int) -> int:
    file = BUILD / "fuzz" / f"totals-{seed}.json"
    first, reached = random_calls.load(file)
    program = host_kernel.program("fast", "kernel-random")
    start, status, progress = time.monotonic(), 0, Progress("fuzz")
    try:
        while (part := _part(start, minutes)) < 1 and not status:
            progress.at(f"{reached.calls:,} calls, {len(reached.below(1))} outcomes not reached yet", part)
            done = subprocess.run([program, "--table", "--seed", str(seed), "--first", str(first), "--worlds", str(CHUNK)],
                                  capture_output=True, text=True, check=False)
            print(done.stderr, end="", file=sys.stderr)
            status = 1 if done.returncode else 0
            first += CHUNK
            reached = reached.plus(random_calls.read(done.stdout.splitlines()))
            random_calls.save(file, first, reached)
    except KeyboardInterrupt:
        pass                    # what was finished is kept
    print("\n".join(random_calls.lines(reached)))
    print(f"kept in {shown(file)}", file=sys.stderr)
    return status


def _part(start: float, minutes: float) -> float:
    """Of the time, that is over."""
    return (time.monotonic() - start) / (60 * minutes) if minutes else 1


def by_bytes(minutes: float) -> int:
    if not shutil.which("clang"):
        print("sel4ish: fuzz: --bytes takes clang: apt-get install --no-install-recommends clang", file=sys.stderr)
        return 1
    program = host_kernel.program("clang", "kernel-fuzz", compiler="clang")
    corpus = BUILD / "fuzz" / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    try:
        return subprocess.run([program, f"-max_total_time={int(60 * minutes)}", "-max_len=8192", "-len_control=0", "-print_final_stats=1",
                               f"-artifact_prefix={Path(BUILD, 'fuzz')}/", corpus], check=False).returncode and 1
    except KeyboardInterrupt:
        return 0
