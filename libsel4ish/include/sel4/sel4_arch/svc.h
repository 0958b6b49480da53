/* SPDX-License-Identifier: BSD-2-Clause
 * AArch64's system call instruction, and its counter: the only machine instructions of the API. The convention is stated
 * in kernel/abi/syscalls.def. What the kernel may write is an output; all else it preserves. The host's tests have
 * another file of this name. */
#pragma once

#include <sel4/simple_types.h>
#include <sel4/syscall.h>

/* What travels in x1..x5. */
struct sel4ish_message { seL4_Word info, mr0, mr1, mr2, mr3; };

/* The common core: x0 in and out, the message in and out, reply and second destination in. */
LIBSEL4_INLINE_FUNC seL4_Word sel4ish_svc(seL4_Syscall_ID number, seL4_Word x0_in, struct sel4ish_message *m,
                                          seL4_CPtr reply_in, seL4_CPtr dest_in)
{
    register seL4_Word x0 __asm__("x0") = x0_in;
    register seL4_Word x1 __asm__("x1") = m->info;
    register seL4_Word x2 __asm__("x2") = m->mr0;
    register seL4_Word x3 __asm__("x3") = m->mr1;
    register seL4_Word x4 __asm__("x4") = m->mr2;
    register seL4_Word x5 __asm__("x5") = m->mr3;
    register seL4_Word x6 __asm__("x6") = reply_in;
    register seL4_Word x7 __asm__("x7") = (seL4_Word)number;
    register seL4_Word x8 __asm__("x8") = dest_in;

    __asm__ volatile("svc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5)
                     : "r"(x6), "r"(x7), "r"(x8)
                     : "memory");
    m->info = x1;
    m->mr0 = x2;
    m->mr1 = x3;
    m->mr2 = x4;
    m->mr3 = x5;
    return x0;
}

/* No message at all: Yield and the debug calls. */
LIBSEL4_INLINE_FUNC seL4_Word sel4ish_svc_plain(seL4_Syscall_ID number, seL4_Word x0_in)
{
    register seL4_Word x0 __asm__("x0") = x0_in;
    register seL4_Word x7 __asm__("x7") = (seL4_Word)number;

    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x7) : "x1", "x2", "x3", "x4", "x5", "memory");
    return x0;
}

/* The machine's counter, and its counts in a second. Readable by every thread. */
LIBSEL4_INLINE_FUNC seL4_Uint64 sel4ish_counter(void)
{
    seL4_Uint64 now;

    __asm__ volatile("isb; mrs %0, cntvct_el0" : "=r"(now));
    return now;
}

LIBSEL4_INLINE_FUNC seL4_Uint64 sel4ish_counter_frequency(void)
{
    seL4_Uint64 frequency;

    __asm__("mrs %0, cntfrq_el0" : "=r"(frequency));
    return frequency;
}
