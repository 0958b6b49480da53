# SPDX-License-Identifier: BSD-2-Clause
"""The command line. Each file of commands/ is one command: `register(subparsers)` says how it is called and `run(args)`
does it and gives the exit status: 0 right, 1 the input is wrong, 2 the command is wrong, 3 the tool's own fault."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import signal
import sys
from pathlib import Path
from types import ModuleType, TracebackType
from typing import NoReturn

from sysc import commands
from sysc.build import Wrong
from sysc.paths import ROOT
from sysc.show import as_text
from sysc.source import did_you_mean

EPILOG = """examples:
  sel4ish run                       build system.yaml, boot it, talk to it on this terminal
  sel4ish check my/system.yaml      what is wrong with a description
  sel4ish audit my/system.yaml      who can do what to whom
  sel4ish doctor                    what this machine lacks
exit status: 0 right, 1 the input is wrong, 2 the command is wrong, 3 the tool's own fault"""


class Parser(argparse.ArgumentParser):
    """A wrong command is answered with one line: what is wrong with it, and where to read more."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog.replace(' ', ': ', 1)}: {message}{'' if message.endswith('?') else '.'} See {self.prog} --help", file=sys.stderr)
        sys.exit(2)


def main(arguments: list[str]) -> int:
    sys.excepthook = _our_fault
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    parser = Parser(
        prog="sel4ish", description="Systems described in YAML: built, audited, tested, run.", epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-install", action="store_true", help="never install a missing package, only name it")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    modules, asked = _commands(arguments)
    for module in modules.values():
        module.register(subparsers)
    if asked and asked not in modules:
        parser.error(f"there is no command '{asked}'; {did_you_mean(asked, modules)}")
    args, more = parser.parse_known_args(arguments)
    if more:
        subparsers.choices.get(args.command, parser).error(f"what is '{more[0]}' for?")
    if args.command is None:
        parser.error("which command?")
    try:
        _hear_interrupts()
        return int(modules[args.command].run(args))
    except Wrong as wrong:
        print(as_text(wrong.mistakes, ROOT), end="", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _hear_interrupts() -> None:
    """From here on Ctrl-C is an exception; tools/sel4ish had it end the process. A shell that had it ignored is obeyed."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _commands(arguments: list[str]) -> tuple[dict[str, ModuleType], str]:
    """The command that is asked for, all of them where help is or where there is no such command; its name."""
    names = sorted(m.name for m in pkgutil.iter_modules(commands.__path__))
    asked = next((a for a in arguments if not a.startswith("-")), "")
    if asked in names and arguments[0] != "--help":
        names = [asked]
    return {name: importlib.import_module(f"sysc.commands.{name}") for name in names}, asked


def _our_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """No traceback reaches a user who did not ask for it."""
    if kind is KeyboardInterrupt:       # on the way out
        os._exit(130)
    if os.environ.get("SEL4ISH_TRACEBACK"):
        sys.__excepthook__(kind, error, trace)
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    print(f"sel4ish: a fault of the tool, not of your input: {kind.__name__}: {error}{place}\n"
          "  SEL4ISH_TRACEBACK=1 shows how it came to this", file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(3)
