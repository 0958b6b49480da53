/* SPDX-License-Identifier: BSD-2-Clause
 * Entry of the root task, and the threads' code that must be exact. x0: BootInfo. */

.section .text.entry, "ax"
.global entry
entry:
    ldr     x1, =stack_end
    mov     sp, x1
    bl      main

/* Faults one after the other; the root task answers each so that the thread goes on behind it, and looks at x0. */
.global faulter
faulter:
    mov     x0, #5
    mov     x7, #1000
    svc     #0                          /* no such system call */
.global faulter_exception
faulter_exception:
    udf     #0
.global faulter_load
faulter_load:
    ldr     x1, =0xdead000
    ldr     x2, [x1]
.global faulter_store
faulter_store:
    adr     x1, entry
    str     x2, [x1]
.global faulter_fetch
faulter_fetch:
    ldr     x1, =stack_end - 64
    br      x1
.global faulter_timer
faulter_timer:
    mrs     x2, cntp_ctl_el0
.global faulter_kernel
faulter_kernel:
    ldr     x1, =0xffff000040200000     /* the kernel's own image */
    ldr     x2, [x1]
.global faulter_semihosting
faulter_semihosting:
    hlt     #0xf000                     /* would end the machine, if it were the kernel's */
.global faulter_vector
faulter_vector:
    movi    v0.16b, #1
.global faulter_end
faulter_end:
    b       faulter_end

/* x0: a doubleword that is watched. Stops at each of the labels. */
.global debuggee
debuggee:
    mov     x1, #1
.global debuggee_break
debuggee_break:
    mov     x1, #2
    strb    w1, [x0]
    ldr     w2, [x0, #4]
.global debuggee_store
debuggee_store:
    str     w1, [x0, #4]
.global debuggee_call
debuggee_call:
    mov     x7, #-11                    /* Yield */
    svc     #0
    mov     x1, #3
.global debuggee_brk
debuggee_brk:
    brk     #7
debuggee_end:
    b       debuggee_end

/* x0: address of a counter that it increases for ever. */
.global spinner
spinner:
    ldr     x1, [x0]
    add     x1, x1, #1
    str     x1, [x0]
    b       spinner

/* x0: a notification. Fills vector registers with what is not the root's, then signals and stops. */
.global vector_user
vector_user:
    movi    v0.16b, #0x77
    movi    v31.16b, #0x77
    msr     fpsr, xzr
    mov     x7, #-5                     /* Send: to a notification, Signal */
    mov     x1, #0
    svc     #0
1:  ldr     x1, =0xdead000
    str     x0, [x1]
    b       1b

.section .bss
.balign 4096
.fill 16384, 1, 0
.global stack_end
stack_end:
