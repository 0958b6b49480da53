# SPDX-License-Identifier: BSD-2-Clause
"""The whole desktop, to the pixel, the same whichever driver shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sel4ish_pytest.plugin import MachineFactory

from .scene import WINDOWS, desktop, expect_windows

GOLDEN = Path(__file__).parent / "golden" / "desktop.png"


@pytest.mark.parametrize("display", ["ramfb", "bochs"])
def test_the_desktop_is_the_golden_picture(machine: MachineFactory, tmp_path: Path, display: str) -> None:
    vm = machine(desktop(tmp_path, display))
    expect_windows(vm, *WINDOWS)
    vm.expect_golden(GOLDEN)
