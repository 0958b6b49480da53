# SPDX-License-Identifier: BSD-2-Clause
"""The boot image and what travels in it."""

from __future__ import annotations

import struct
import subprocess

import pytest

from sysc import symbols
from sysc.archive import archive
from sysc.image import DATA, image, loader_data, payload, read_payload, with_kernel
from sysc.model import PAGE
from sysc.programs import Segment
from sysc.test.samples import program


def kernel(size: int) -> bytes:
    head = bytearray(64)
    head[56:60] = b"ARM\x64"
    return bytes(head) + b"k" * (size - 64)


@pytest.mark.parametrize("size", [PAGE, 5 * PAGE, 3 * PAGE + 17])
def test_the_payload_follows_the_kernel_at_the_next_page(size: int) -> None:
    whole = image(kernel(size), payload(program("a")))
    assert struct.unpack_from("<Q", whole, 16)[0] == len(whole) and len(whole) % PAGE == 0
    back = read_payload(whole, size)
    assert back.entry == 0x400000
    for got, wanted in zip(back.segments, program("a").segments):
        assert (got.vaddr, got.size, got.rights) == (wanted.vaddr, wanted.size, wanted.rights)
        assert got.content == wanted.content + bytes(wanted.size - len(wanted.content))


@pytest.mark.parametrize("old, new", [(PAGE, 3 * PAGE + 17), (3 * PAGE + 17, PAGE)])
def test_an_image_takes_another_kernel_as_if_made_with_it(old: int, new: int) -> None:
    behind = payload(program("a"))
    assert with_kernel(image(kernel(old), behind), kernel(old), kernel(new)) == image(kernel(new), behind)


def test_the_loader_finds_spec_and_archive() -> None:
    data = loader_data(b"spec" * 2000, b"cpio")
    whole = image(kernel(PAGE), payload(program("loader"), data))
    segment = read_payload(whole, PAGE).segments[-1]
    assert segment.vaddr == DATA and segment.rights == "r"
    first, first_bytes, second, second_bytes = struct.unpack_from("<4Q", segment.content)
    assert first % PAGE == second % PAGE == 0
    assert segment.content[first:first + first_bytes] == b"spec" * 2000
    assert segment.content[second:second + second_bytes] == b"cpio"


def test_more_than_eight_segments_are_our_mistake() -> None:
    with pytest.raises(AssertionError):
        payload(program("a"), *[Segment(DATA + n * PAGE, PAGE, "r", b"") for n in range(6)])


def test_an_archive_is_the_same_every_time_and_cpio_reads_it() -> None:
    files = {"b": b"two" * 5000, "a": b"one", "c.config": b""}
    data = archive(files)
    assert data == archive(dict(reversed(files.items())))
    listed = subprocess.run(["cpio", "--list", "--quiet"], input=data, capture_output=True, check=True).stdout
    assert listed.decode().split() == sorted(files)


def test_symbols_are_found_by_component_and_address() -> None:
    data = symbols.blob({"shell-b": program("shell"), "shell-a": program("shell"), "store": program("store")})
    magic, count = struct.unpack_from("<II", data)
    assert magic.to_bytes(4, "little") == b"4sym" and count == 3
    names = []
    for i in range(count):
        name, entries, offset = struct.unpack_from("<32sII", data, 8 + 40 * i)
        names.append(name.rstrip(b"\0").decode())
        address, size, text = struct.unpack_from("<QII", data, offset + 16)
        assert entries == 2 and (address, size) == (0x400010, 8)
        assert data[text:data.index(b"\0", text)].decode() == names[-1].split("-")[0] + "_step"
    assert names == ["shell-a", "shell-b", "store"]
