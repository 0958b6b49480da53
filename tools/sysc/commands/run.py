# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish run: build what changed, boot it in QEMU, be its serial terminal, and show its screen where it has one."""

from __future__ import annotations

import argparse
import re
import shlex
import socket
import sys
from pathlib import Path

from sysc import console, description, qemu
from sysc.build import Built, build, right
from sysc.commands.build import say
from sysc.paths import ROOT, shown
from sysc.screenshot import Photographer, listening
from sysc.show import as_text

EPILOG = r"""examples:
  sel4ish run
  sel4ish run test/system/spin.yaml
  sel4ish run --screenshot now.png --exit
  sel4ish run --screenshot now.png --after "paint.* ready"
  printf '@shell-a put colour blue\n@shell-b get colour\n' | sel4ish run
Ctrl-C, or a line that says only "quit", ends it; so does the end of an input that is no terminal, once the system has nothing
more to say (a window or --stay keeps it running). The kernel's debug channel goes to build/<system>/debug.log.
A system with a screen gets a window where there is a display; `sel4ish screenshot FILE` takes a picture of it from elsewhere."""
LAST_LINES = 20


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("run", help="build, boot in QEMU and talk to it", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    description.add_argument(parser)
    parser.add_argument("--print-command", action="store_true", help="build, print QEMU's command line, start nothing")
    parser.add_argument("--stay", action="store_true", help="go on when the input ends: until Ctrl-C, or a signal to terminate")
    parser.add_argument("--headless", action="store_true", help="no window, even where there is a display")
    parser.add_argument("--screenshot", type=Path, metavar="FILE",
                        help="write a picture of the screen, as PNG, once something stands still on it")
    parser.add_argument("--after", type=_pattern, metavar="PATTERN",
                        help="take it when a line that matches this regular expression comes on the serial line")
    parser.add_argument("--exit", action="store_true", help="end when the picture is taken")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no regular expression: {error}") from None
    return text


def run(args: argparse.Namespace) -> int:
    if not args.screenshot and (args.after or args.exit):
        return _refuse(f"{'--after' if args.after else '--exit'} is for --screenshot FILE")
    if args.screenshot and not args.screenshot.absolute().parent.is_dir():
        return _refuse(f"there is no folder {args.screenshot.absolute().parent}")
    system, _ = right(args.description)
    if args.screenshot and not qemu.has_display(system):
        return _refuse(f"{system.name} has no screen: none of its components drives a display")
    built = build(args.description, say)
    print(as_text(built.warnings, ROOT), end="", file=sys.stderr)
    debug = built.folder / "debug.log"
    if args.print_command:
        print(shlex.join([*built.qemu, "-display", "none", "-serial", "mon:stdio", "-chardev", f"file,id=debug,path={debug}",
                          "-semihosting-config", "enable=on,target=native,chardev=debug"]))
        return 0
    display = _display(built, args.headless)
    say(f"booting {built.system.name}; Ctrl-C or 'quit' ends it; the kernel writes to {shown(debug)}")
    status = _boot(built, display, debug, args)
    if status:
        print(f"sel4ish: QEMU ended with status {status}", file=sys.stderr)
        for log in (built.folder / "qemu.log", debug):
            _show_end(log)
    return 1 if status else 0


def _boot(built: Built, display: str, debug: Path, args: argparse.Namespace) -> int:
    """QEMU's exit status; 1 where a picture was wanted and there is none."""
    debug.write_bytes(b"")
    ours, theirs = socket.socketpair()
    watcher: console.Watcher = console.Watcher()
    photographer = None
    if args.screenshot:
        watcher = photographer = Photographer(ours, args.screenshot, built.folder / "look.ppm", args.after, args.exit)
    with ours, theirs, listening(built.folder) as listener:
        command = [*built.qemu, *qemu.control(listener.fileno(), theirs.fileno())]
        status = console.talk(lambda fd: [*command, *qemu.channels(debug, fd, display)], built.folder / "qemu.log",
                              (listener, theirs), watcher, args.stay or display != "none")
    if photographer:
        photographer.close()
        if photographer.taken:
            say(f"the picture is in {args.screenshot}")
        else:
            say(f"no picture: {photographer.failed or 'the machine ended before'}")
            return status or int(args.exit)
    return status


def _display(built: Built, headless: bool) -> str:
    if headless or not qemu.has_display(built.system):
        return "none"
    display, why = qemu.window(built.system.platform.name)
    if why:
        say(f"no window: {why}; `sel4ish screenshot FILE` takes a picture")
    return display


def _refuse(what: str) -> int:
    print(f"sel4ish: run: {what}", file=sys.stderr)
    return 2


def _show_end(log: Path) -> None:
    lines = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
    if lines:
        print("".join([f"the end of {shown(log)}:\n", *(f"  {line}\n" for line in lines)]), end="", file=sys.stderr)
