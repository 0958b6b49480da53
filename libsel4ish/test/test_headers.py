# SPDX-License-Identifier: BSD-2-Clause
"""The API's headers with the cross compiler: alone, in each language that programs are written in, every name present."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

LIBRARY = Path(__file__).resolve().parents[1]
CROSS = "aarch64-linux-gnu-"
COMPILER_INCLUDE = subprocess.run([f"{CROSS}gcc", "-print-file-name=include"], capture_output=True, text=True,
                                  check=True).stdout.strip()
FREESTANDING = ["-nostdinc", "-isystem", COMPILER_INCLUDE]
PICOLIBC = ["-isystem", "/usr/lib/picolibc/aarch64-linux-gnu/include"]
API = ["-I", str(LIBRARY / "include"), "-I", str(LIBRARY.parent / "kernel/abi")]
OURS = ["-std=c11", "-Wall", "-Wextra", "-Wshadow", "-Wmissing-prototypes", "-Wconversion", "-Werror"]
STRICT = ["-Wall", "-Wextra", "-Werror", "-pedantic"]
# libsel4's alone: what the project adds includes the C library.
HEADERS = sorted(str(h.relative_to(LIBRARY / "include")) for h in (LIBRARY / "include").rglob("*.h"))
LIBSEL4 = [h for h in HEADERS if not h.startswith("sel4ish/")]

# Those of libsel4 that programs name.
NAMED = """autoconf.h interfaces/sel4_client.h kernel/gen_config.h sel4/arch/bootinfo.h sel4/arch/constants.h
    sel4/arch/constants_cortex_a53.h sel4/arch/deprecated.h sel4/arch/functions.h sel4/arch/mapping.h sel4/arch/objecttype.h
    sel4/arch/simple_types.h sel4/arch/syscalls.h sel4/arch/types.h sel4/assert.h sel4/benchmark_track_types.h
    sel4/benchmark_tracepoints_types.h sel4/benchmark_utilisation_types.h sel4/bootinfo.h sel4/bootinfo_types.h sel4/config.h
    sel4/constants.h sel4/debug_assert.h sel4/deprecated.h sel4/errors.h sel4/faults.h sel4/functions.h sel4/gen_config.h
    sel4/invocation.h sel4/macros.h sel4/mode/types.h sel4/objecttype.h sel4/plat/api/constants.h sel4/sel4.h
    sel4/sel4_arch/constants.h sel4/sel4_arch/deprecated.h sel4/sel4_arch/faults.h sel4/sel4_arch/functions.h
    sel4/sel4_arch/mapping.h sel4/sel4_arch/objecttype.h sel4/sel4_arch/simple_types.h sel4/sel4_arch/syscalls.h
    sel4/sel4_arch/types.h sel4/sel4_arch/types_gen.h sel4/shared_types.h sel4/shared_types_gen.h sel4/simple_types.h
    sel4/syscall.h sel4/syscalls.h sel4/types.h sel4/virtual_client.h""".split()


def compiles(compiler: str, options: list[str], *sources: Path) -> None:
    done = subprocess.run([CROSS + compiler, "-fsyntax-only", *options, *API, *sources], capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr


def alone(folder: Path, headers: list[str], suffix: str) -> list[Path]:
    """One source for each header, which includes it first."""
    sources = [folder / f"{n}{suffix}" for n in range(len(headers))]
    for source, header in zip(sources, headers):
        source.write_text(f"#include <{header}>\nextern int after;\n")
    return sources


def test_every_header_that_programs_name_is_there() -> None:
    assert [h for h in NAMED if h not in HEADERS] == []


def test_each_header_compiles_alone(tmp_path: Path) -> None:
    compiles("gcc", [*OURS, *FREESTANDING, *PICOLIBC], *alone(tmp_path, HEADERS, ".c"))


def test_the_api_needs_no_c_library_and_is_pedantic_c99(tmp_path: Path) -> None:
    compiles("gcc", ["-std=c99", *STRICT, *FREESTANDING], *alone(tmp_path, LIBSEL4, ".c"))


@pytest.mark.parametrize("compiler, standard", [("gcc", "c99"), ("gcc", "gnu11"), ("g++", "c++11"), ("g++", "gnu++17")])
def test_every_name_of_libsel4_is_there(compiler: str, standard: str) -> None:
    language = ["-x", "c++"] if compiler == "g++" else []
    compiles(compiler, [*language, f"-std={standard}", *STRICT, *FREESTANDING], LIBRARY / "test/api/functions.c",
             LIBRARY / "test/api/values.c")


def test_a_program_in_cpp_may_say_that_the_api_is_c(tmp_path: Path) -> None:
    source = tmp_path / "program.cc"
    source.write_text('extern "C" {\n#include <sel4/sel4.h>\n}\nseL4_Word f() { return seL4_GetBootInfo()->empty.start; }\n')
    compiles("g++", ["-std=c++17", *STRICT, *FREESTANDING], source)


def test_constants_are_readable_from_assembly(tmp_path: Path) -> None:
    source = tmp_path / "stack.S"
    source.write_text("#include <sel4/config.h>\n#include <sel4/constants.h>\n#include <sel4/sel4_arch/constants.h>\n"
                      ".skip (1 << seL4_PageBits) + (1 << seL4_TCBBits) + CONFIG_NUM_PRIORITIES\n")
    subprocess.run([f"{CROSS}gcc", *FREESTANDING, *API, "-c", source, "-o", tmp_path / "stack.o"], check=True)
    size = subprocess.run([f"{CROSS}size", "-A", tmp_path / "stack.o"], capture_output=True, text=True, check=True).stdout
    assert "6400" in size


def test_what_a_program_need_not_initialise_is_not_read(tmp_path: Path) -> None:
    """Registers beyond a message's length are outputs: libsel4's programs pass them uninitialised."""
    source = tmp_path / "call.c"
    source.write_text("#include <sel4/sel4.h>\nseL4_Word f(seL4_CPtr ep);\nseL4_Word f(seL4_CPtr ep)\n{\n    seL4_Word a = 1, b, c;\n"
                      "    seL4_CallWithMRs(ep, seL4_MessageInfo_new(0, 0, 0, 1), &a, &b, &c, seL4_Null);\n    return a + b + c;\n}\n")
    subprocess.run([f"{CROSS}gcc", "-O2", *STRICT, *FREESTANDING, *API, "-c", source, "-o", tmp_path / "call.o"], check=True)
