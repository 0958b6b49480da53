/* SPDX-License-Identifier: BSD-2-Clause
 * What a player's thread executes by itself. */

    .text
/* void player_syscall(struct registers *r): loads x0 .. x8 from r, enters the kernel, stores x0 .. x8 there. */
    .global player_syscall
player_syscall:
    mov     x16, x0
    ldp     x2, x3, [x16, #16]
    ldp     x4, x5, [x16, #32]
    ldp     x6, x7, [x16, #48]
    ldr     x8, [x16, #64]
    ldp     x0, x1, [x16]
    .global player_svc
player_svc:
    svc     #0
    stp     x0, x1, [x16]
    stp     x2, x3, [x16, #16]
    stp     x4, x5, [x16, #32]
    stp     x6, x7, [x16, #48]
    str     x8, [x16, #64]
    ret

    .global player_undefined
player_undefined:
    udf     #0
    ret

    .global player_vector
player_vector:
    .arch_extension fp
    fmov    d0, x0
    ret

/* The processor's physical timer, which a thread may use to which it was given: an interrupt in x0 ticks. */
    .global player_timer
player_timer:
    mov     x1, #1
    msr     cntp_tval_el0, x0
    msr     cntp_ctl_el0, x1
    ret

    .global player_timer_off
player_timer_off:
    msr     cntp_ctl_el0, xzr
    isb
    ret

/* The thread that runs when nobody else can: rings the bell at x0, for ever, so that the maker looks. */
    .global idler_entry
idler_entry:
    mov     x19, x0
1:  mov     x0, x19
    mov     x1, #0
    mov     x7, #-6         /* NBSend */
    svc     #0
    b       1b
