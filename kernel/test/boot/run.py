#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Boot test: puts the boot test's root task behind a kernel, runs it in QEMU and reports what it found.
Input: a build directory of kernel/. Output: a line for each thing, "N passed, N failed"; status 1 unless all passed."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from sysc.image import image, payload  # noqa: E402
from sysc.programs import load_program  # noqa: E402

TIMEOUT_SECONDS = 30.0      # bounds a hang
RESULT = re.compile(r"(ok|FAIL) (.*)")


def qemu_command(folder: Path, cpu: str, memory: str) -> list[str]:
    """The machine's time is counted in its own instructions: a busy computer takes no thread's budget away."""
    return ["qemu-system-aarch64", "-machine", "virt,dtb-randomness=off", "-cpu", cpu, "-m", memory,
            "-icount", "shift=0,align=off,sleep=off",
            "-nodefaults", "-display", "none", "-monitor", "none", "-serial", f"file:{folder / 'serial'}",
            "-chardev", f"file,id=debug,path={folder / 'debug'}",
            "-semihosting-config", "enable=on,target=native,chardev=debug", "-kernel", str(folder / "image")]


def boot(kernel: Path, root_task: Path, cpu: str, memory: str) -> str:
    """What came out of the serial line and the debug channel until the root task was done, the machine halted, or time
    was up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "image").write_bytes(image(kernel.read_bytes(), payload(load_program(root_task, "boot-root"))))
        machine = subprocess.Popen(qemu_command(folder, cpu, memory), stdin=subprocess.DEVNULL)
        end, said = time.monotonic() + TIMEOUT_SECONDS, ""
        while machine.poll() is None and time.monotonic() < end and "\ndone\n" not in said:
            time.sleep(0.02)
            said = read(folder / "serial")
        machine.kill()
        machine.wait()
        return read(folder / "serial") + read(folder / "debug")


def read(file: Path) -> str:
    return file.read_text(errors="replace") if file.exists() else ""


def report(output: str) -> int:
    results = [match.groups() for line in output.splitlines() if (match := RESULT.fullmatch(line))]
    for verdict, name in results:
        print(f"{verdict:4} {name}")
    failed = sum(verdict == "FAIL" for verdict, _ in results)
    complete = "done" in output.splitlines() and "PANIC" not in output
    if failed or not complete:
        print("--- all that it said ---", output, sep="\n")
    print(f"{len(results) - failed} passed, {failed} failed" + ("" if complete else ", and it did not reach its end"))
    return 0 if results and not failed and complete else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path, help="build directory of kernel/")
    parser.add_argument("--kernel", choices=("debug", "release"), default="debug")
    parser.add_argument("--cpu", default="cortex-a53")
    parser.add_argument("--memory", default="1G")
    arguments = parser.parse_args()
    kernel = arguments.build / f"kernel-{arguments.kernel}.bin"
    return report(boot(kernel, arguments.build / "test/boot/boot-root.elf", arguments.cpu, arguments.memory))


if __name__ == "__main__":
    sys.exit(main())
