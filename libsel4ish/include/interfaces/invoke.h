/* SPDX-License-Identifier: BSD-2-Clause
 * Invoke: the one path by which every wrapper of the API calls a kernel object. Arguments are the message words from 0
 * in the order of kernel/abi/invocations.def; capabilities were put with seL4_SetCap by the caller. */
#pragma once

#include <sel4/invocation.h>
#include <sel4/syscalls.h>

/* Words 0..3 travel in registers; words from 4 the caller put with seL4_SetMR. What comes back in words 0..3 is in
 * *reply, and on an error in the IPC buffer too, where libsel4's users read what the error says. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_invoke(seL4_CPtr service, enum invocation_label label, seL4_Word caps,
                                              seL4_Word length, struct sel4ish_message *reply)
{
    seL4_MessageInfo_t info;
    seL4_Error error;

    reply->info = seL4_MessageInfo_new((seL4_Word)label, 0, caps, length).words[0];
    sel4ish_svc(seL4_SysCall, service, reply, 0, 0);
    info.words[0] = reply->info;
    error = (seL4_Error)seL4_MessageInfo_get_label(info);
    if (error != seL4_NoError)
        sel4ish_message_store(reply);
    return error;
}

/* Length words, of which the first four are given here; nothing but the error comes back. */
LIBSEL4_INLINE_FUNC seL4_Error sel4ish_invoke4(seL4_CPtr service, enum invocation_label label, seL4_Word caps,
                                               seL4_Word length, seL4_Word mr0, seL4_Word mr1, seL4_Word mr2,
                                               seL4_Word mr3)
{
    struct sel4ish_message m = { 0, mr0, mr1, mr2, mr3 };

    return sel4ish_invoke(service, label, caps, length, &m);
}
