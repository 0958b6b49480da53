# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish screenshot: a picture of the screen of a system that runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sysc.build import Wrong, describe
from sysc.paths import BUILD
from sysc.qmp import QmpError
from sysc.screenshot import SOCKET, NothingRuns, connect, take

EPILOG = """examples:
  sel4ish screenshot now.png                    while one `sel4ish run` goes on elsewhere
  sel4ish screenshot now.png my/system.yaml     where several do
exit status: 0 taken, 1 nothing runs or there is no picture, 2 the command is wrong"""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("screenshot", help="a picture of a running system's screen", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE", help="the picture, as PNG")
    parser.add_argument("description", nargs="?", type=Path, metavar="system.yaml", help="which system (default: the one that runs)")


def run(args: argparse.Namespace) -> int:
    folders = [_folder(args.description)] if args.description else sorted(path.parent for path in BUILD.glob(f"*/{SOCKET}"))
    running = []
    for folder in folders:
        try:
            running.append((folder.name, connect(folder)))
        except NothingRuns:
            continue
        except (QmpError, OSError) as error:
            return _fail(f"{folder.name} does not answer: {error}")
    if not running:
        return _fail(f"{folders[0].name if args.description else 'nothing'} runs{' not' if args.description else ''};"
                     " `sel4ish run` starts a system")
    if len(running) > 1:
        return _fail(f"{' and '.join(name for name, _ in running)} run: name the description of one")
    try:
        take(running[0][1], args.file)
    except (QmpError, OSError) as error:
        return _fail(str(error))
    finally:
        running[0][1].close()
    print(args.file)
    return 0


def _folder(description: Path) -> Path:
    system, mistakes = describe(description)
    if system is None:
        raise Wrong(mistakes)
    return BUILD / system.name.text


def _fail(what: str) -> int:
    print(f"sel4ish: screenshot: {what}", file=sys.stderr)
    return 1
