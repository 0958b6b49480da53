# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish run: build what changed, boot it in QEMU, and be its serial terminal."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from sysc import console, description, qemu
from sysc.build import build
from sysc.commands.build import say
from sysc.paths import ROOT, shown
from sysc.show import as_text

EPILOG = """examples:
  sel4ish run
  sel4ish run test/system/spin.yaml
Ctrl-C, or a line that says only "quit", ends it. The kernel's debug channel goes to build/<system>/debug.log."""
LAST_LINES = 20


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("run", help="build, boot in QEMU and talk to it", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    description.add_argument(parser)
    parser.add_argument("--print-command", action="store_true", help="build, print QEMU's command line, start nothing")


def run(args: argparse.Namespace) -> int:
    built = build(args.description, say)
    print(as_text(built.warnings, ROOT), end="", file=sys.stderr)
    debug = built.folder / "debug.log"
    if args.print_command:
        print(shlex.join([*built.qemu, "-display", "none", "-serial", "mon:stdio", "-chardev", f"file,id=debug,path={debug}",
                          "-semihosting-config", "enable=on,target=native,chardev=debug"]))
        return 0
    say(f"booting {built.system.name}; Ctrl-C or 'quit' ends it; the kernel writes to {shown(debug)}")
    errors = built.folder / "qemu.log"
    debug.write_bytes(b"")
    status = console.talk(lambda fd: [*built.qemu, *qemu.channels(debug, fd)], errors)
    if status:
        print(f"sel4ish: QEMU ended with status {status}", file=sys.stderr)
        for log in (errors, debug):
            _show_end(log)
    return 1 if status else 0


def _show_end(log: Path) -> None:
    lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
    if lines:
        print("".join([f"the end of {shown(log)}:\n", *(f"  {line}\n" for line in lines)]), end="", file=sys.stderr)
