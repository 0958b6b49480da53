# SPDX-License-Identifier: BSD-2-Clause
"""The boot image: the kernel's raw Image, and behind it at the next page the boot payload: one program laid out in page-
aligned segments, so that the kernel parses no ELF. The kernel maps the payload's pages in place as the root task.

    payload  u64 magic, entry, segment count, bytes in all; then 8 times u64 vaddr, offset, bytes, flags (1 R, 2 W, 4 X)
    loader   has one read-only segment more, at DATA: u64 spec offset, spec bytes, archive offset, archive bytes; then both"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from sysc.model import PAGE
from sysc.programs import Program, Segment

MAGIC = int.from_bytes(b"4payload", "little")
HEAD, SEGMENT, DATA_HEAD = struct.Struct("<4Q"), struct.Struct("<4Q"), struct.Struct("<4Q")
MAX_SEGMENTS = 8
DATA = 0x10000000
FLAGS = {"r": 1, "rw": 3, "rx": 5}
IMAGE_MAGIC, IMAGE_MAGIC_AT, IMAGE_SIZE_AT = b"ARM\x64", 56, 16


@dataclass(frozen=True)
class Payload:
    """A payload read back, for tests and for people who look into an image."""

    entry: int
    segments: tuple[Segment, ...]


def image(kernel: bytes, payload: bytes) -> bytes:
    """The file that QEMU loads."""
    assert kernel[IMAGE_MAGIC_AT:IMAGE_MAGIC_AT + 4] == IMAGE_MAGIC, "the kernel is no arm64 Image"
    whole = bytearray(_padded(kernel) + payload)
    struct.pack_into("<Q", whole, IMAGE_SIZE_AT, len(whole))
    return bytes(whole)


def with_kernel(whole: bytes, old: bytes, new: bytes) -> bytes:
    """The image `whole`, whose kernel is `old`, with another kernel in its place."""
    return image(new, whole[len(_padded(old)):])


def payload(program: Program, *more: Segment) -> bytes:
    segments = [*program.segments, *more]
    assert 1 <= len(segments) <= MAX_SEGMENTS, f"{program.name}: {len(segments)} segments"
    offset, table, body = PAGE, b"", b""
    for s in segments:
        table += SEGMENT.pack(s.vaddr, offset, s.size, FLAGS[s.rights])
        body += s.content + bytes(s.size - len(s.content))
        offset += s.size
    head = HEAD.pack(MAGIC, program.entry, len(segments), offset) + table
    return head + bytes(PAGE - len(head)) + body


def loader_data(spec: bytes, archive: bytes) -> Segment:
    """What the loader works from."""
    first = PAGE
    second = first + len(_padded(spec))
    content = _padded(DATA_HEAD.pack(first, len(spec), second, len(archive))) + _padded(spec) + _padded(archive)
    return Segment(DATA, len(content), "r", content)


def read_payload(image: bytes, kernel_bytes: int) -> Payload:
    """The payload behind a kernel of that size."""
    start = (kernel_bytes + PAGE - 1) // PAGE * PAGE
    magic, entry, count, total = HEAD.unpack_from(image, start)
    assert magic == MAGIC and start + total == len(image)
    found = []
    for i in range(count):
        vaddr, offset, size, flags = SEGMENT.unpack_from(image, start + HEAD.size + i * SEGMENT.size)
        rights = next(r for r, f in FLAGS.items() if f == flags)
        found.append(Segment(vaddr, size, rights, image[start + offset:start + offset + size]))
    return Payload(entry, tuple(found))


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % PAGE)
