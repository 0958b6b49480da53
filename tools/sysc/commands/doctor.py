# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish doctor: what this machine lacks. The front door answers it before there is a Python; this is its help."""

from __future__ import annotations

import argparse
import subprocess

from sysc.paths import ROOT

EPILOG = """examples:
  sel4ish doctor
  sel4ish doctor | grep MISSING
exit status: 0 nothing is missing, 1 something is"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("doctor", help="which packages this machine lacks; installs nothing", epilog=EPILOG,
                          formatter_class=argparse.RawDescriptionHelpFormatter)


def run(args: argparse.Namespace) -> int:
    return subprocess.run([ROOT / "tools" / "sel4ish", "doctor"], check=False).returncode
