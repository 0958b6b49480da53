# SPDX-License-Identifier: BSD-2-Clause
"""What happens in the world: a call of whoever runs, the same call made again, an access that faults."""

from __future__ import annotations

from dataclasses import dataclass

from abi import CAPS, INVOCATIONS, MSG, SYSCALLS, info

Writes = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Call:
    """Registers, and words of the IPC buffer, of a call by whoever runs."""

    number: int
    cap: int
    info: int
    mr: tuple[int, int, int, int]
    reply: int
    dest: int
    words: tuple[tuple[int, int], ...]

    def line(self) -> str:
        mr = self.mr
        text = f" {-self.number:x} {self.cap:x} {self.info:x} {mr[0]:x} {mr[1]:x} {mr[2]:x} {mr[3]:x} {self.reply:x} {self.dest:x}"
        for word, value in self.words:
            text += f" {word:x} {value:x}"
        return text


@dataclass(frozen=True, slots=True)
class Again:
    """Whoever runs makes its last call again, as its registers are now."""


@dataclass(frozen=True, slots=True)
class Access:
    """Whoever runs faults on an access to memory."""

    address: int
    fetch: bool
    write: bool


Event = Call | Again | Access


def invocation(cap: int, name: str, args: list[int], caps: list[int], number: int = SYSCALLS["Call"]) -> Call:
    label = INVOCATIONS[name][0]
    mr0, mr1, mr2, mr3 = (args + [0] * 4)[:4]
    words = [(MSG + i, arg) for i, arg in enumerate(args) if i >= 4] + [(CAPS + i, c) for i, c in enumerate(caps)]
    return Call(number, cap, info(label, len(caps), len(args)), (mr0, mr1, mr2, mr3), 0, 0, tuple(words))
