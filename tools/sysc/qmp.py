# SPDX-License-Identifier: BSD-2-Clause
"""QEMU's control channel: commands answered in order; events are passed over."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


PATIENCE = 30.0         # seconds for an answer
LOOK = 0.02             # seconds between two looks at what else there is to do


class QmpError(Exception):
    """QEMU refused a command, or has gone."""


class QmpGone(QmpError):
    """QEMU has ended."""


class Qmp:
    def __init__(self, sock: socket.socket, meanwhile: Callable[[], object] = lambda: None) -> None:
        """meanwhile: called while QEMU has not answered. Who reads the machine's other channels in the same thread must read
        them there: QEMU answers nothing while one of them is full."""
        sock.settimeout(PATIENCE)
        self._sock, self._meanwhile = sock, meanwhile
        self._bytes = b""
        self._read()                            # the greeting
        self.command("qmp_capabilities")

    def command(self, execute: str, **arguments: Any) -> Any:
        self._sock.sendall(json.dumps({"execute": execute, "arguments": arguments}).encode() + b"\n")
        while True:
            answer = self._read()
            if "error" in answer:
                raise QmpError(f"{execute}: {answer['error'].get('desc', answer['error'])}")
            if "return" in answer:
                return answer["return"]

    def monitor(self, line: str) -> str:
        """A command of the human monitor, for what QMP has no command for (registers)."""
        return str(self.command("human-monitor-command", **{"command-line": line}))

    def screenshot(self, file: Path, form: str = "png") -> None:
        """The picture that the display shows now."""
        self.command("screendump", filename=str(file.absolute()), format=form)

    def close(self) -> None:
        self._sock.close()

    def _read(self) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE
        while b"\n" not in self._bytes:
            if time.monotonic() > deadline:
                raise TimeoutError("QEMU's control channel does not answer")
            self._meanwhile()
            if not select.select([self._sock], [], [], LOOK)[0]:
                continue
            more = self._sock.recv(65536)
            if not more:
                raise QmpGone("QEMU closed its control channel")
            self._bytes += more
        line, _, self._bytes = self._bytes.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer
