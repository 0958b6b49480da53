# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish graph: the system as a drawing, from the same spec that the audit reads."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sysc import description
from sysc.commands.audit import audited
from sysc.graph import dot, svg


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("graph", help="draw the system as SVG", formatter_class=argparse.RawDescriptionHelpFormatter,
                                   epilog="examples:\n  sel4ish graph -o system.svg\n  sel4ish graph --dot system.yaml | dot -Tpng > system.png")
    description.add_argument(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of to the standard output")
    parser.add_argument("--dot", action="store_true", help="graphviz's language instead of SVG")


def run(args: argparse.Namespace) -> int:
    system, a = audited(args.description)
    source = dot(a, system.name.text)
    drawing = source.encode() if args.dot else svg(source)
    if args.output:
        try:
            args.output.write_bytes(drawing)
        except OSError as error:
            print(f"sel4ish: graph: cannot write {args.output}: {(error.strerror or 'failed').lower()}", file=sys.stderr)
            return 2
    else:
        sys.stdout.buffer.write(drawing)
    return 0
