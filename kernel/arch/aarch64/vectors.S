/* SPDX-License-Identifier: BSD-2-Clause
 * Trap entry and exit. In user mode SP_EL1 is the address of the current thread's struct arch_frame, so that entry
 * stores the registers there with nothing to look up; in the kernel it is the one kernel stack, empty at every entry.
 * Interrupts are masked in the kernel: an exception there is our mistake. */

#include "frame_offsets.h"
#include "registers.h"

.macro save_user
    stp     x0, x1, [sp, #FRAME_X(0)]
    stp     x2, x3, [sp, #FRAME_X(2)]
    stp     x4, x5, [sp, #FRAME_X(4)]
    stp     x6, x7, [sp, #FRAME_X(6)]
    stp     x8, x9, [sp, #FRAME_X(8)]
    stp     x10, x11, [sp, #FRAME_X(10)]
    stp     x12, x13, [sp, #FRAME_X(12)]
    stp     x14, x15, [sp, #FRAME_X(14)]
    stp     x16, x17, [sp, #FRAME_X(16)]
    stp     x18, x19, [sp, #FRAME_X(18)]
    stp     x20, x21, [sp, #FRAME_X(20)]
    stp     x22, x23, [sp, #FRAME_X(22)]
    stp     x24, x25, [sp, #FRAME_X(24)]
    stp     x26, x27, [sp, #FRAME_X(26)]
    stp     x28, x29, [sp, #FRAME_X(28)]
    mrs     x9, sp_el0
    mrs     x10, elr_el1
    mrs     x11, spsr_el1
    mrs     x12, tpidr_el0
    stp     x30, x9, [sp, #FRAME_X(30)]
    stp     x10, x11, [sp, #FRAME_PC]
    str     x12, [sp, #FRAME_TLS]
.endm

/* An entry is 32 instructions long at most. */
.macro vector target
    .balign 128
    save_user
    b       \target
.endm

.macro vector_unexpected number
    .balign 128
    msr     tpidr_el1, x0
    mov     x0, #\number
    b       unexpected
.endm

.section .text.vectors, "ax"
.balign 2048
.global vectors
vectors:
    vector_unexpected 0                 /* the kernel, on SP_EL0: synchronous, interrupt, fast interrupt, error */
    vector_unexpected 1
    vector_unexpected 2
    vector_unexpected 3
    vector_unexpected 4                 /* the kernel */
    vector_unexpected 5
    vector_unexpected 6
    vector_unexpected 7
    vector  user_synchronous
    vector  user_interrupt
    vector_unexpected 10
    vector  user_fault                  /* an external error, of a device that the thread was given */
    vector_unexpected 12                /* 32-bit user mode: no thread's PSTATE asks for it */
    vector_unexpected 13
    vector_unexpected 14
    vector_unexpected 15
    .balign 128

/* sp: the frame; x7: as user mode left it; x10: where it goes on. To the kernel's stack. */
.macro to_kernel_stack
    adrp    x9, kernel_stack_top        /* at a page's start */
    mov     sp, x9
.endm

user_fault:
    str     x10, [sp, #FRAME_RESTART]
    to_kernel_stack
    mrs     x0, esr_el1
    mrs     x1, far_el1
    bl      arch_fault_enter
    b       resume

user_interrupt:
    str     x10, [sp, #FRAME_RESTART]
    to_kernel_stack
    bl      kernel_interrupt
    b       resume

user_synchronous:
    mrs     x1, esr_el1
    lsr     x2, x1, #ESR_CLASS_SHIFT
    cmp     x2, #ESR_SVC
    b.ne    user_fault
    sub     x10, x10, #4                /* the svc itself */
    str     x10, [sp, #FRAME_RESTART]
    to_kernel_stack
    mov     x0, x7
    bl      kernel_syscall

/* x0: the thread to go on with; null: nobody. What the kernel did to system registers needs no ISB: eret is one. */
.global resume
resume:
    cbz     x0, arch_idle
    mov     sp, x0
    ldp     x10, x11, [sp, #FRAME_PC]
    ldp     x12, x13, [sp, #FRAME_TLS]
    ldp     x30, x9, [sp, #FRAME_X(30)]
    msr     elr_el1, x10
    msr     spsr_el1, x11
    msr     tpidr_el0, x12
    msr     tpidrro_el0, x13
    msr     sp_el0, x9
    ldp     x0, x1, [sp, #FRAME_X(0)]
    ldp     x2, x3, [sp, #FRAME_X(2)]
    ldp     x4, x5, [sp, #FRAME_X(4)]
    ldp     x6, x7, [sp, #FRAME_X(6)]
    ldp     x8, x9, [sp, #FRAME_X(8)]
    ldp     x10, x11, [sp, #FRAME_X(10)]
    ldp     x12, x13, [sp, #FRAME_X(12)]
    ldp     x14, x15, [sp, #FRAME_X(14)]
    ldp     x16, x17, [sp, #FRAME_X(16)]
    ldp     x18, x19, [sp, #FRAME_X(18)]
    ldp     x20, x21, [sp, #FRAME_X(20)]
    ldp     x22, x23, [sp, #FRAME_X(22)]
    ldp     x24, x25, [sp, #FRAME_X(24)]
    ldp     x26, x27, [sp, #FRAME_X(26)]
    ldp     x28, x29, [sp, #FRAME_X(28)]
    eret

/* Interrupts stay masked: wfi ends when one is pending, and it is handled from here. */
.global arch_idle
arch_idle:
    adrp    x9, kernel_stack_top
    add     x9, x9, :lo12:kernel_stack_top
    mov     sp, x9
    dsb     sy
    wfi
    bl      kernel_interrupt
    b       resume
