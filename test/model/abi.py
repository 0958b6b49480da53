# SPDX-License-Identifier: BSD-2-Clause
"""Numbers that the kernel's users see, from the tables of kernel/abi; and the layout of an IPC buffer, as libsel4 has it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORD = (1 << 64) - 1

WRITE, READ, GRANT, GRANT_REPLY, ALL = 1, 2, 4, 8, 15
RIGHTS = {"ENDPOINT": ALL, "NOTIFICATION": READ | WRITE, "REPLY": GRANT, "FRAME": READ | WRITE,
          "REGISTRY": READ | WRITE | GRANT}

# Words of an IPC buffer.
TAG, MSG, CAPS, RECEIVE_CNODE, RECEIVE_INDEX, RECEIVE_DEPTH = 0, 1, 122, 125, 126, 127
REGISTERS, MAX_LENGTH = 4, 120


def _rows(table: str, macro: str, value: str = r"(\w+)") -> list[tuple[str, ...]]:
    text = (ROOT / "kernel" / "abi" / f"{table}.def").read_text()
    return re.findall(rf"^{macro}\((\w+), *{value}", text, re.M)


KINDS = [row[0] for row in _rows("capabilities", "CAP")]
ERRORS = {row[0].removeprefix("seL4_"): n for n, row in enumerate(re.findall(
    r"^ERROR\((\w+)(,)", (ROOT / "kernel/abi/errors.def").read_text(), re.M))}
SYSCALLS = {name: int(number) for name, number in _rows("syscalls", "SYSCALL", r"(-\d+)")}
OBJECTS = {name: n for n, (name, _) in enumerate(_rows("objects", "OBJECT"))}
OBJECT_BITS = {name: int(bits) for name, bits in _rows("objects", "OBJECT", r"\w+, *(\d+)")}


def _invocations() -> dict[str, tuple[int, str, int, int]]:
    text = (ROOT / "kernel" / "abi" / "invocations.def").read_text()
    rows = re.findall(r"^INVOCATION\((\w+), *\w+, *(\w+), *(\d+), *(\d+)", text, re.M)
    return {name: (n, kind, int(words), int(caps)) for n, (name, kind, words, caps) in enumerate(rows, 1)}


INVOCATIONS = _invocations()        # name: label, capability's kind, words and extra capabilities that it needs
LABELS = {label: name for name, (label, *_) in INVOCATIONS.items()}


def info(label: int, caps: int, length: int, unwrapped: int = 0) -> int:
    return label << 12 | unwrapped << 9 | caps << 7 | length
