/* SPDX-License-Identifier: BSD-2-Clause
 * AArch64's system call instruction and the message registers around it. The convention is stated
 * in kernel/abi/syscalls.def. What the kernel may write is an output; all else it preserves. */
#pragma once

#include <sel4/functions.h>
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
    *m = (struct sel4ish_message) { x1, x2, x3, x4, x5 };
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

/* The first message registers travel in machine registers; these two move them from and to the IPC buffer, where the
 * forms without _WithMRs keep all of them. */
LIBSEL4_INLINE_FUNC struct sel4ish_message sel4ish_message_load(seL4_MessageInfo_t info)
{
    const seL4_Word *msg = seL4_GetIPCBuffer()->msg;

    return (struct sel4ish_message) { info.words[0], msg[0], msg[1], msg[2], msg[3] };
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t sel4ish_message_store(const struct sel4ish_message *m)
{
    seL4_Word *msg = seL4_GetIPCBuffer()->msg;

    msg[0] = m->mr0;
    msg[1] = m->mr1;
    msg[2] = m->mr2;
    msg[3] = m->mr3;
    return (seL4_MessageInfo_t) {{ m->info }};
}

/* For _WithMRs: a null pointer stands for a register that the caller does not care about. */
LIBSEL4_INLINE_FUNC struct sel4ish_message sel4ish_message_from(seL4_MessageInfo_t info, const seL4_Word *mr0,
                                                                const seL4_Word *mr1, const seL4_Word *mr2,
                                                                const seL4_Word *mr3)
{
    return (struct sel4ish_message) { info.words[0], mr0 ? *mr0 : 0, mr1 ? *mr1 : 0, mr2 ? *mr2 : 0, mr3 ? *mr3 : 0 };
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t sel4ish_message_to(const struct sel4ish_message *m, seL4_Word *mr0,
                                                          seL4_Word *mr1, seL4_Word *mr2, seL4_Word *mr3)
{
    if (mr0)
        *mr0 = m->mr0;
    if (mr1)
        *mr1 = m->mr1;
    if (mr2)
        *mr2 = m->mr2;
    if (mr3)
        *mr3 = m->mr3;
    return (seL4_MessageInfo_t) {{ m->info }};
}
