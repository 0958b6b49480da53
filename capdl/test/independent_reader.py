# SPDX-License-Identifier: BSD-2-Clause
"""A second reader of the text form, on purpose with nothing in common with the first: the audit is held against it.

It knows lines, not meanings: what stands in which object, and which CNodes a thread's CSpace leads to. It reads what
capdl.text.write wrote, and lists for each thread the set of (component, object, rights, badge).
"""

import re
import sys

OBJECT = re.compile(r"^([^\s=]+) = (\S+)(?: \((.*)\))?")
ENTRY = re.compile(r"^ +(\S+): (\S+)(?: \(([^)]*)\))?")
Capability = tuple[str, str, str, int]


def blocks(text: str) -> dict[str, tuple[str, str, list[tuple[str, str, str]]]]:
    """name -> (kind, attributes, [(key, object, attributes)])"""
    found: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {}
    name = ""
    for line in text.splitlines():
        head, entry = OBJECT.match(line), ENTRY.match(line)
        if head:
            name = head[1]
            found[name] = (head[2], head[3] or "", [])
        elif entry and not line.lstrip().startswith("fill "):
            found[name][2].append((entry[1], entry[2], entry[3] or ""))
    return found


def rights_and_badge(attributes: str) -> tuple[str, int]:
    rights = re.match(r"[rwgp]+(?=,|$)", attributes)
    badge = re.search(r"badge: (\w+)", attributes)
    return (rights[0] if rights else "", int(badge[1], 0) if badge else 0)


def capabilities(text: str) -> set[Capability]:
    """Every capability that a thread holds: in its own slots, and in each CNode that its CSpace leads to."""
    objects = blocks(text)
    found: set[Capability] = set()
    for thread, (kind, attributes, entries) in objects.items():
        if kind != "tcb":
            continue
        named = re.search(r"component: ([^\s,]+)", attributes)
        component = named[1] if named else thread
        todo, seen = [e for e in entries if e[0] in ("cspace", "vspace", "fault-endpoint", "timeout-endpoint")], set()
        while todo:
            key, target, details = todo.pop()
            found.add((component, target, *rights_and_badge(details)))
            if objects[target][0] == "cnode" and target not in seen and (key == "cspace" or key.isdigit()):
                seen.add(target)
                todo += objects[target][2]
    return found


if __name__ == "__main__":
    for capability in sorted(capabilities(open(sys.argv[1], encoding="utf-8").read())):
        print("%s holds %s (%s) badge %#x" % capability)
