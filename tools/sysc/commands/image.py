# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish image: the kernel with a program written for libsel4 as its root task, from its sources or from an ELF file."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path

from sysc import cmake, root_task
from sysc.build import Wrong, kernel_file
from sysc.image import image, payload
from sysc.platforms import PLATFORMS
from sysc.qemu import debug_terminal, machine
from sysc.source import Location, SourceError
from sysc.text import as_json, write_if_changed

EPILOG = """examples:
  sel4ish image --root-task hello.c -o hello.image --run
  sel4ish image --root-task main.c irq.S --options="-Iinclude -DN=4" -o mine.image
  aarch64-linux-gnu-gcc -specs=$(sel4ish image --specs) hello.c -o hello.elf
  sel4ish image --root-task hello.elf -o hello.image
docs/root-task.md says what the program finds when it starts."""
LIBRARY, SPECS = "libsel4ish/libsel4ish-root.a", "root-task.specs"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("image", help="the kernel with a program of your own as its root task", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--root-task", type=Path, nargs="+", metavar="FILE",
                      help="an ELF program, or sources in C, C++ or assembly, objects and archives, linked with libsel4ish")
    what.add_argument("--specs", action="store_true", help="print the path of the specs file that makes gcc a compiler of root tasks")
    parser.add_argument("-o", "--output", type=Path, help="the image (default: beside the first file, as NAME.image)")
    parser.add_argument("--options", type=shlex.split, default=[], metavar="OPTIONS",
                        help="more words for the compiler, all in one: --options=\"-Iinclude -DN=4\"")
    parser.add_argument("--platform", choices=sorted(PLATFORMS), default=sorted(PLATFORMS)[0])
    parser.add_argument("--release", action="store_true", help="with the release kernel, which has no debug calls")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="where the image is and how to start it, as JSON")
    shown.add_argument("--run", action="store_true", help="start it in QEMU; the kernel's debug channel comes out here, Ctrl-C ends it")


def run(args: argparse.Namespace) -> int:
    kernel = kernel_file("release" if args.release else "debug")
    where = cmake.folder(args.platform)
    if args.specs:
        _make(args.platform, [LIBRARY])
        print(where / SPECS)
        return 0
    sources = any(f.suffix in root_task.SOURCES for f in args.root_task)
    if not sources and len(args.root_task) > 1:
        return _refuse(f"several files are sources, {root_task.ENDINGS}; an ELF program is one file")
    if not sources and args.options:
        return _refuse("--options are the compiler's: an ELF program is compiled already")
    try:
        root_task.readable(args.root_task)
        output: Path = args.output or args.root_task[0].with_suffix(".image")
        if wrong := _misplaced(output, sources, args.root_task):
            return _refuse(wrong)
        linked = output.with_suffix(".elf") if sources else None
        program = None if linked else root_task.load(args.root_task[0])
        _make(args.platform, [kernel, *([LIBRARY] if linked else [])])
        if linked:
            print(root_task.link(args.root_task, args.options, where / SPECS, linked), file=sys.stderr, end="")
        write_if_changed(output, image((where / kernel).read_bytes(), payload(program or root_task.load(linked or output))))
    except SourceError as mistake:
        raise Wrong([mistake]) from None
    except OSError as error:
        return _refuse(f"cannot write {output}: {(error.strerror or 'failed').lower()}")
    command = machine(args.platform, 1 << 30, output.absolute())
    alone = [*command, *debug_terminal()]
    if args.run:
        if sys.stderr.isatty():
            print("sel4ish: Ctrl-C ends it", file=sys.stderr, flush=True)
        os.execvp(alone[0], alone)
    print(as_json({"image": str(output.absolute()), "qemu": alone, "machine": command}) if args.json else f"{output}\n", end="")
    return 0


def _misplaced(output: Path, sources: bool, inputs: list[Path]) -> str:
    """Why the image cannot be called that, if it cannot: nothing that goes in is written over, nor what is no file."""
    if output.is_dir():
        return f"-o {output} is a folder: name a file in it"
    if not output.parent.is_dir():
        return f"there is no folder {output.parent}"
    linked = output.with_suffix(".elf")
    if sources and linked == output:
        return f"the linked program is written to {linked}: give the image another name, as -o {output.with_suffix('.image')}"
    for written in (output, linked) if sources else (output,):
        if written.exists() and not written.is_file():
            return f"{written} is no file that can be written over: give the image another name with -o"
        if any(written.exists() and written.samefile(f) for f in inputs):
            return f"{written} is one of the files to read: give the image another name with -o"
    return ""


def _make(platform: str, outputs: list[str]) -> None:
    try:
        cmake.make(platform, outputs)
    except cmake.BuildFailed as failed:
        print(str(failed), file=sys.stderr, end="")
        raise Wrong([SourceError(Location(f"build/{platform}"), "E040", "the kernel does not compile",
                                 "the compiler's own words stand above")]) from None


def _refuse(what: str) -> int:
    print(f"sel4ish: image: {what}", file=sys.stderr)
    return 2
