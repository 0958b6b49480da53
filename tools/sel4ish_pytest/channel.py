# SPDX-License-Identifier: BSD-2-Clause
"""A byte stream from the machine, kept whole, and its lines by component.

The console marks lines "[name] text" (the serial driver, by the kernel's label of the client); the debug channel marks
them "name|text" (the kernel, by the thread). Neither name is the component's own word.
"""

from __future__ import annotations

import re
import socket

MARKS = {"console": re.compile(r"^\[([\w.-]+)\] (.*)$", re.M), "debug": re.compile(r"^([\w.-]+)\|(.*)$", re.M)}


class Channel:
    def __init__(self, name: str, sock: socket.socket) -> None:
        sock.setblocking(False)
        self.name, self.sock, self.open = name, sock, True
        self.text = ""              # one character a byte, so that positions stay true while a character arrives in halves

    def fileno(self) -> int:
        return self.sock.fileno()

    def pump(self) -> bool:
        """Take what has come. False when nothing had."""
        got = False
        while self.open:
            try:
                chunk = self.sock.recv(65536)
            except BlockingIOError:
                break
            except ConnectionResetError:
                chunk = b""
            if not chunk:
                self.open = False
                break
            self.text += chunk.replace(b"\r", b"").decode("latin-1")
            got = True
        return got

    def by_component(self) -> dict[str, str]:
        """Each component's lines, in order."""
        found: dict[str, list[str]] = {}
        for name, text in MARKS[self.name].findall(self.text):
            found.setdefault(name, []).append(text)
        return {name: "\n".join(lines) + "\n" for name, lines in found.items()}

    def tail(self, lines: int = 15) -> str:
        return "\n".join(self.text.splitlines()[-lines:])
