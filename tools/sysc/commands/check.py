# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish check: the diagnostics alone, broken policies among them. Compiles nothing."""

from __future__ import annotations

import argparse
import sys

from sysc import description
from sysc.build import judge
from sysc.paths import ROOT
from sysc.show import as_data, as_text
from sysc.text import as_json

EPILOG = """examples:
  sel4ish check
  sel4ish check --json test/system/echo_poll.yaml
exit status: 0 no error, 1 an error, 2 the command is wrong"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("check", help="say what is wrong with a description", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    description.add_argument(parser)
    parser.add_argument("--json", action="store_true", help="as JSON (docs/diagnostics.md)")


def run(args: argparse.Namespace) -> int:
    system, mistakes = judge(args.description)
    errors = [m for m in mistakes if not m.warning]
    if args.json:
        print(as_json(as_data(mistakes)), end="")
        return 1 if errors else 0
    print(as_text(mistakes, ROOT), end="", file=sys.stderr)
    if errors:
        print(f"{len(errors)} {'error' if len(errors) == 1 else 'errors'}", file=sys.stderr)
        return 1
    assert system is not None
    print(f"{system.name}: {len(system.components)} components, no error")
    return 0
