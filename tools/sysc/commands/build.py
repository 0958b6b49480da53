# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish build: a description to a boot image, with everything that led to it in build/<system>/."""

from __future__ import annotations

import argparse
import sys

from sysc import description
from sysc.build import Wrong, build
from sysc.paths import ROOT, shown
from sysc.show import as_data, as_text
from sysc.text import as_json

EPILOG = """examples:
  sel4ish build
  sel4ish build --json test/system/echo_poll.yaml
leaves in build/<system>/: model.json, plan.json, spec.cdl, spec.bin, image, report.txt, manifest.json"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("build", help="make the boot image", formatter_class=argparse.RawDescriptionHelpFormatter,
                                   epilog=EPILOG)
    description.add_argument(parser)
    parser.add_argument("--json", action="store_true", help="where everything is and how to start it, as JSON")


def run(args: argparse.Namespace) -> int:
    try:
        built = build(args.description, say)
    except Wrong as wrong:
        if not args.json:
            raise
        print(as_json({"diagnostics": as_data(wrong.mistakes)}), end="")
        print(as_text(wrong.mistakes, ROOT), end="", file=sys.stderr)
        return 1
    if args.json:
        print(as_json({"system": built.system.name.text, "image": str(built.image), "folder": str(built.folder),
                       "kernel": str(built.kernel),
                       "qemu": built.qemu, "changed": built.changed, "diagnostics": as_data(built.warnings)}), end="")
        return 0
    print((built.kernel.parent / "figures.txt").read_text(), end="", file=sys.stderr)
    print(as_text(built.warnings, ROOT), end="", file=sys.stderr)
    print(f"{built.system.name}: {'built' if built.changed else 'nothing changed'}: {shown(built.image)}")
    return 0


def say(step: str) -> None:
    print(f"sel4ish: {step}", file=sys.stderr, flush=True)
