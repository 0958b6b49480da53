# SPDX-License-Identifier: BSD-2-Clause
"""A person's hands: keys and the pointer, as QEMU's events. Positions are pixels of the screen."""

from __future__ import annotations

from typing import Any

from sysc.qmp import Qmp

ABSOLUTE_RANGE = 0x7FFF         # a tablet's axis, whatever the screen's size


class Hands:
    def __init__(self, qmp: Qmp, width: int, height: int) -> None:
        self._qmp, self._size = qmp, (width, height)

    def move(self, x: int, y: int) -> None:
        self._send(*self._position(x, y))

    def press(self, button: str = "left") -> None:
        self._send({"type": "btn", "data": {"down": True, "button": button}})

    def release(self, button: str = "left") -> None:
        self._send({"type": "btn", "data": {"down": False, "button": button}})

    def click(self, x: int, y: int) -> None:
        self.move(x, y)
        self.press()
        self.release()

    def drag(self, start: tuple[int, int], end: tuple[int, int], steps: int = 4) -> None:
        """Press at start, move in a straight line, release at end."""
        self.move(*start)
        self.press()
        for i in range(1, steps + 1):
            self.move(*(a + (b - a) * i // steps for a, b in zip(start, end)))
        self.release()

    def key(self, *names: str) -> None:
        """Keys by QEMU's names ("a", "ret", "shift"), pressed together and released."""
        for down in (True, False):
            for name in names if down else reversed(names):
                self._send({"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": name}}})

    def _position(self, x: int, y: int) -> list[dict[str, Any]]:
        """The smallest axis value that a driver scales back (value * size / range, rounded down) to this pixel."""
        return [{"type": "abs", "data": {"axis": axis, "value": -(-at * (ABSOLUTE_RANGE + 1) // size)}}
                for axis, at, size in (("x", x, self._size[0]), ("y", y, self._size[1]))]

    def _send(self, *events: dict[str, Any]) -> None:
        self._qmp.command("input-send-event", events=list(events))
