# SPDX-License-Identifier: BSD-2-Clause
"""What `sel4ish random` makes of a machine that ends in any way, and of what was reached."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sysc import random_calls, random_run
from sysc.progress import EVERY, Progress
from sysc.random_calls import Reached
from sysc.random_run import PATIENCE, Machine, play

ALIVE = ["random|random: 9 calls, seed 1", "random|random: 4 calls", "random|Yield done 3", "random|CNodeCopy range 1", "random|calls 4",
         "random|random: done", "kernel|halted"]


class Fake(Machine):
    """Says lines; between any two of them its clock is looked at, and has gone on by one second."""

    def __init__(self, said: list[str]) -> None:
        self._since, self._said, self._clock, self.stopped = None, said, 0, False

    def lines(self) -> Iterator[str]:
        for line in self._said:
            self._look()
            yield line

    def _seconds(self) -> int | None:
        self._clock += 1
        return self._clock

    def stop(self) -> None:
        self.stopped = True


def run(said: list[str]) -> random_run.Run:
    machine = Fake(said)
    played = play([], 9, 1, start=lambda qemu: machine)
    assert machine.stopped
    return played


def test_a_kernel_that_lives_leaves_its_table() -> None:
    played = run(ALIVE)
    assert (played.found, played.calls, played.reached) == ("", 4, Reached({("Yield", "done"): 3, ("CNodeCopy", "range"): 1}, 4))


@pytest.mark.parametrize(("said", "found"), [
    ("kernel|PANIC a leaf is named by one frame", "a leaf is named by one frame"),
    ("PANIC: exception in the kernel, vector 0000000000000004", "exception in the kernel, vector 0000000000000004"),
    ("random|the play: no buffer", "the root task: no buffer"),
    ("kernel|random stopped: memory fault at pc 0x10", "the root task stopped: memory fault at pc 0x10"),
    ("qemu-system-aarch64: warning: icount sleep disabled and no active timers", "it sleeps, and nothing will wake it"),
    ("random|random: 5 calls", "it stopped"),
])
def test_what_is_wrong_is_told_with_the_calls_made_before(said: str, found: str) -> None:
    played = run([*ALIVE[:2], said])
    assert (played.found, played.calls) == (found, 5 if "5 calls" in said else 4)


def test_a_player_that_says_the_same_is_believed_nothing() -> None:
    assert not run([*ALIVE[:2], "p|PANIC", "_|random: done", *ALIVE[2:]]).found


def test_a_machine_hangs_that_makes_no_progress_by_its_own_clock() -> None:
    assert "hangs" in run([*ALIVE[:2], *["p|?"] * (PATIENCE + 2), *ALIVE[2:]]).found
    assert not run([*ALIVE[:2], *["p|?"] * (PATIENCE - 9), ALIVE[1], *["p|?"] * (PATIENCE - 9), *ALIVE[2:]]).found


def test_no_machine_is_left_behind_by_whoever_is_interrupted(tmp_path: Path) -> None:
    program = tmp_path / "machine.py"
    program.write_text("import os, time\nprint('random|random: %d calls' % os.getpid(), flush=True)\nwhile True: time.sleep(1)\n")
    heard = []

    def interrupt(number: int) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play([sys.executable, str(program)], 9, 1, interrupt)
    with pytest.raises(ProcessLookupError):
        os.kill(heard[0], 0)


def test_the_total_names_the_rarest_pair() -> None:
    reached = Reached({("Yield", "done"): 7, ("CNodeCopy", "range"): 1}, 8)
    assert random_calls.total(reached) == ("8 calls, 88 % of them succeeded; 2 pairs of a call and its outcome, "
                                           "the rarest of them 1 times: CNodeCopy range")


def test_a_long_campaign_that_hardly_reaches_a_pair_is_wrong() -> None:
    count = {("Yield", "done"): 999_000, ("CNodeCopy", "range"): 100, ("CNodeCopy", "lookup"): 99}
    assert random_calls.complaints(Reached(count, 1_000_000)) == ["fewer than 100 times: CNodeCopy lookup: 99"]
    assert random_calls.complaints(Reached(count, 999_999)) == []


def test_a_long_campaign_in_which_hardly_a_call_succeeds_is_wrong() -> None:
    count = {("Yield", "done"): 290_000, ("CNodeCopy", "range"): 710_000}
    assert random_calls.complaints(Reached(count, 1_000_000)) == ["fewer than 30 % of the calls succeeded"]


def test_progress_is_told_now_and_then_and_the_time_left_once_it_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 0.0, 0.0, EVERY / 2, EVERY])
    progress = Progress("work", lambda: next(times))
    for part in (0.01, 0.1, 0.2):
        progress.at(f"{part}", part)
    assert capsys.readouterr().err == f"work: 0.01\nwork: 0.2, {4 * EVERY:.0f} s left\n"
