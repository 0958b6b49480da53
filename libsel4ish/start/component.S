/* SPDX-License-Identifier: BSD-2-Clause
 * A component's first instruction: x0 is its config block, sp the top of its stack. */
    .section .text.start, "ax"
    .global _start
    .type _start, %function
_start:
    mov x29, #0
    mov x30, #0
    b sel4ish_component_start
    .size _start, . - _start
    .section .note.GNU-stack, "", %progbits
