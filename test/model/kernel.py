# SPDX-License-Identifier: BSD-2-Clause
"""The kernel as a whole: what each system call of the thread that runs does (manual: System Calls)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from abi import GRANT, INVOCATIONS, LABELS, MSG, READ, REGISTERS, SYSCALLS, WRITE, info
from cap import Capability, Forest, Slot
from cspace import MISSING_CAPABILITY, LookupFailed, Refused, resolve
from ipc import message_length
from objects import FAULT_HANDLER, RUNS, STOPPED, Endpoint, Fault, Notification, Reply, Thread
from scheduler import Scheduler
from threads import ThreadCalls
from untyped import retype

CAP_FAULT, VM_FAULT = 1, 5
ENTRY = 0x400000            # where the world's programs make their calls
CHANGES_CALLER = ("TCB", "CNODE", "SC", "SCHED_CONTROL", "DOMAIN")
Caps = list[Capability | None]


class Faulted(Exception):
    """The call stops here; the thread is in its fault handler's hands."""


@dataclass(frozen=True, slots=True)
class Sending:
    block: bool = False
    call: bool = False
    donate: bool = False


@dataclass(slots=True)
class Tally:
    """Invocations: how often each came to which outcome. Messages: how often they were begun, and ended in a fault."""

    outcomes: dict[tuple[str, int], int] = field(default_factory=dict)
    messages: int = 0
    faults: int = 0

    def count(self, name: str, error: int) -> None:
        self.outcomes[name, error] = self.outcomes.get((name, error), 0) + 1


