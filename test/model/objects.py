# SPDX-License-Identifier: BSD-2-Clause
"""What capabilities name. An object is where its memory is; `refs` counts the capabilities that name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from abi import CAPS, MSG, REGISTERS

if TYPE_CHECKING:
    from cap import Capability, Slot

CSPACE, VSPACE, BUFFER, FAULT_HANDLER, TIMEOUT_HANDLER = range(5)       # a thread's slots

# What a thread does.
STOPPED, RUNS, SENDS, RECEIVES, WAITS, CALLS = "stopped", "runs", "sends", "receives", "waits", "calls"


@dataclass(eq=False, slots=True, repr=False)
class Object:
    kind: str
    address: int
    bits: int = 0               # untyped, scheduling context, frame: of bytes; CNode: of slots
    refs: int = 0


@dataclass(eq=False, slots=True, repr=False)
class Container(Object):
    """An object that holds slots: a CNode, or a thread."""

    slots: list[Slot] = field(default_factory=list)


@dataclass(eq=False, slots=True, repr=False)
class CNode(Container):
    pass


@dataclass(eq=False, slots=True, repr=False)
class Frame(Object):
    words: dict[int, int] = field(default_factory=dict)     # those that are not 0


@dataclass(eq=False, slots=True, repr=False)
class Queue:
    """Threads by priority, first come first served within one."""

    threads: list[Thread] = field(default_factory=list)

    def insert(self, t: Thread) -> None:
        at = len(self.threads)
        while at and self.threads[at - 1].priority < t.priority:
            at -= 1
        self.threads.insert(at, t)


@dataclass(eq=False, slots=True, repr=False)
class Endpoint(Object):
    """The queue holds threads that send, or threads that receive, never both."""

    queue: Queue = field(default_factory=Queue)


@dataclass(eq=False, slots=True, repr=False)
class Notification(Object):
    word: int = 0
    pending: bool = False       # signalled, perhaps with badge 0
    queue: Queue = field(default_factory=Queue)
    bound: Thread | None = None
    context: Context | None = None


@dataclass(eq=False, slots=True, repr=False)
class Context(Object):
    """Scheduling context. The budgets of the model's world never end."""

    configured: bool = False
    thread: Thread | None = None
    notification: Notification | None = None
    calls: list[Reply] = field(default_factory=list)        # that it travelled along, oldest first


@dataclass(eq=False, slots=True, repr=False)
class Reply(Object):
    thread: Thread | None = None        # that waits for the answer, or that receives and offers this
    travelled: Context | None = None    # in whose calls this is


@dataclass(frozen=True, slots=True)
class Fault:
    label: int
    words: tuple[int, ...]


@dataclass(eq=False, slots=True, repr=False)
class Buffer:
    frame: Frame
    first: int                          # word of the frame

    def get(self, word: int) -> int:
        return self.frame.words.get(self.first + word, 0)

    def set(self, word: int, value: int) -> None:
        self.frame.words[self.first + word] = value


@dataclass(eq=False, slots=True, repr=False)
class Thread(Container):
    state: str = STOPPED
    priority: int = 0
    mcp: int = 0
    context: Context | None = None
    bound: Notification | None = None
    waiting_on: Endpoint | Notification | None = None
    reply: Reply | None = None          # CALLS: that it waits in; RECEIVES: that it offers
    badge: int = 0                      # SENDS: of the capability that it sends through, and what came with it
    can_grant: bool = False
    can_grant_reply: bool = False
    is_call: bool = False
    can_donate: bool = False
    fault: Fault | None = None
    again: bool = False                 # its call was cut off, and is made again when it next runs
    drops: int = 0
    view: Buffer | None = None          # of the IPC buffer, as long as the slot holds its frame
    number: int = 0                     # the call's registers
    cap: int = 0
    info: int = 0
    mr: list[int] = field(default_factory=lambda: [0] * REGISTERS)
    offered: int = 0
    dest: int = 0

    def buffer(self) -> Buffer | None:
        frame = self.slots[BUFFER].cap
        return self.view if frame and frame.kind == "FRAME" else None

    def cspace(self) -> Capability | None:
        return self.slots[CSPACE].cap

    def word(self, i: int) -> int:
        if i < REGISTERS:
            return self.mr[i]
        buffer = self.buffer()
        assert buffer
        return buffer.get(MSG + i)

    def extra(self, i: int) -> int:
        buffer = self.buffer()
        assert buffer
        return buffer.get(CAPS + i)
