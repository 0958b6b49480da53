# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish audit: who can do what to whom, from the spec that the loader realises.

The description is built first (nothing is compiled when nothing changed): the answers are about build/<system>/spec.cdl as
it lies there. A broken policy stops a build, not an audit.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from capdl import text
from sysc.audit import dma_of, listing, show
from sysc.audit.authority import Authority, authority
from sysc.audit.flow import flows, path
from sysc.audit.policy import BROKEN, verdicts
from sysc.audit.who import ACTIONS, names, who_can
from sysc.build import Wrong, build, right
from sysc.model import PHASES, System
from sysc.paths import BUILD, ROOT
from sysc.source import did_you_mean
from sysc.text import as_json

QUERIES = {"grants": (0, 1), "who-can": (2,), "interfaces": (0,), "path": (2,), "flows": (0,), "policy": (0,)}    # with how many words more
EPILOG = """queries (after the description; grants when none is given):
  grants [COMPONENT]       every capability, mapping and possible run-time grant, with the line that caused it
  who-can ACTION OBJECT    by capability and by control; ACTION is one of
                           """ + ", ".join(ACTIONS) + """
                           OBJECT is a component, device, interface (store@2, or store in all versions), connection
                           (store@2/shell-a) or a region of it; to read what drives a keyboard or pointer is to read its input
  interfaces               provider, clients, labels, regions, addresses
  path A B                 the shortest way that information can flow, and every channel on it
  flows                    every storage flow between two components
  policy                   each assertion of the description: holds, or the chain that breaks it
examples:
  sel4ish audit
  sel4ish audit system.yaml who-can read store@2/shell-a
  sel4ish audit system.yaml path shell-a shell-b
  sel4ish audit who-can draw-on framebuffer --phase boot
  sel4ish audit --json system.yaml grants store | python3 -m json.tool
exit status: 0 answered (and every assertion holds), 1 the description is wrong or an assertion is broken, 2 the query is wrong"""


class BadQuery(Exception):
    """The query names nothing that is there, or has too few words."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("audit", help="say who can do what to whom", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="the answer as JSON")
    parser.add_argument("--phase", choices=PHASES, default="steady",
                        help="boot: components of the boot phase and the loader count too (default: steady; policies say theirs themselves)")
    parser.add_argument("words", nargs="*", metavar="[system.yaml] query…", help="the description and the query")


def run(args: argparse.Namespace) -> int:
    try:
        description, query = split(args.words)
        system, a = audited(description, args.phase)
        status, data, lines = answer(a, system, query)
    except BadQuery as bad:
        print(f"sel4ish: audit: {bad}", file=sys.stderr)
        return 2
    if args.json:
        print(as_json(data), end="")
    else:
        for line in lines:
            print(line)
        print(show.assumptions(a))
    return status


def split(words: list[str]) -> tuple[Path, list[str]]:
    """The description may be left out: then the words begin with a query. Nothing is built for one that is none."""
    own = bool(words) and words[0] not in QUERIES
    description = Path(words[0]) if own else ROOT / "system.yaml"
    query = words[own:] or ["grants"]
    if own and not description.suffix and not description.exists():
        raise BadQuery(f"'{words[0]}' is neither a query nor a description; {did_you_mean(words[0], QUERIES)}")
    if query[0] not in QUERIES:
        raise BadQuery(f"'{query[0]}' is no query; {did_you_mean(query[0], QUERIES)}")
    if len(query) - 1 not in QUERIES[query[0]]:
        raise BadQuery(f"'{' '.join(query)}' has {'too few' if len(query) - 1 < min(QUERIES[query[0]]) else 'too many'} words. See sel4ish audit --help")
    return description, query


def audited(description: Path, phase: str = "steady") -> tuple[System, Authority]:
    """Built as far as the spec. Raises Wrong where the description is wrong in more than its policies."""
    try:
        build(description, lambda step: print(f"sel4ish: {step}", file=sys.stderr, flush=True))
    except Wrong as wrong:
        if any(m.code != BROKEN and not m.warning for m in wrong.mistakes):
            raise
    system, _ = right(description)
    spec = BUILD / system.name.text / "spec.cdl"
    return system, authority(text.read(spec.read_text(), str(spec)), dma_of(system), phase)


def answer(a: Authority, system: System, query: list[str]) -> tuple[int, object, Iterable[str]]:
    match query:
        case ["grants"]:
            found = listing.grants(a)
            return 0, [asdict(g) for g in found], show.grants(found)
        case ["grants", component]:
            found = listing.grants(a, known(component, a.components))
            return 0, [asdict(g) for g in found], show.grants(found)
        case ["who-can", action, what]:
            answers = who_can(a, known(action, ACTIONS, "an action"), known(what, names(a)))
            return 0, [asdict(x) for x in answers], show.who(action, what, answers)
        case ["interfaces"]:
            lines = list(listing.interfaces(a))
            return 0, [asdict(x) for x in lines], show.interfaces(lines)
        case ["path", source, sink]:
            way = path(a, known(source, a.components), known(sink, a.components))
            return 0, [asdict(f) for f in way], show.path(source, sink, way, flows(a))
        case ["flows"]:
            every = flows(a)
            return 0, [asdict(f) for f in every], show.columns(((f.source, "->", f.sink, f.through, f.cause) for f in every), "")
        case ["policy"]:
            found_verdicts = verdicts(a.spec, system.policies, a.dma)
            text_lines = [line for p, v in found_verdicts for line in show.verdict(str(p.at), v)] or ["the description has no policy"]
            broken = any(not v.holds for _, v in found_verdicts)
            return int(broken), [{"at": str(p.at), **asdict(v)} for p, v in found_verdicts], text_lines
    raise AssertionError(query)


def known(name: str, right_ones: Iterable[str], noun: str = "a name in this system") -> str:
    words = list(right_ones)
    if name not in words:
        raise BadQuery(f"'{name}' is not {noun}; {did_you_mean(name, words)}")
    return name