class Kernel(ThreadCalls):
    def __init__(self, forest: Forest, scheduler: Scheduler, thread_slots: int) -> None:
        super().__init__(forest, scheduler)
        self.thread_slots = thread_slots
        self.tally = Tally()
        self.failed = False         # the last call was refused
        self.calls: dict[str, Callable[[Capability, list[int], Caps], None]] = {
            "UntypedRetype": self.retype, "CNodeCopy": self.copy, "CNodeMint": self.mint, "CNodeMove": self.move,
            "CNodeMutate": self.mutate, "CNodeRotate": self.rotate, "CNodeDelete": self.delete_at,
            "CNodeRevoke": self.revoke_at, "CNodeCancelBadgedSends": self.cancel_badged_sends,
            "TCBSetPriority": self.set_priority, "TCBSetMCPriority": self.set_mcpriority,
            "TCBSetSchedParams": self.set_sched_params, "TCBSetTimeoutEndpoint": self.set_timeout_endpoint,
            "TCBSetIPCBuffer": self.set_buffer, "TCBSetSpace": self.set_space, "TCBConfigure": self.configure,
            "TCBSuspend": self.suspend_thread, "TCBResume": self.resume, "TCBBindNotification": self.bind_bell,
            "TCBUnbindNotification": self.unbind_bell, "SchedContextBind": self.bind, "SchedContextUnbind": self.unbind,
            "SchedContextUnbindObject": self.unbind_object, "SchedControlConfigureFlags": self.configure_context,
        }

    def retype(self, untyped: Capability, args: list[int], caps: Caps) -> None:
        retype(self.forest, untyped, args, caps[0], self.thread_slots)

    def knows(self, label: int) -> bool:
        """Is it none of the kernel's own, or one of those that are modelled?"""
        return label not in LABELS or LABELS[label] in self.calls

    # ---- entries

    def syscall(self, number: int) -> None:
        t = self.scheduler.current
        assert t
        t.number, t.again = number, False
        self.failed = False
        try:
            self._dispatch(t, number)
        except Faulted:
            self.tally.faults += 1
        self.scheduler.choose()

    def vm_fault(self, address: int, fetch: bool, write: bool) -> None:
        t = self.scheduler.current
        assert t
        t.again = True
        self._raise(t, Fault(VM_FAULT, (ENTRY, address, fetch, write)))
        self.scheduler.choose()

    def _dispatch(self, t: Thread, number: int) -> None:
        if number == SYSCALLS["Call"]:
            self._send(t, t.cap, Sending(block=True, call=True, donate=True))
        elif number == SYSCALLS["Send"]:
            self._send(t, t.cap, Sending(block=True))
        elif number == SYSCALLS["NBSend"]:
            self._send(t, t.cap, Sending())
        elif number == SYSCALLS["ReplyRecv"]:
            self._send_first(t, t.offered, True)
            self._then_receive(t, True)
        elif number == SYSCALLS["NBSendRecv"]:
            self._send_first(t, t.dest, True)
            self._then_receive(t, True)
        elif number == SYSCALLS["NBSendWait"]:
            self._send_first(t, t.dest, False)
            self._then_receive(t, False)
        elif number == SYSCALLS["Recv"]:
            self._receive(t, True, True)
        elif number == SYSCALLS["NBRecv"]:
            self._receive(t, True, False)
        elif number == SYSCALLS["Wait"]:
            self._receive(t, False, True)
        elif number == SYSCALLS["NBWait"]:
            self._receive(t, False, False)
        else:
            assert number == SYSCALLS["Yield"]
            self.scheduler.yield_slice()

    def _send_first(self, t: Thread, address: int, offers_reply: bool) -> None:
        """Before receiving. What could change the caller itself is not called so: such a message is lost."""
        cap = self._held(t, address)
        if cap and cap.kind in CHANGES_CALLER:
            return
        if cap and self._gives_context_away(t, cap):
            self._make_way(t, offers_reply)
        self._send(t, address, Sending(donate=True))

    def _held(self, t: Thread, address: int) -> Capability | None:
        try:
            return resolve(t.cspace(), address, 64)[0].cap
        except LookupFailed:
            return None

    def _gives_context_away(self, t: Thread, cap: Capability) -> bool:
        """Will the message take the caller's context along?"""
        try:
            for i in range(t.info >> 7 & 3 if t.buffer() else 0):
                resolve(t.cspace(), t.extra(i), 64)
        except LookupFailed:
            return False                # nothing is sent then
        if isinstance(cap.obj, Reply) and cap.kind == "REPLY":
            return self.would_return_context(t, cap.obj)
        return isinstance(cap.obj, Endpoint) and bool(cap.rights & WRITE) and self.would_donate(t, cap.obj)

    def _make_way(self, t: Thread, offers_reply: bool) -> None:
        """Ours: the senders that the caller may not take without a context are dropped before its message goes."""
        source, offered, reply = self._held(t, t.cap), self._held(t, t.offered), None
        if offers_reply:
            if offered is None or not isinstance(offered.obj, Reply) or offered.kind != "REPLY":
                return                  # nothing is received then
            reply = offered.obj
        if source and isinstance(source.obj, Endpoint) and source.rights & READ:
            self.drop_undonating(source.obj, reply)

    def _then_receive(self, t: Thread, offers_reply: bool) -> None:
        if t.state == RUNS:             # the message may have stopped its own sender
            self._receive(t, offers_reply, True)

    # ---- faults

    def _raise(self, t: Thread, fault: Fault) -> None:
        handler = t.slots[FAULT_HANDLER].cap
        t.fault = fault
        if handler and handler.kind == "ENDPOINT":
            self.send(t, handler, block=True, call=False, donate=t.context is not None)
        else:
            self.scheduler.set_state(t, STOPPED)

    def _cap_fault(self, t: Thread, address: int, receiving: bool, words: tuple[int, ...]) -> Faulted:
        t.again = True
        self._raise(t, Fault(CAP_FAULT, (ENTRY, address, receiving, *words)))
        return Faulted()

    # ---- sending

    def _send(self, t: Thread, address: int, how: Sending) -> None:
        """To whatever the capability names. A lookup that fails is a fault where the call may block, else nothing."""
        at = address
        try:
            slot, _ = resolve(t.cspace(), address, 64)
            slots: list[Slot] = []
            for i in range(t.info >> 7 & 3 if t.buffer() else 0):
                at = t.extra(i)
                slots.append(resolve(t.cspace(), at, 64)[0])
        except LookupFailed as failure:
            if not how.block:
                return
            raise self._cap_fault(t, at, False, failure.words) from None
        try:
            self._send_to(t, slot, slots, how)
        except Refused as refused:
            self.failed = True
            if how.call:
                self._answer(t, refused.error, refused.words)

    def _send_to(self, t: Thread, slot: Slot, slots: list[Slot], how: Sending) -> None:
        cap = slot.cap
        if cap is None or cap.kind not in ("ENDPOINT", "NOTIFICATION", "REPLY"):
            self._invoke(t, slot, slots)
            if how.call:
                self._answer(t, 0, ())
            return
        self.tally.messages += 1
        if cap.kind == "REPLY":
            assert isinstance(cap.obj, Reply)
            self.reply(t, cap.obj, bool(cap.rights & GRANT))
            if how.call:
                self._answer(t, 0, ())
            return
        if not cap.rights & WRITE:
            raise Refused("InvalidCapability", 0)
        if isinstance(cap.obj, Notification):
            self.signal(cap.obj, cap.badge)
            if how.call:
                self._answer(t, 0, ())
        else:
            self.send(t, cap, how.block, how.call, how.donate)

    def _answer(self, t: Thread, error: int, words: tuple[int, ...]) -> None:
        buffer, length = t.buffer(), 0
        for i, word in enumerate(words):
            if i < REGISTERS:
                t.mr[i] = word
            elif buffer:
                buffer.set(MSG + i, word)
            else:
                break
            length = i + 1
        t.cap, t.info = 0, info(error, 0, length)

    def _invoke(self, t: Thread, slot: Slot, slots: list[Slot]) -> None:
        name = "?"
        try:
            cap = slot.cap
            if cap is None or cap.kind == "ZOMBIE":
                raise Refused("InvalidCapability", 0)
            name = LABELS.get(t.info >> 12, "?")
            if name not in self.calls or INVOCATIONS[name][1] != cap.kind:
                raise Refused("IllegalOperation")
            length = message_length(t.info)
            if not t.buffer():
                length = min(length, REGISTERS)
            _, _, words, extra = INVOCATIONS[name]
            if length < words or len(slots) < extra:
                raise Refused("TruncatedMessage")
            self.calls[name](cap, [t.word(i) for i in range(words)], [s.cap for s in slots])
            self.tally.count(name, 0)
        except Refused as refused:
            self.tally.count(name, refused.error)
            raise

    # ---- receiving

    def _receive(self, t: Thread, offers_reply: bool, block: bool) -> None:
        self.tally.messages += 1
        cap = self._receive_cap(t, t.cap)
        if cap is None or not cap.rights & READ or cap.kind not in ("ENDPOINT", "NOTIFICATION"):
            raise self._cap_fault(t, t.cap, True, (MISSING_CAPABILITY, 0))
        if isinstance(cap.obj, Notification):
            if cap.obj.bound not in (None, t):
                raise self._cap_fault(t, t.cap, True, (MISSING_CAPABILITY, 0))
            self.wait(t, cap.obj, block)
            return
        reply = None
        if offers_reply:
            offered = self._receive_cap(t, t.offered)
            if offered is None or not isinstance(offered.obj, Reply) or offered.kind != "REPLY":
                raise self._cap_fault(t, t.offered, True, (MISSING_CAPABILITY, 0))
            reply = offered.obj
        assert isinstance(cap.obj, Endpoint)
        if not self.may_receive(t, cap.obj, reply):     # it was not to be found when way was made
            raise self._cap_fault(t, t.cap, True, (MISSING_CAPABILITY, 0))
        self.receive(t, cap, reply, block)

    def _receive_cap(self, t: Thread, address: int) -> Capability | None:
        try:
            return resolve(t.cspace(), address, 64)[0].cap
        except LookupFailed as failure:
            raise self._cap_fault(t, address, True, failure.words) from None
