# SPDX-License-Identifier: BSD-2-Clause
"""The model and the real kernel side by side: random calls, the same on both, and no difference.

    /usr/bin/python3 test/model/lockstep.py                                 200,000 calls
    /usr/bin/python3 test/model/lockstep.py --seconds 3600 --seed 7         for an hour, from that seed on
    /usr/bin/python3 test/model/lockstep.py --seed 41 --calls 2000          one run again

Calls come in runs, each from a fresh boot and a seed of its own. After each call who runs then, its registers and its message
are compared; after every fiftieth the whole state. At a difference the run is cut down to the fewest calls that still show it.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from abi import CAPS, INVOCATIONS, LABELS, MAX_LENGTH, MSG, ROOT, SYSCALLS  # noqa: E402
from driver import Driver, build  # noqa: E402
from events import Again, Call, Event  # noqa: E402
from kernel import Kernel, Tally  # noqa: E402
from state import booted, state_lines  # noqa: E402
from world import World  # noqa: E402

RUN, STATE_EVERY, SHOWN = 2000, 50, 40
NAMES = {number: name for name, number in SYSCALLS.items()}
SENDS_ONLY = (SYSCALLS["Call"], SYSCALLS["Send"], SYSCALLS["NBSend"])


def apply(k: Kernel, event: Event) -> tuple[str, str]:
    """What the driver is told, and what it must say."""
    t = k.scheduler.current
    if t is None:
        return "n", "idle"
    if isinstance(event, Call):
        t.cap, t.info, t.mr = event.cap, event.info, list(event.mr)
        t.offered, t.dest = event.reply, event.dest
        if buffer := t.buffer():
            for word, value in event.words:
                buffer.set(word, value)
        k.syscall(event.number)
        refused = k.failed and event.number in SENDS_ONLY
        return ("f" if refused else "c") + event.line(), result(k)
    if isinstance(event, Again):
        if not t.again or not t.number or not k.knows(t.info >> 12):
            return "n", result(k)
        k.syscall(t.number)
        return "r", result(k)
    k.vm_fault(event.address, event.fetch, event.write)
    return f"v {event.address:x} {event.fetch:x} {event.write:x}", result(k)


def result(k: Kernel) -> str:
    t = k.scheduler.current
    if t is None:
        return "idle"
    mr = t.mr
    text = f"{t.address:x} {t.cap:x} {t.info:x} {mr[0]:x} {mr[1]:x} {mr[2]:x} {mr[3]:x}"
    length, caps = t.info & 127, t.info >> 7 & 3
    if (length > 4 or caps) and (buffer := t.buffer()):
        for i in range(4, min(length, MAX_LENGTH)):
            text += f" {buffer.get(MSG + i):x}"
        for i in range(caps):
            text += f" +{buffer.get(CAPS + i):x}"
    return text


@dataclass(frozen=True)
class Script:
    """What the driver is told; and for each line that it must say: the line, and the number of the event."""

    told: list[str]
    expected: list[tuple[str, int]]


def script(k: Kernel, events: list[Event], every: int) -> Script:
    told: list[str] = []
    expected: list[tuple[str, int]] = []
    for n, event in enumerate(events):
        line, answer = apply(k, event)
        told.append(line)
        expected.append((answer, n))
        if n % every == every - 1 or n == len(events) - 1:
            told.append("s")
            expected.extend((text, n) for text in [*state_lines(k), "."])
    return Script(told, expected)


@dataclass(frozen=True)
class Difference:
    event: int
    kernel: list[str]           # what each said, from the first line that differs
    model: list[str]

    def __str__(self) -> str:
        kernel, model = "\n    ".join(self.kernel[:3]), "\n    ".join(self.model[:3])
        return f"  the kernel says\n    {kernel}\n  the model says\n    {model}"


def difference(driver: Driver, s: Script) -> Difference | None:
    said = driver.play(s.told)
    expected = [line for line, _ in s.expected]
    if said == expected:
        return None
    at = next((i for i, (a, b) in enumerate(zip(said, expected)) if a != b), min(len(said), len(expected)))
    event = s.expected[min(at, len(s.expected) - 1)][1]
    return Difference(event, said[at:], [line for line, n in s.expected[at:] if n == event])


def world(driver: Driver, seed: int) -> World:
    k = booted(driver.boot, driver.thread_slots)
    caps = [cap for cap in k.forest.roots if cap.slot]
    cnode = next(cap.obj.address for cap in caps if cap.kind == "CNODE")
    largest = max((cap for cap in caps if cap.kind == "UNTYPED"), key=lambda cap: cap.obj.bits)
    control = next(cap for cap in caps if cap.kind == "SCHED_CONTROL")
    assert largest.slot and control.slot
    return World(k, seed, (largest.slot.address - cnode) // 64, (control.slot.address - cnode) // 64)


def random_script(w: World, calls: int, every: int) -> tuple[list[Event], Script]:
    """Events as they are thought of, from the model's state."""
    events: list[Event] = []
    told: list[str] = []
    expected: list[tuple[str, int]] = []
    for n in range(calls):
        event = w.next()
        events.append(event)
        line, answer = apply(w.k, event)
        told.append(line)
        expected.append((answer, n))
        if n % every == every - 1 or n == calls - 1:
            told.append("s")
            expected.extend((text, n) for text in [*state_lines(w.k), "."])
    return events, Script(told, expected)


