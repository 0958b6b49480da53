# SPDX-License-Identifier: BSD-2-Clause
"""QEMU's control channel: commands answered in order; events are passed over."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any


class QmpError(Exception):
    """QEMU refused a command, or has gone."""


class QmpGone(QmpError):
    """QEMU has ended."""


class Qmp:
    def __init__(self, sock: socket.socket) -> None:
        sock.settimeout(30)
        self._file = sock.makefile("rwb")
        self._sock = sock
        self._read()                            # the greeting
        self.command("qmp_capabilities")

    def command(self, execute: str, **arguments: Any) -> Any:
        self._file.write(json.dumps({"execute": execute, "arguments": arguments}).encode() + b"\n")
        self._file.flush()
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
        self._file.close()
        self._sock.close()

    def _read(self) -> dict[str, Any]:
        line = self._file.readline()
        if not line:
            raise QmpGone("QEMU closed its control channel")
        answer: dict[str, Any] = json.loads(line)
        return answer
