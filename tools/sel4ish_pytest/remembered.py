# SPDX-License-Identifier: BSD-2-Clause
"""Tests whose answer follows from the sources alone: seeded campaigns, which say the same as long as no source changes.

    @pytest.mark.follows_from("kernel", "test/model")

Such a test that passed is not made again until a source below one of those folders, in tools/ or the build's own file, or the test's
own file, changes; the figures that it told are told again. What is remembered lies in build/remembered/, a file for each test; a failure
is never remembered. --again makes all of them again, and so does deleting the folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .kept import Kept

MARK = "follows_from"
ALWAYS = ("tools", "CMakeLists.txt")        # what builds and runs every test


class Remembered:
    """A plugin: what passed, and from which sources."""

    def __init__(self, kept: Kept, again: bool) -> None:
        self.kept, self.again = kept, again

    @pytest.hookimpl(hookwrapper=True)      # type: ignore[misc]
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        mark = pyfuncitem.get_closest_marker(MARK)
        if mark is None:
            yield
            return
        record = (pyfuncitem.nodeid, pyfuncitem.path.read_text(), (*mark.args, *ALWAYS))
        found = None if self.again else self.kept.recall(*record)
        if found is not None:
            pyfuncitem.obj = lambda **arguments: None
            yield
            pyfuncitem.user_properties.extend((str(name), value) for name, value in found)
            return
        outcome = yield
        if outcome.excinfo is None:     # type: ignore[attr-defined]
            self.kept.keep(*record, [list(told) for told in pyfuncitem.user_properties])
