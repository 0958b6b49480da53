# SPDX-License-Identifier: BSD-2-Clause
"""The argument that most commands take: which description. Without one it is the project's own system.yaml."""

from __future__ import annotations

import argparse
from pathlib import Path

from sysc.paths import ROOT


def add_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("description", nargs="?", type=Path, default=ROOT / "system.yaml", metavar="system.yaml",
                        help="the description (default: the project's system.yaml)")
