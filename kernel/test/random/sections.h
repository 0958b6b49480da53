/* SPDX-License-Identifier: BSD-2-Clause
 * Included before each of the kernel's sources, when a fuzzer boots it again and again in one process. */
#pragma clang section bss = "kernel_bss"
