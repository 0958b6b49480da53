/* SPDX-License-Identifier: BSD-2-Clause
 * Single instructions at known places, for faults: what a fault's message says of them can be compared. Each is called
 * with a struct thread and works on its words. */
    .text
    .macro function name
    .global \name
    .type \name, %function
\name:
    .endm

/* word 1 becomes what is read at word 0. */
function do_load
    mov x9, x0
    ldr x1, [x9]
    .global code_load
code_load:
    ldr x2, [x1]
    str x2, [x9, #8]
    ret

/* word 1 is written at word 0. */
function do_store
    ldr x1, [x0]
    ldr x2, [x0, #8]
    .global code_store
code_store:
    str x2, [x1]
    ret

/* To word 0, and back. */
function do_jump
    ldr x1, [x0]
    br x1

function do_undefined
    .global code_undefined
code_undefined:
    udf #1
    ret

/* x1 to x5 are words 1 to 5, x7 is no kernel's number of a system call. Then words 0 and 1 are what x0 and x1 are. */
function do_unknown_syscall
    stp x0, x30, [sp, #-32]!
    str x19, [sp, #16]
    mov x19, x0
    ldp x0, x1, [x19]
    ldp x2, x3, [x19, #16]
    ldp x4, x5, [x19, #32]
    mov x7, #0x7777
    .global code_unknown
code_unknown:
    svc #0
    stp x0, x1, [x19]
    ldr x19, [sp, #16]
    ldp x0, x30, [sp], #32
    ret

/* A call of no arguments that can stand anywhere: what it leaves in x0 is 0x5e14. */
    .global code_small, code_small_end
code_small:
    mov x0, #0x5e14
    ret
code_small_end:

    .section .note.GNU-stack, "", %progbits
