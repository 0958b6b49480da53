# SPDX-License-Identifier: BSD-2-Clause
"""The model's state as text, line for line what state.c prints of the kernel's; and the model of a kernel that has just
booted, from that text."""

from __future__ import annotations

from collections.abc import Iterator

from abi import KINDS
from cap import Capability, Forest, Slot
from kernel import Kernel
from objects import (CALLS, RECEIVES, RUNS, SENDS, STOPPED, WAITS, Buffer, CNode, Context, Endpoint, Frame, Notification,
                     Object, Reply, Thread)
from scheduler import Scheduler
from untyped import SLOT_BITS, make

NUMBERS = {STOPPED: 0, RUNS: 1, SENDS: 3, RECEIVES: 4, WAITS: 5, CALLS: 6}
KIND_NUMBERS = {name: n for n, name in enumerate(KINDS)}


def _hex(*words: int) -> str:
    return "".join(f" {word:x}" for word in words)


def _at(obj: Object | None) -> int:
    return obj.address if obj else 0


def state_lines(k: Kernel) -> list[str]:
    lines: list[str] = []
    seen: set[int] = set()
    stack = list(reversed(k.forest.roots))
    while stack:
        cap = stack.pop()
        lines.append(_cap(cap))
        if cap.kind != "ZOMBIE" and id(cap.obj) not in seen:
            seen.add(id(cap.obj))
            lines.extend(_object(cap.obj))
        stack.extend(reversed(cap.children))
    for priority in sorted(k.scheduler.ready, reverse=True):
        if threads := k.scheduler.ready[priority]:
            lines.append("ready" + _hex(priority, *(t.address for t in threads)))
    lines.append("current" + _hex(_at(k.scheduler.current)))
    return lines


def _cap(cap: Capability) -> str:
    assert cap.slot
    parent = cap.parent.slot.address if cap.parent and cap.parent.slot else 0
    words = [KIND_NUMBERS[cap.kind], cap.slot.address, parent, cap.obj.address, cap.obj.bits]
    if cap.kind == "ZOMBIE":
        words += [0, 0, cap.left, 0]
    elif cap.kind == "CNODE":
        words += [0, cap.guard, cap.guard_bits, 0]
    else:
        words += [cap.rights, cap.badge, 0, cap.mark if cap.children else 0]
    return cap.kind + _hex(*words, cap.original and cap.kind != "ZOMBIE")


def _object(obj: Object) -> Iterator[str]:
    if isinstance(obj, Thread):
        yield from _thread(obj)
    elif isinstance(obj, Endpoint):
        threads = obj.queue.threads
        state = 0 if not threads else 1 if threads[0].state == SENDS else 2
        yield "endpoint" + _hex(obj.address, state, *(t.address for t in threads))
    elif isinstance(obj, Notification):
        yield "notification" + _hex(obj.address, obj.word, obj.pending, _at(obj.bound), _at(obj.context),
                                    *(t.address for t in obj.queue.threads))
    elif isinstance(obj, Context):
        yield "context" + _hex(obj.address, obj.configured, _at(obj.thread), _at(obj.notification),
                               *(r.address for r in reversed(obj.calls)))
    elif isinstance(obj, Reply):
        yield "reply" + _hex(obj.address, _at(obj.thread))


def _thread(t: Thread) -> Iterator[str]:
    waits = t.state in (SENDS, RECEIVES, WAITS)
    buffer = t.buffer()
    words = [NUMBERS[t.state], t.priority, t.mcp, _at(t.context), _at(t.bound), _at(t.waiting_on) if waits else 0,
             _at(t.reply), t.fault.label if t.fault else 0, t.drops,
             buffer.frame.address + 8 * buffer.first if buffer else 0]
    if t.state == SENDS:
        words += [t.badge, t.can_grant | t.can_grant_reply << 1 | t.is_call << 2 | t.can_donate << 3]
    yield f"thread {t.address:x} {t.state}" + _hex(*words)
    yield f"  registers {t.again:d}" + _hex(t.cap, t.info, *t.mr)


# ---- from text

def booted(lines: list[str], thread_slots: int) -> Kernel:
    """Threads are known by their slots, and the one that runs has the boot's priority and context."""
    k = Kernel(Forest(), Scheduler(), thread_slots)
    rows = [line.split() for line in lines]
    caps = [[int(word, 16) for word in row[1:]] for row in rows if row[0] in KIND_NUMBERS]
    objects: dict[tuple[int, int], Object] = {}
    slots: dict[int, Slot] = {}
    for kind, _, _, address, bits, *_ in caps:
        if (kind, address) not in objects:
            objects[kind, address] = _booted_object(KINDS[kind], address, bits, thread_slots)
    for obj in objects.values():
        if isinstance(obj, (CNode, Thread)):
            slots.update((slot.address, slot) for slot in obj.slots)
    for kind, at, parent, address, _, rights, badge, guard_bits, mark, original in caps:
        new = Capability(KINDS[kind], objects[kind, address], rights, badge, mark=mark, original=bool(original))
        if new.kind == "CNODE":
            new.badge, new.guard, new.guard_bits = 0, badge, guard_bits
        above = slots[parent].cap if parent else None
        siblings = above.children if above else k.forest.roots
        k.forest.insert(slots[at], new, above, siblings[-1] if siblings else None)
    _booted_thread(k, objects, rows)
    return k


def _booted_object(kind: str, address: int, bits: int, thread_slots: int) -> Object:
    if kind == "FRAME":
        return Frame(kind, address, bits)
    if kind in ("CNODE", "TCB", "SC"):
        return make(kind, address, bits, thread_slots)
    return Object(kind, address, bits)


def _booted_thread(k: Kernel, objects: dict[tuple[int, int], Object], rows: list[list[str]]) -> None:
    words = next([int(word, 16) for word in [row[1], *row[3:]]] for row in rows if row[0] == "thread")
    t, c = objects[KIND_NUMBERS["TCB"], words[0]], objects[KIND_NUMBERS["SC"], words[4]]
    assert isinstance(t, Thread) and isinstance(c, Context)
    t.state, t.priority, t.mcp, t.context, t.again = RUNS, words[2], words[3], c, True
    c.configured, c.thread = True, t
    frame = next(o for o in objects.values() if isinstance(o, Frame) and o.address <= words[-1] < o.address + 4096)
    t.view = Buffer(frame, (words[-1] - frame.address) // 8)
    k.scheduler.current = t


ROOT_TCB, ROOT_CNODE, ROOT_VSPACE, ROOT_SC = 1, 2, 3, 14
SLOT_BYTES = 1 << SLOT_BITS
