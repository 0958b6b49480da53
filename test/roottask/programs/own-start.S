/* SPDX-License-Identifier: BSD-2-Clause
 * A program with start-up code of its own: no C library, no BootInfo but what x0 says. */
#include <sel4/config.h>
#include <sel4/constants.h>
#include <sel4/sel4_arch/constants.h>

    .section .text.start, "ax"
    .global _start
_start:
    ldr x1, =stack_top
    mov sp, x1
    ldr x1, =thread_area
    msr tpidr_el0, x1
    b start

    .bss
    .balign 16
thread_area:
    .skip 256
    .skip 1 << seL4_PageBits
stack_top:
    .section .note.GNU-stack, "", %progbits
