#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""interface.yaml to a C header of layout constants, so that no offset is typed twice.

    interface_header.py interface.yaml -o store_layout.h

For interface store: STORE_ID, STORE_V1, STORE_V1_WINDOW_BYTES, and for each region STORE_V1_<REGION>_OFFSET and _BYTES."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path[0] = str(Path(__file__).resolve().parent.parent)     # the package, not its modules

from sysc.interface import interface_type      # noqa: E402
from sysc.load import Sources                  # noqa: E402
from sysc.model import InterfaceType           # noqa: E402
from sysc.source import SourceError, in_order  # noqa: E402
from sysc.text import write_if_changed         # noqa: E402


def header(interface: InterfaceType) -> str:
    prefix = _constant(interface.name)
    rows = [(f"{prefix}_ID", f"{interface.id:#06x}")]
    for version in interface.versions:
        v = f"{prefix}_V{version.version}"
        rows += [(v, str(version.version)), (f"{v}_WINDOW_BYTES", f"{version.window:#x}")]
        for region in version.regions:
            name = f"{v}_{_constant(region.name)}"
            rows += [(f"{name}_OFFSET", f"{region.offset:#x}"), (f"{name}_BYTES", f"{region.bytes:#x}")]
    width = max(len(name) for name, _ in rows)
    lines = "".join(f"    {name:<{width}} = {value},\n" for name, value in rows)
    return (f"/* SPDX-License-Identifier: BSD-2-Clause\n * Layout of {interface.name}'s connections: made from interface.yaml. */\n"
            f"#pragma once\n\nenum {{\n{lines}}};\n")


def _constant(name: str) -> str:
    return name.upper().replace("-", "_")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("interface", type=Path)
    parser.add_argument("-o", "--output", type=Path, help="standard output when absent")
    options = parser.parse_args(arguments)
    mistakes: list[SourceError] = []
    try:
        interface = interface_type(Sources(Path.cwd()).read(options.interface), mistakes)
    except SourceError as mistake:
        mistakes.append(mistake)
    for found in in_order(mistakes):
        print(found, file=sys.stderr)
    if mistakes:
        return 1
    assert interface is not None
    if options.output:
        write_if_changed(options.output, header(interface))
    else:
        print(header(interface), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
