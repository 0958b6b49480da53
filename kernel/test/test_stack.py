# SPDX-License-Identifier: BSD-2-Clause
"""The kernel's one stack: nothing recurses, and the deepest chain of calls fits with room to spare (see kernel/stack.py)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sysc import cmake

sys.path.insert(0, str(Path(__file__).parents[1]))
import stack  # noqa: E402

PLATFORM = "qemu-virt-aarch64"


@pytest.fixture(scope="module")
def graph() -> stack.Graph:
    cmake.make(PLATFORM, ["kernel/kernel-debug.elf"])
    (file,) = cmake.folder(PLATFORM).glob("kernel/kernel-debug.*.ci")
    return stack.read(file)


def test_every_functions_stack_is_known_at_compile_time(graph: stack.Graph) -> None:
    assert [name for name, bounded in graph.bounded.items() if not bounded] == []


@pytest.mark.parametrize("entry", stack.ENTRIES)
def test_nothing_recurses_and_the_deepest_chain_fills_at_most_half_the_stack(graph: stack.Graph, entry: str) -> None:
    used, chain = stack.deepest(graph, entry)
    print(f"{entry}: {used} of {stack.limit()} bytes: {' > '.join(chain)}")
    assert used <= stack.limit() // 2
