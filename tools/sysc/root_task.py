# SPDX-License-Identifier: BSD-2-Clause
"""A root task: any ELF program that an image can start, or the C sources of one. What comes out is laid out as seL4's
loader does it: one unbroken run of pages from the lowest address, holes filled, so that the n-th capability of BootInfo's
userImageFrames is the n-th page. What cannot run is the author's mistake; the error names the file and the cure."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile

from sysc.image import MAX_SEGMENTS
from sysc.model import PAGE
from sysc.programs import Program, Segment, W, X
from sysc.source import Location, SourceError

PLUS_PLUS = (".cc", ".cpp", ".cxx", ".c++", ".cp", ".C", ".CPP")
SOURCES = (".c", ".s", ".S", *PLUS_PLUS, ".o", ".a")
ENDINGS = f"which end in {' '.join(SOURCES)}"
COMPILER = "aarch64-linux-gnu-gcc"
# Each page takes a slot of the root CNode, which has 2^13; what is left holds tables, untypeds and what the program makes.
MAX_PAGES = 7680
# Behind the program come the IPC buffer, BootInfo and its extra records.
TOP = (1 << 47) - (16 << 20)


def readable(files: Sequence[Path]) -> None:
    """Each is a file that can be read, or SourceError says which is not."""
    for path in files:
        try:
            if path.is_dir():
                raise _wrong(path, "is a folder, not a program", f"give an ELF file, or sources, {ENDINGS}")
            path.open("rb").close()
        except OSError as error:
            raise _unreadable(path, error) from None


def link(sources: Sequence[Path], options: Sequence[str], specs: Path, output: Path) -> str:
    """The program of these sources, with the compiler's warnings, if any. Its errors raise SourceError; they say the rest."""
    done = subprocess.run([COMPILER, f"-specs={specs}", "-O2", "-g", *options, *map(_word, sources), "-o", str(output)],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
                          env={**os.environ, "LC_ALL": "C"})
    if done.returncode:
        raise _not_made(sources[0], done.stdout.rstrip())
    return done.stdout


def _word(path: Path) -> str:
    """The compiler takes no file's name for an option."""
    return f"./{path}" if str(path).startswith("-") else str(path)


def _not_made(first: Path, said: str) -> SourceError:
    """The compiler's own words, under what they come to."""
    did = "compile"
    hint = ""
    if "ld returned" in said:
        did = "link"
    if "undefined reference to `main'" in said:
        hint = "define main, or _start with start-up code of your own"
    return SourceError(Location(str(first)), "E040", f"the program does not {did}\n{said}", hint)


def load(path: Path) -> Program:
    try:
        with path.open("rb") as file:
            elf = ELFFile(file)
            _check_kind(elf, path)
            program = Program(path.name, int(elf["e_entry"]), _laid_out(_loaded(elf, path), path), (), ())
    except OSError as error:
        raise _unreadable(path, error) from None
    except ELFError as error:
        raise _wrong(path, f"not a program: {error}", f"give an ELF file, or sources, {ENDINGS}") from None
    if not any(s.rights == "rx" and s.vaddr <= program.entry < s.vaddr + s.size for s in program.segments) or program.entry % 4:
        raise _wrong(path, f"its entry point {program.entry:#x} is no instruction of it",
                     "define _start, or link with libsel4ish's start-up code and a main")
    return program


def _wrong(path: Path, what: str, hint: str = "") -> SourceError:
    return SourceError(Location(str(path)), "E041", what, hint)


def _unreadable(path: Path, error: OSError) -> SourceError:
    return _wrong(path, f"cannot be read: {(error.strerror or 'failed').lower()}")


