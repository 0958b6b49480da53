# SPDX-License-Identifier: BSD-2-Clause
"""The tool as its users call it: a process, its exit status, what it printed where. Never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300       # seconds: bounds a hang, where everything has to be compiled first


def sel4ish(*arguments: str | Path, typed: str = "", env: Mapping[str, str] = os.environ,
            cwd: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """`typed` is its standard input, from a pipe."""
    done = subprocess.run([ROOT / "tools" / "sel4ish", "--no-install", *arguments], cwd=cwd, env=dict(env), input=typed,
                          capture_output=True, text=True, check=False, timeout=LONGEST)
    assert "Traceback" not in done.stderr and done.returncode in (0, 1, 2), done.stderr
    return done


def audit(description: str | Path, *query: str) -> Any:
    """The answer to a query, as data."""
    done = sel4ish("audit", "--json", description, *query)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
