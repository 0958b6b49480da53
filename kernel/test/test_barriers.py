# SPDX-License-Identifier: BSD-2-Clause
"""Barriers of the compiled kernels. No emulator misses one, so the instructions are looked at: on every path from a cache or
TLB operation the barrier comes before whatever relies on it, and before the function is left."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from functools import cache

import pytest

from sysc import cmake

PLATFORM = "qemu-virt-aarch64"
KERNELS = ("kernel-debug", "kernel-release")
LINE = re.compile(r"^([0-9a-f]+):\t(\S+)\t?([^<\n]*)", re.M)
FUNCTION = re.compile(r"^[0-9a-f]+ <(\w+)>:\n((?:.+\n)+)", re.M)


@dataclass(frozen=True)
class Instruction:
    name: str           # with the operation of dc, ic, tlbi and the kind of a barrier
    successors: tuple[int, ...]


Function = dict[int, Instruction]


def instruction(at: int, mnemonic: str, operands: str) -> Instruction:
    words = operands.replace(",", " ").split()
    onwards, target = at + 4, int(words[-1], 16) if re.fullmatch(r"b|b\.\w+|[ct]bn?z", mnemonic) else 0
    if mnemonic in ("ret", "eret", "br"):
        return Instruction(mnemonic, ())
    if mnemonic == "b":
        return Instruction(mnemonic, (target,))
    named = mnemonic in ("dc", "ic", "tlbi", "dsb")
    return Instruction(f"{mnemonic} {words[0]}" if named else mnemonic, (onwards, target) if target else (onwards,))


@cache
def functions(kernel: str) -> dict[str, Function]:
    cmake.make(PLATFORM, [f"kernel/{kernel}.elf"])
    text = subprocess.run(["aarch64-linux-gnu-objdump", "-d", "--no-show-raw-insn", cmake.folder(PLATFORM) / f"kernel/{kernel}.elf"],
                          capture_output=True, text=True, check=True).stdout
    return {name: {int(at, 16): instruction(int(at, 16), mnemonic, operands) for at, mnemonic, operands in LINE.findall(body)}
            for name, body in FUNCTION.findall(text)}


def met(function: Function, start: int, barrier: str) -> set[str]:
    """What is met on the paths from there that do not pass the barrier; "left": the end of one."""
    found: set[str] = set()
    seen: set[int] = set()
    todo = list(function[start].successors)
    while todo:
        at = todo.pop()
        if at in seen:
            continue
        seen.add(at)
        here = function.get(at)
        if here is None or here.name in ("ret", "eret", "br"):
            found.add("left")
        elif here.name != barrier:
            found.add(here.name)
            todo += here.successors
    return found


def test_a_path_without_its_barrier_is_seen() -> None:
    lines = ("dc", "cvau, x0"), ("cbz", "x1, c"), ("dsb", "ish"), ("ret", "")
    function = {4 * n: instruction(4 * n, *line) for n, line in enumerate(lines)}
    assert met(function, 0, "dsb ish") == {"cbz", "left"}
    assert met(function | {4: instruction(4, "nop", "")}, 0, "dsb ish") == {"nop"}


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("function, operation, barrier, before", [
    ("arch_code_publish", "dc cvau", "dsb ish", "ic ivau"),
    ("arch_code_publish", "dc cvau", "dsb ish", "ic ialluis"),
    ("arch_code_publish", "ic ivau", "dsb ish", "isb"),
    ("arch_code_publish", "ic ialluis", "dsb ish", "isb"),
    ("arch_code_publish", "ic ialluis", "isb", "left"),
    ("arch_code_publish", "ic ivau", "isb", "left"),
    ("arch_cache_clean", "dc cvac", "dsb sy", "left"),
    ("arch_cache_clean_invalidate", "dc civac", "dsb sy", "left"),
    ("arch_zero", "dc zva", "dc cvac", "dsb sy"),
    ("arch_zero", "dc cvac", "dsb sy", "left"),
])
def test_maintenance_has_its_barrier(kernel: str, function: str, operation: str, barrier: str, before: str) -> None:
    body = functions(kernel)[function]
    places = [at for at, here in body.items() if here.name == operation]
    assert places
    assert not [hex(at) for at in places if {before, "left"} & met(body, at, barrier)]


@pytest.mark.parametrize("kernel", KERNELS)
def test_every_translation_is_forgotten_between_two_barriers(kernel: str) -> None:
    flushes = 0
    for name, body in functions(kernel).items():
        for at, here in body.items():
            if here.name.startswith("tlbi") and here.name.endswith("is"):
                flushes += 1
                assert body[at - 4].name == "dsb ishst" and body[at + 4].name == "dsb ish", f"{name} at {at:#x}"
    assert flushes
