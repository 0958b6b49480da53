# SPDX-License-Identifier: BSD-2-Clause
"""Where the project lies."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"
