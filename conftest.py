# SPDX-License-Identifier: BSD-2-Clause
"""Where the tests find the project's own packages and the QEMU fixtures."""

import sys
from pathlib import Path

ROOT = Path(__file__).parent
for place in (ROOT, ROOT / "tools"):
    if str(place) not in sys.path:
        sys.path.insert(0, str(place))

pytest_plugins = ["sel4ish_pytest.plugin", "sel4ish_pytest.c_tests"]
