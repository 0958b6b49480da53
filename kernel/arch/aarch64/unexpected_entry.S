/* SPDX-License-Identifier: BSD-2-Clause
 * An exception inside the kernel: leaves everything in unexpected_frame for unexpected.c. */

#include "frame_offsets.h"

/* x0: the vector's number, the true x0 in TPIDR_EL1. */
.global unexpected
unexpected:
    msr     tpidrro_el0, x1
    adrp    x1, unexpected_frame
    add     x1, x1, :lo12:unexpected_frame
    stp     x2, x3, [x1, #FRAME_X(2)]
    stp     x4, x5, [x1, #FRAME_X(4)]
    stp     x6, x7, [x1, #FRAME_X(6)]
    stp     x8, x9, [x1, #FRAME_X(8)]
    stp     x10, x11, [x1, #FRAME_X(10)]
    stp     x12, x13, [x1, #FRAME_X(12)]
    stp     x14, x15, [x1, #FRAME_X(14)]
    stp     x16, x17, [x1, #FRAME_X(16)]
    stp     x18, x19, [x1, #FRAME_X(18)]
    stp     x20, x21, [x1, #FRAME_X(20)]
    stp     x22, x23, [x1, #FRAME_X(22)]
    stp     x24, x25, [x1, #FRAME_X(24)]
    stp     x26, x27, [x1, #FRAME_X(26)]
    stp     x28, x29, [x1, #FRAME_X(28)]
    mov     x3, sp
    stp     x30, x3, [x1, #FRAME_X(30)]
    mrs     x3, tpidr_el1
    mrs     x4, tpidrro_el0
    stp     x3, x4, [x1, #FRAME_X(0)]
    mrs     x3, elr_el1
    mrs     x4, spsr_el1
    stp     x3, x4, [x1, #FRAME_PC]
    adrp    x9, kernel_stack_top
    add     x9, x9, :lo12:kernel_stack_top
    mov     sp, x9
    mrs     x1, esr_el1
    mrs     x2, far_el1
    b       arch_unexpected
