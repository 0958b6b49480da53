# SPDX-License-Identifier: BSD-2-Clause
# Debian's cross compiler for AArch64, with nothing of Linux: cmake -DCMAKE_TOOLCHAIN_FILE=tools/cmake/aarch64-toolchain.cmake
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_ASM_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_OBJCOPY aarch64-linux-gnu-objcopy)
set(CMAKE_OBJDUMP aarch64-linux-gnu-objdump)
set(CMAKE_NM aarch64-linux-gnu-nm)
# The compiler cannot link a program for a system that has no C library: try with archives only.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
