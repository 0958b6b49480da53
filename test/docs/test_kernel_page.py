# SPDX-License-Identifier: BSD-2-Clause
"""docs/kernel.md has a row for every call that the kernel's tables know, and names nothing that is not there. The registry's calls
are in docs/interfaces.md."""

from __future__ import annotations

import re

import pytest
from sel4ish_pytest.front_door import ROOT

INVOCATION = re.compile(r"^INVOCATION\((\w+),\s*\w+,\s*(\w+),", re.M)
SYSTEM_CALL = re.compile(r"^SYSCALL\((\w+),", re.M)
NAME = re.compile(r"`(seL4|sel4ish)_(\w+)(?:\([^`]*\))?`")
REGISTRY = {"REGISTRY", "INTERFACE", "CONNECTION", "PROVIDER", "CLIENT"}
# Labels that libsel4 spells otherwise than the function that sends them.
OTHERWISE = {"IRQIssueIRQHandler": "IRQControl_Get", "ARMIRQIssueIRQHandlerTrigger": "IRQControl_GetTrigger",
             "ARMIRQIssueSGISignal": "IRQControl_IssueSGISignal",
             "IRQAckIRQ": "IRQHandler_Ack", "IRQSetIRQHandler": "IRQHandler_SetNotification",
             "IRQClearIRQHandler": "IRQHandler_Clear",
             "DomainScheduleConfigure": "DomainSet_ScheduleConfigure",
             "DomainScheduleSetStart": "DomainSet_ScheduleSetStart"}


def table(name: str) -> str:
    return (ROOT / "kernel" / "abi" / name).read_text()


def labels(of_registry: bool) -> list[str]:
    return [label for label, cap in INVOCATION.findall(table("invocations.def")) if (cap in REGISTRY) == of_registry]


def squeezed(name: str) -> str:
    """As a label is written: no underscores, no prefix."""
    return name.removeprefix("sel4ish_").replace("_", "")


def documented(page: str) -> set[str]:
    return {squeezed(name) for _, name in NAME.findall((ROOT / "docs" / page).read_text())}


@pytest.mark.parametrize("label", [*labels(of_registry=False), *SYSTEM_CALL.findall(table("syscalls.def"))])
def test_a_call_has_its_row(label: str) -> None:
    assert squeezed(OTHERWISE.get(label, label)) in documented("kernel.md")


@pytest.mark.parametrize("label", labels(of_registry=True))
def test_a_call_of_the_registry_has_its_row(label: str) -> None:
    page = (ROOT / "docs" / "interfaces.md").read_text()
    assert any(squeezed(name) == squeezed(label) for name in re.findall(r"`(\w+_\w+)`", page))


def test_every_name_on_the_page_is_one_of_the_api() -> None:
    api = "".join(path.read_text() for folder in ("libsel4ish/include", "kernel/abi") for path in (ROOT / folder).rglob("*.*"))
    api = re.sub(r"\W+", " ", api)
    words = {squeezed(word.removeprefix("seL4_")) for word in api.split()}
    calls = {squeezed(OTHERWISE.get(label, label)) for label, _ in INVOCATION.findall(table("invocations.def"))}
    assert documented("kernel.md") - words - calls == set()
