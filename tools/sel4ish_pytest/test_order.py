# SPDX-License-Identifier: BSD-2-Clause
"""The order of a run, as its record says it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sel4ish_pytest.order import Order

A_RUN: Any = SimpleNamespace()          # one that no other started


def run(record: Path, **seconds: float) -> None:
    order = Order(record, A_RUN)
    for name, took in seconds.items():
        for phase in range(2):
            report: Any = SimpleNamespace(nodeid=f"{name}::test_{phase}", duration=took / 2)
            order.pytest_runtest_logreport(report)
    order.pytest_sessionfinish()


def sorted_by(order: Order, *nodeids: str) -> list[str]:
    items: Any = [SimpleNamespace(nodeid=nodeid) for nodeid in nodeids]
    order.pytest_collection_modifyitems(items)
    return [item.nodeid for item in items]


def test_new_files_come_first_then_those_that_took_longest(tmp_path: Path) -> None:
    run(tmp_path / "record", short=1, long=9, middle=1)
    run(tmp_path / "record", middle=5)
    assert sorted_by(Order(tmp_path / "record", A_RUN), "short::b", "short::a", "new::a", "middle::a", "long::b", "long::a") == [
        "new::a", "long::b", "long::a", "middle::a", "short::b", "short::a"]


def test_a_test_process_has_the_order_of_who_started_it(tmp_path: Path) -> None:
    run(tmp_path / "record", a=1, b=2)
    first = Order(tmp_path / "record", A_RUN)
    node: Any = SimpleNamespace(workerinput={})
    first.pytest_configure_node(node)
    run(tmp_path / "record", a=3)
    worker = Order(tmp_path / "record", node)
    worker.took["a"] = 7
    worker.pytest_sessionfinish()
    assert sorted_by(worker, "a::x", "b::x") == ["b::x", "a::x"]
    assert sorted_by(Order(tmp_path / "record", A_RUN), "b::x", "a::x") == ["a::x", "b::x"]
