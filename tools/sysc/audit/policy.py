# SPDX-License-Identifier: BSD-2-Clause
"""The description's `policy:` held against the Authority: each assertion holds, or here is the chain that breaks it.

only          nobody but `who` may do `may` to `what`; who controls one of them counts unless he is the supervisor, whose
              authority the design gives and every answer of the audit lists
no_flow       no storage flow from `from` to `to` that does not pass through `except_via`; the supervisor is trusted likewise
no_authority  nobody of `who` reaches `over`: a component, an object, or "devices"
exclusive     `who` are all that reach `what`, and each of them does

Each is judged over all phases, unless it says `phase: steady`: then without what only the boot phase had. What a device could do by itself counts unless the
description assumes that it does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from capdl.model import Spec
from sysc.model import Policy
from sysc.source import SourceError

from .authority import EVER, Authority, authority, is_device
from .dma import Dma
from .flow import path
from .who import MEMORY, Answer, Link, who_can

SUPERVISOR = "supervisor"
BROKEN = "E080"                 # docs/diagnostics.md


@dataclass(frozen=True)
class Verdict:
    holds: bool
    text: str                   # the assertion, in words
    why: str                    # for a broken one: who does it
    chain: tuple[Link, ...]


def only(a: Authority, may: str, what: str, who: Iterable[str]) -> Verdict:
    allowed = set(who)
    text = f"only {', '.join(sorted(allowed)) or 'nobody'} may {may} {what}"
    for answer in _unless_assumed(who_can(a, may, what)):
        if answer.component not in allowed | {SUPERVISOR}:
            return Verdict(False, text, f"{answer.component} may {may} {what} {answer.how}: {answer.detail}", answer.chain)
    return Verdict(True, text, "", ())


def no_flow(a: Authority, source: Iterable[str], sink: Iterable[str], except_via: Iterable[str]) -> Verdict:
    via = frozenset(except_via) | {SUPERVISOR}
    sources, sinks = sorted(source), sorted(sink)
    text = f"no flow from {', '.join(sources)} to {', '.join(sinks)}" + (
        f" except via {', '.join(sorted(via - {SUPERVISOR}))}" if via - {SUPERVISOR} else "")
    for one in sources:
        for other in sinks:
            chain = path(a, one, other, via) if one != other else ()
            if chain:
                way = " -> ".join([one, *(f.sink for f in chain)])
                return Verdict(False, text, f"information flows {way}", tuple(
                    Link(f"{f.source} -> {f.sink}: {f.through}", f.cause) for f in chain))
    return Verdict(True, text, "", ())


def no_authority(a: Authority, who: Iterable[str], over: Iterable[str]) -> Verdict:
    members, targets = sorted(who), sorted(over)
    text = f"{', '.join(members)} have no authority over {', '.join(targets)}"
    for what in (one for name in targets for one in _targets(a, name)):
        for answer in _any_authority(a, what):
            if answer.component in members and answer.component != what:
                return Verdict(False, text, f"{answer.component} reaches {what} {answer.how}: {answer.detail}", answer.chain)
    return Verdict(True, text, "", ())


def exclusive(a: Authority, what: str, who: Iterable[str]) -> Verdict:
    owners = set(who)
    text = f"{what} is exclusively for {', '.join(sorted(owners))}"
    reached = set()
    for answer in _any_authority(a, what):
        if answer.component not in owners | {SUPERVISOR}:
            return Verdict(False, text, f"{answer.component} reaches {what} too, {answer.how}: {answer.detail}", answer.chain)
        reached.add(answer.component)
    missing = sorted(owners - reached)
    if missing:
        return Verdict(False, text, f"{', '.join(missing)} does not reach {what} at all", ())
    return Verdict(True, text, "", ())


ASSERTIONS: dict[str, Callable[[Authority, Policy], Verdict]] = {
    "only": lambda a, p: only(a, p.text("may"), p.text("what"), p.names("who")),
    "no_flow": lambda a, p: no_flow(a, p.names("from"), p.names("to"), p.names("except_via")),
    "no_authority": lambda a, p: no_authority(a, p.names("who"), p.names("over")),
    "exclusive": lambda a, p: exclusive(a, p.text("what"), p.names("who")),
}


def verdicts(spec: Spec, policies: Iterable[Policy], dma: Dma = Dma()) -> list[tuple[Policy, Verdict]]:
    """At boot and over all phases is the same to a policy: what is held at boot counts for both."""
    every = list(policies)
    phases = {phase: authority(spec, dma, phase if phase == "steady" else EVER) for phase in sorted({p.phase for p in every})}
    return [(p, ASSERTIONS[p.kind](phases[p.phase], p)) for p in every]


def check_policy(spec: Spec, policies: Iterable[Policy], dma: Dma = Dma()) -> list[SourceError]:
    """The broken assertions, each at its line, with the chain that breaks it."""
    return [SourceError(p.at, BROKEN, f"the policy does not hold: {v.why} ({v.text})", hint="the chain is:" + "".join(
        f"\n    {link.what}  [{link.cause}]" for link in v.chain) if v.chain else "")
        for p, v in verdicts(spec, policies, dma) if not v.holds]


def _targets(a: Authority, over: str) -> list[str]:
    if over != "devices":
        return [over]
    frames = [o.name for o in a.spec.objects if is_device(a, o.name)]
    return frames + [o.name for o in a.spec.objects if o.name.startswith("irq.")]


def _any_authority(a: Authority, what: str) -> list[Answer]:
    """Who reaches an object in any way that the audit knows: memory, channels, registry, holding it, controlling it."""
    found: list[Answer] = []
    for action in (*MEMORY, "send", "receive", "use", "hold", "control"):
        found += _unless_assumed(who_can(a, action, what))
    return found


def _unless_assumed(answers: list[Answer]) -> list[Answer]:
    return [x for x in answers if not x.assuming]