def _check_kind(elf: ELFFile, path: Path) -> None:
    if elf["e_machine"] != "EM_AARCH64" or elf.elfclass != 64 or not elf.little_endian:
        order = "little" if elf.little_endian else "big"
        raise _wrong(path, f"is for {elf['e_machine']}, {elf.elfclass} bits, {order}-endian; this kernel runs AArch64",
                     f"compile it with {COMPILER}")
    if elf["e_type"] == "ET_REL":
        raise _wrong(path, "is an object file that is not linked yet", "a name that ends in .o is linked with libsel4ish here")
    if elf["e_type"] == "ET_DYN" or any(s["p_type"] in ("PT_INTERP", "PT_DYNAMIC") for s in elf.iter_segments()):
        raise _wrong(path, "is position-independent or needs a dynamic loader", "compile with -fno-pie, link with -static -no-pie")
    if elf["e_type"] != "ET_EXEC":
        raise _wrong(path, f"is no executable but {elf['e_type']}", "link it with -static -no-pie")


def _loaded(elf: ELFFile, path: Path) -> list[Segment]:
    """Whole pages each, in order of addresses, not yet checked against each other."""
    found = []
    for segment in elf.iter_segments():
        start, size, flags = int(segment["p_vaddr"]), int(segment["p_memsz"]), int(segment["p_flags"])
        if segment["p_type"] != "PT_LOAD" or not size:
            continue
        if flags & W and flags & X:
            raise _wrong(path, f"the segment at {start:#x} is both writable and executable",
                         "what can be written never executes here: keep code and data in sections of their own, link without -N")
        if start + size > TOP:
            raise _wrong(path, f"the segment at {start:#x} ends beyond {TOP:#x}", "link it at 0x400000")
        first = start // PAGE * PAGE
        pages = (start + size - first + PAGE - 1) // PAGE
        if pages > MAX_PAGES:
            raise _too_large(path, pages)
        content = bytes(segment.data())
        if len(content) != segment["p_filesz"] or len(content) > size:
            raise _wrong(path, f"the segment at {start:#x} has less in the file than its header says", "the file is cut short")
        found.append(Segment(first, pages * PAGE, "rw" if flags & W else "rx" if flags & X else "r", bytes(start - first) + content))
    if not found:
        raise _wrong(path, "has nothing to load", "link it to an executable")
    return sorted(found, key=lambda s: s.vaddr)


def _too_large(path: Path, pages: int) -> SourceError:
    return _wrong(path, f"spans {pages * PAGE >> 20} MiB; the root task's CNode has slots for {MAX_PAGES * PAGE >> 20} MiB of pages",
                  "take large arrays from untyped memory, and link the segments close together")


def _laid_out(segments: list[Segment], path: Path) -> tuple[Segment, ...]:
    laid = [segments[0]]
    for s in segments[1:]:
        before = laid[-1]
        if s.vaddr < before.vaddr + before.size:
            laid[-1] = _joined(before, s, path)
        else:
            laid[-1] = Segment(before.vaddr, s.vaddr - before.vaddr, before.rights, before.content)
            laid.append(s)
        pages = (laid[-1].vaddr + laid[-1].size - laid[0].vaddr) // PAGE
        if pages > MAX_PAGES:
            raise _too_large(path, pages)
    if len(laid) > MAX_SEGMENTS:
        raise _wrong(path, f"has {len(laid)} segments; an image holds {MAX_SEGMENTS}", "use libsel4ish/start/root.ld")
    return tuple(laid)


def _joined(a: Segment, b: Segment, path: Path) -> Segment:
    """Two segments that meet in a page."""
    if b.vaddr < a.vaddr + a.size - PAGE:
        raise _wrong(path, f"the segments at {a.vaddr:#x} and {b.vaddr:#x} overlap", "give each section an address of its own")
    if a.rights != b.rights:
        raise _wrong(path, f"the page at {b.vaddr:#x} is in two segments, one {a.rights} and one {b.rights}",
                     "link with -z separate-code -z max-page-size=4096, or with libsel4ish/start/root.ld")
    size = max(a.vaddr + a.size, b.vaddr + b.size) - a.vaddr
    content = bytearray(a.content.ljust(b.vaddr - a.vaddr + len(b.content), b"\0"))
    for i, byte in enumerate(b.content):        # their bytes do not overlap: what one has not is 0
        content[b.vaddr - a.vaddr + i] |= byte
    return Segment(a.vaddr, size, a.rights, bytes(content))
