# SPDX-License-Identifier: BSD-2-Clause
"""Where the project lies."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Where everything that is made goes; another place for those who want two builds of one checkout.
BUILD = Path(os.environ.get("SEL4ISH_BUILD") or ROOT / "build").absolute()


def shown(path: Path) -> str:
    """As people know it: from the project's root where it lies inside."""
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()
