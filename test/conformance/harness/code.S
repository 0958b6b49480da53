/* SPDX-License-Identifier: BSD-2-Clause
 * Single instructions at known places, for faults: what a fault's message says of them can be compared. Each is called
 * with a struct thread and works on its words. */
    .text
    .macro function name
    .global \name
    .type \name, %function
\name:
    .endm

    .macro vectors first, instruction, address
    .altmacro
    four %(\first), %(\first + 1), %(\first + 2), %(\first + 3), \instruction, \address
    .noaltmacro
    .endm
    .macro four a, b, c, d, instruction, address
    \instruction {v\a\().2d, v\b\().2d, v\c\().2d, v\d\().2d}, [\address], #64
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

/* The vector registers become what is at word 0 (512 bytes), stay so until the word at word 2 is not 0, and are written to
 * word 1. */
function do_vectors
    ldp x1, x2, [x0]
    ldr x3, [x0, #16]
    .irp n, 0, 4, 8, 12, 16, 20, 24, 28
    vectors \n, ld1, x1
    .endr
1:  ldr x4, [x3]
    cbz x4, 1b
    .irp n, 0, 4, 8, 12, 16, 20, 24, 28
    vectors \n, st1, x2
    .endr
    ret

/* The vector registers are written to word 1. */
function do_vectors_read
    ldr x2, [x0, #8]
    .irp n, 0, 4, 8, 12, 16, 20, 24, 28
    vectors \n, st1, x2
    .endr
    ret

/* A call of no arguments that can stand anywhere: what it leaves in x0 is 0x5e14. */
    .global code_small, code_small_end
code_small:
    mov x0, #0x5e14
    ret
code_small_end:

    .section .note.GNU-stack, "", %progbits
