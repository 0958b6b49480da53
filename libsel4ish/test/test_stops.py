# SPDX-License-Identifier: BSD-2-Clause
"""However a component ends, its last words come out, and the supervisor names those that ended by a mistake."""

from __future__ import annotations

from pathlib import Path

from sel4ish_pytest.plugin import MachineFactory

SYSTEM = Path(__file__).parent / "stopper" / "system.yaml"

LAST_WORDS = {
    "returns": r"ends by return",
    "exits": r"exit with status 3",
    "asserts": r"asserts: .*stopper/main\.c:\d+: main: assertion failed: .*this holds",
    "aborts": r"aborts: abort\(\) called",
    "stops": r"stops: reason 7",
}


def test_last_words_come_out_and_mistakes_are_named(machine: MachineFactory) -> None:
    vm = machine(SYSTEM)
    for component, words in LAST_WORDS.items():
        vm.expect(rf"^{component}\|.*{words}", channel="debug", anywhere=True)
    for component in ("asserts", "aborts", "stops"):
        vm.expect(rf"{component} stopped: .*undefined.*", channel="debug", anywhere=True)
    said = vm.log("supervisor")
    assert "returns stopped" not in said and "exits stopped" not in said
