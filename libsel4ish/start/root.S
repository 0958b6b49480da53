/* SPDX-License-Identifier: BSD-2-Clause
 * A root task's first instruction: x0 is the address of BootInfo; there is no stack yet. */
    .section .text.start, "ax"
    .global _start
    .type _start, %function
_start:
    mov x29, #0
    mov x30, #0
    adrp x1, __stack_end
    add x1, x1, :lo12:__stack_end
    mov sp, x1
    b sel4ish_root_start
    .size _start, . - _start

    .section .note.GNU-stack, "", %progbits
