# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish test: host tests and systems in QEMU, in parallel, by pytest with the project's plugin."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from sysc.paths import ROOT

EPILOG = """examples:
  sel4ish test                              everything
  sel4ish test test/system -k shells        what matches, in one folder
  sel4ish test components/services/store    the tests of one component
  sel4ish test -- --maxfail=1 -x            what follows -- goes to pytest
exit status: 0 all passed, 1 a test failed, 2 the command is wrong or nothing matched"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("test", help="run the tests, in the host and in QEMU", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", help="files, folders or tests (file::name); all when none is given")
    parser.add_argument("-k", metavar="WORDS", help="only tests whose name matches, as pytest's -k")
    parser.add_argument("-j", "--jobs", metavar="N", default=str(os.cpu_count() or 2), help="tests at a time (default: processors)")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each test")
    parser.add_argument("--junit", metavar="FILE", default=str(ROOT / "build" / "test-results.xml"),
                        help="JUnit XML (default: build/test-results.xml)")
    parser.set_defaults(run=run)


def hear_interrupts() -> None:
    """A shell that starts us in the background has Ctrl-C ignored, and all that we start would inherit it: the tests of Ctrl-C
    among them."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def run(args: argparse.Namespace) -> int:
    own = [a for a in args.paths if a.startswith("-")]
    paths = [a for a in args.paths if not a.startswith("-")]
    missing = [p for p in paths if not own and not Path(p.split("::")[0]).exists()]     # behind -- a word may be an option's
    if missing:
        print(f"sel4ish: test: there is no file or folder {missing[0]}", file=sys.stderr)
        return 2
    command = [sys.executable, "-m", "pytest", f"--rootdir={ROOT}", "-c", str(ROOT / "pytest.ini"), f"--junitxml={args.junit}",
               "-n", args.jobs, "--dist=loadfile", "-v" if args.verbose else "-q"]
    if args.k:
        command += ["-k", args.k]
    hear_interrupts()
    try:
        status = subprocess.run([*command, *own, *paths], cwd=ROOT if not paths else None, check=False).returncode
    except KeyboardInterrupt:
        return 130
    return {0: 0, 1: 1, 2: 130}.get(status, 2)
