# SPDX-License-Identifier: BSD-2-Clause
"""The faults of faults.yaml, each planted in the kernel, and how many calls the model needs to find it.

    /usr/bin/python3 test/model/planted.py                  all of them
    /usr/bin/python3 test/model/planted.py badged-again     one
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "reinject")]

from abi import ROOT  # noqa: E402
from driver import PROGRAM, Driver, build  # noqa: E402
from faults import Fault, load  # noqa: E402
from lockstep import Found, campaign  # noqa: E402
from mutant import make, recipe  # noqa: E402

ENOUGH = 100_000        # calls within which each must be found
FAULTS = load(Path(__file__).with_name("faults.yaml"))


def hunt(fault: Fault, program: Path, folder: Path, shrink_seconds: float = 0) -> str:
    """What the model says of a kernel with that fault; "": nothing."""
    mutant = make(recipe(program.parent, PROGRAM, ROOT / fault.file), fault.plant(ROOT), folder)
    with Driver(mutant) as driver:
        try:
            campaign(driver, 1, ENOUGH, shrink_seconds=shrink_seconds)
        except Found as found:
            return str(found)
    return ""


def main() -> int:
    program, missed = build(ROOT / "build" / "host" / "test-model"), 0
    for fault in FAULTS:
        if sys.argv[1:] and fault.name not in sys.argv[1:]:
            continue
        said = hunt(fault, program, ROOT / "build" / "planted" / fault.name, 10 if sys.argv[1:] else 0)
        missed += not said
        print(f"{fault.name:32} {said.partition(',')[0] or 'NOT FOUND'}", flush=True)
        if sys.argv[1:]:
            print(said)
    return missed != 0


if __name__ == "__main__":
    sys.exit(main())
