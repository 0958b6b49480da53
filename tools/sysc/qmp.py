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


LONGEST = 30.0          # seconds for an answer


class QmpError(Exception):
    """QEMU refused a command, or has gone."""


class QmpGone(QmpError):
    """QEMU has ended."""


class Qmp:
    def __init__(self, sock: socket.socket, meanwhile: Callable[[], object] = lambda: None) -> None:
        """meanwhile: called again and again while an answer is awaited. A machine whose other channels nobody reads stands
        still when they are full, and then answers nothing here."""
        self._sock, self._meanwhile, self._buffer = sock, meanwhile, b""
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
        end = time.monotonic() + LONGEST
        while b"\n" not in self._buffer:
            self._meanwhile()
            if select.select([self._sock], [], [], 0.01)[0]:
                chunk = self._sock.recv(65536)
                if not chunk:
                    raise QmpGone("QEMU closed its control channel")
                self._buffer += chunk
            elif time.monotonic() > end:
                raise QmpError(f"QEMU did not answer within {LONGEST:.0f} seconds")
        line, _, self._buffer = self._buffer.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer
