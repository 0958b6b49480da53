# SPDX-License-Identifier: BSD-2-Clause
"""The same cases on the release kernel, which differs by what is linked."""

from __future__ import annotations

import pytest

from suite import Flavour, suite


def test_every_case_passes_on_the_release_kernel(request: pytest.FixtureRequest) -> None:
    found = suite(request.config).outcomes(Flavour.RELEASE, [])
    failed = {name: outcome.text for name, outcome in found.items() if not outcome.passed}
    assert found and not failed, "\n".join(f"{name}: {text}" for name, text in failed.items())
