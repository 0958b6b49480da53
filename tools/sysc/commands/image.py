# SPDX-License-Identifier: BSD-2-Clause
"""sel4ish image: the kernel with any program linked against libsel4ish as its root task."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sysc import cmake
from sysc.build import Wrong, kernel_file
from sysc.image import image, payload
from sysc.platforms import PLATFORMS
from sysc.programs import load_program
from sysc.qemu import machine
from sysc.source import Location, SourceError
from sysc.text import as_json, write_if_changed


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("image", help="the kernel with a program of your own as its root task",
                                   formatter_class=argparse.RawDescriptionHelpFormatter,
                                   epilog="examples:\n  sel4ish image --root-task hello.elf -o hello.image\n"
                                          "  qemu-system-aarch64 -machine virt -cpu cortex-a53 -m 1G -nographic -kernel hello.image")
    parser.add_argument("--root-task", type=Path, required=True, metavar="ELF", help="a static program linked at 0x400000")
    parser.add_argument("-o", "--output", type=Path, help="the image (default: beside the program, as NAME.image)")
    parser.add_argument("--platform", choices=sorted(PLATFORMS), default=sorted(PLATFORMS)[0])
    parser.add_argument("--release", action="store_true", help="with the release kernel")
    parser.add_argument("--json", action="store_true", help="where the image is and how to start it, as JSON")


def run(args: argparse.Namespace) -> int:
    kernel = kernel_file("release" if args.release else "debug")
    try:
        program = load_program(args.root_task, args.root_task.name)
        cmake.make(args.platform, [kernel])
    except SourceError as mistake:
        raise Wrong([mistake]) from None
    except cmake.BuildFailed as failed:
        print(str(failed), file=sys.stderr, end="")
        raise Wrong([SourceError(Location(f"build/{args.platform}"), "E040", "the kernel does not compile",
                                 "the compiler's own words stand above")]) from None
    output: Path = args.output or args.root_task.with_suffix(".image")
    try:
        write_if_changed(output, image((cmake.folder(args.platform) / kernel).read_bytes(), payload(program)))
    except OSError as error:
        print(f"sel4ish: image: cannot write {output}: {(error.strerror or 'failed').lower()}", file=sys.stderr)
        return 2
    if args.json:
        print(as_json({"image": str(output.absolute()), "qemu": machine(args.platform, 1 << 30, output.absolute())}), end="")
    else:
        print(output)
    return 0
