# SPDX-License-Identifier: BSD-2-Clause
"""Plant faults in the kernel, one at a time, and see whether the tests notice.

    /usr/bin/python3 test/mutation/run.py                           400 faults, seed 1
    /usr/bin/python3 test/mutation/run.py --count 50 --only ipc     in files whose name has that in it
    /usr/bin/python3 test/mutation/run.py --again survived          those once more, after a test was added
    /usr/bin/python3 test/mutation/run.py --report                  what is known already

Faults are chosen from the kernel's present sources: the same seed and the same sources give the same faults. What became of
each is kept in build/mutation/results.jsonl, and none is tried twice as long as its function does not change: stop with Ctrl-C and
go on later. Survivors that cannot
be noticed, because the kernel does the same with them, are in equivalent.yaml with the reason.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from choice import choose, equivalents, possible  # noqa: E402
from operators import Mutant  # noqa: E402
from trial import ROOT, Builds, Outcome, attempt  # noqa: E402

FOLDER = ROOT / "build" / "mutation"


@dataclass
class Results:
    """What became of which fault, a line each."""

    path: Path

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self.known: dict[str, Outcome] = {}
        for line in self.path.read_text().splitlines() if self.path.exists() else []:
            row = json.loads(line)
            self.known[row["key"]] = Outcome(row["verdict"], row["by"])

    def add(self, m: Mutant, outcome: Outcome) -> None:
        with self._lock:
            self.known[m.key] = outcome
            row = {"key": m.key, "fault": m.name, "old": m.old.strip(), "new": m.new.strip(), "verdict": outcome.verdict, "by": outcome.by}
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a") as file:
                file.write(json.dumps(row) + "\n")


def verdicts(chosen: list[Mutant], results: Results) -> list[tuple[Mutant, Outcome]]:
    """Of those that were tried; a survivor that is no fault is "equivalent"."""
    reasons = equivalents()
    found: list[tuple[Mutant, Outcome]] = []
    for m in chosen:
        outcome = results.known.get(m.key)
        why = reasons.get((m.file, m.function, m.old.strip(), m.new.strip()))
        if outcome and outcome.verdict == "survived" and why:
            outcome = Outcome("equivalent", why)
        if outcome:
            found.append((m, outcome))
    return found


def build(folder: Path, project: str, *options: str) -> Path:
    for command in (["cmake", "-S", project, "-B", str(folder), "-G", "Ninja", *options], ["ninja", "-C", str(folder)]):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return folder


def builds_for(stages: list[str]) -> Builds:
    return Builds(plain=build(FOLDER / "plain", "kernel/test", "-DFLAVOUR=plain") if "tests" in stages else None,
                  model=build(FOLDER / "model", "test/model") if "model" in stages else None,
                  sanitized=build(FOLDER / "sanitized", "kernel/test") if "sanitized" in stages else None)


def try_all(todo: list[Mutant], results: Results, builds: Builds, jobs: int, quiet: bool = False) -> None:
    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(attempt, m, builds, FOLDER / "tries" / m.key): m for m in todo}
        try:
            for n, future in enumerate(as_completed(running), 1):
                m, outcome = running[future], future.result()
                results.add(m, outcome)
                if not quiet:
                    print(f"[{n}/{len(todo)}] {outcome.verdict:16} {m.name}  {outcome.by}", flush=True)
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            print(f"\nstopped; {FOLDER / 'results.jsonl'} has what is done, the same command goes on", flush=True)
            raise SystemExit(130) from None


def report(tried: list[tuple[Mutant, Outcome]]) -> str:
    count = Counter(outcome.verdict for _, outcome in tried)
    faults = count["caught"] + count["survived"]
    by = Counter("the lock-step model" if o.by.startswith("model") else "unit tests" for _, o in tried if o.verdict == "caught")
    rows = [f"{len(tried)} planted: {count['does not compile']} do not compile, {count['same code']} give the same machine code, "
            f"{count['equivalent']} are equivalent",
            f"{faults} faults: {count['caught']} caught ({100 * count['caught'] / max(faults, 1):.1f} %), "
            f"{count['survived']} survived; caught by " + ", ".join(f"{who} {n}" for who, n in by.most_common())]
    for m, outcome in tried:
        if outcome.verdict == "survived":
            rows.append(f"  {m.name}\n    - {m.old.strip()}\n    + {m.new.strip()}")
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="files whose path has this in it")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--stages", default="tests,model,sanitized", help="who looks, one after the other, until one notices: %(default)s")
    parser.add_argument("--again", metavar="VERDICT", help="try those once more that came to this, e.g. survived")
    parser.add_argument("--report", action="store_true", help="try nothing, say what is known")
    options = parser.parse_args()
    every = [m for m in possible(ROOT) if options.only in m.file]
    chosen = choose(every, options.count, options.seed)
    results = Results(FOLDER / "results.jsonl")
    todo = [m for m in chosen if m.key not in results.known or results.known[m.key].verdict == options.again]
    if not options.report and todo:
        try_all(todo, results, builds_for(options.stages.split(",")), options.jobs)
    print(report(verdicts(chosen, results)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
