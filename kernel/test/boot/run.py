#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Boot test: puts the boot test's root task behind the debug kernel, runs it in QEMU and reports what it found.
Input: a build directory of kernel/. Output: a line for each thing, "N passed, N failed"; status 1 unless all passed."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from sysc.image import image, payload  # noqa: E402
from sysc.programs import load_program  # noqa: E402

TIMEOUT_SECONDS = 30.0      # bounds a hang
RESULT = re.compile(r"(?:.*\|)?(ok|FAIL) (.*)")


def qemu_command(image_path: Path, debug: Path, cpu: str, memory: str) -> list[str]:
    return ["qemu-system-aarch64", "-machine", "virt,dtb-randomness=off", "-cpu", cpu, "-m", memory,
            "-semihosting-config", "enable=on,target=native,chardev=debug", "-chardev", f"file,id=debug,path={debug}",
            "-kernel", str(image_path), "-display", "none", "-serial", "null", "-monitor", "none", "-nodefaults"]


def boot(kernel: Path, root_task: Path, cpu: str, memory: str) -> str:
    """What came out of the debug channel until the machine halted, or until time was up."""
    with tempfile.TemporaryDirectory() as folder:
        image_path, debug = Path(folder, "image"), Path(folder, "debug")
        image_path.write_bytes(image(kernel.read_bytes(), payload(load_program(root_task, "boot-root"))))
        try:
            subprocess.run(qemu_command(image_path, debug, cpu, memory), timeout=TIMEOUT_SECONDS, check=False,
                           stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            print(f"the machine did not halt within {TIMEOUT_SECONDS:.0f} s")
        return debug.read_text(errors="replace")


def report(output: str) -> int:
    results = [match.groups() for line in output.splitlines() if (match := RESULT.fullmatch(line))]
    for verdict, name in results:
        print(f"{verdict:4} {name}")
    failed = sum(verdict == "FAIL" for verdict, _ in results)
    complete = any(line.endswith("done") for line in output.splitlines()) and "PANIC" not in output
    if failed or not complete:
        print("--- debug channel ---", output, sep="\n")
    print(f"{len(results) - failed} passed, {failed} failed" + ("" if complete else ", and it did not reach its end"))
    return 0 if results and not failed and complete else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path, help="build directory of kernel/")
    parser.add_argument("--cpu", default="cortex-a53")
    parser.add_argument("--memory", default="1G")
    arguments = parser.parse_args()
    return report(boot(arguments.build / "kernel-debug.bin", arguments.build / "test/boot/boot-root.elf", arguments.cpu,
                       arguments.memory))


if __name__ == "__main__":
    sys.exit(main())