# ---- cutting down

def shrink(driver: Driver, events: list[Event], seconds: float) -> tuple[list[Event], Difference]:
    """The fewest events found in that time that still show a difference, and which."""
    end = time.monotonic() + seconds

    def differs(some: list[Event], every: int = 1 << 30) -> Difference | None:
        return difference(driver, script(booted(driver.boot, driver.thread_slots), some, every))

    found = differs(events, 1)
    assert found, "a difference that is gone when every state is compared"
    events = events[:found.event + 1]
    step = max(1, len(events) // 2)
    while time.monotonic() < end:
        at = 0
        while at < len(events) and time.monotonic() < end:
            some = events[:at] + events[at + step:]
            less = differs(some) if some else None
            if less:
                events, found = some[:less.event + 1], less
            else:
                at += step
        if step == 1:
            break
        step //= 2
    return events, found


def describe(event: Event) -> str:
    if not isinstance(event, Call):
        return str(event)
    words = " ".join(f"[{word}]={value:x}" for word, value in event.words)
    label = event.info >> 12
    name = LABELS.get(label, f"{label:x}") if event.number in SENDS_ONLY else f"{label:x}"
    return (f"{NAMES[event.number]:10} {event.cap:x} {name} caps={event.info >> 7 & 3} length={event.info & 127} "
            f"{' '.join(f'{word:x}' for word in event.mr)} reply={event.reply:x} dest={event.dest:x} {words}")


# ---- campaigns

@dataclass
class Totals:
    calls: int = 0
    runs: int = 0
    tally: Tally = field(default_factory=Tally)

    def share(self) -> tuple[int, int]:
        done = sum(n for (_, error), n in self.tally.outcomes.items() if not error)
        return done, sum(self.tally.outcomes.values())


class Found(Exception):
    """A difference, cut down, in words."""


def campaign(driver: Driver, seed: int, calls: int, seconds: float | None = None, shrink_seconds: float = 20.0) -> Totals:
    totals, begun = Totals(), time.monotonic()
    while totals.calls < calls if seconds is None else time.monotonic() - begun < seconds:
        length = min(RUN, calls - totals.calls) if seconds is None else RUN
        w = world(driver, seed + totals.runs)
        w.k.tally = totals.tally
        events, s = random_script(w, length, STATE_EVERY)
        if difference(driver, s):
            few, found = shrink(driver, events, shrink_seconds)
            text = "\n".join("  " + describe(event) for event in few[-SHOWN:])
            raise Found(f"after {totals.calls + found.event} calls, seed {seed + totals.runs}; of {len(few)} that show it the last are:\n"
                        f"{text}\n{found}\n"
                        f"  repeat with: /usr/bin/python3 test/model/lockstep.py --seed {seed + totals.runs} --calls {length}")
        totals.calls += length
        totals.runs += 1
    return totals


def summary(totals: Totals, seconds: float) -> str:
    done, asked = totals.share()
    t = totals.tally
    return (f"{totals.calls} calls in {totals.runs} runs, no difference; {totals.calls / seconds:.0f} calls/s; "
            f"{done} of {asked} invocations succeeded ({100 * done // max(asked, 1)} %); "
            f"{t.messages} messages begun, {t.faults} calls ended in a fault")


def table(tally: Tally) -> str:
    rows = [f"{'outcome of':28} {'total':>8}  by error number"]
    for name in [*INVOCATIONS, "?"]:
        errors = {error: n for (row, error), n in sorted(tally.outcomes.items()) if row == name}
        if errors:
            rows.append(f"{name:28} {sum(errors.values()):8}  " + " ".join(f"{e}:{n}" for e, n in errors.items()))
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="of the first run; each run has the next one")
    parser.add_argument("--calls", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, help="for so long, instead of a number of calls")
    parser.add_argument("--driver", type=Path, help="a driver that is there, instead of building it")
    parser.add_argument("--shrink-seconds", type=float, default=20.0, help="spent on cutting a difference down")
    parser.add_argument("--table", action="store_true", help="also print how often each call came to which outcome")
    options = parser.parse_args()
    program = options.driver or build(ROOT / "build" / "host" / "test-model")
    begun = time.monotonic()
    with Driver(program) as driver:
        try:
            totals = campaign(driver, options.seed, options.calls, options.seconds, options.shrink_seconds)
        except Found as found:
            print(found)
            return 1
    print(summary(totals, time.monotonic() - begun))
    if options.table:
        print(table(totals.tally))
    return 0


if __name__ == "__main__":
    sys.exit(main())
