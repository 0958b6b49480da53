/* SPDX-License-Identifier: BSD-2-Clause
 * Message registers around the system call instruction: the first of them travel in machine registers, all of them have
 * a place in the IPC buffer. */
#pragma once

#include <sel4/functions.h>
#include <sel4/sel4_arch/svc.h>

/* From and to the IPC buffer, where the forms without _WithMRs keep all words. */
LIBSEL4_INLINE_FUNC struct sel4ish_message sel4ish_message_load(seL4_MessageInfo_t info)
{
    const seL4_Word *msg = seL4_GetIPCBuffer()->msg;
    struct sel4ish_message m = { info.words[0], msg[0], msg[1], msg[2], msg[3] };

    return m;
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t sel4ish_message_store(const struct sel4ish_message *m)
{
    seL4_Word *msg = seL4_GetIPCBuffer()->msg;
    seL4_MessageInfo_t info = {{ m->info }};

    msg[0] = m->mr0;
    msg[1] = m->mr1;
    msg[2] = m->mr2;
    msg[3] = m->mr3;
    return info;
}

/* For _WithMRs: a null pointer stands for a register that the caller does not care about, and what lies beyond the
 * message's length is not read: it need not be initialised. */
LIBSEL4_INLINE_FUNC seL4_Word sel4ish_message_word(seL4_MessageInfo_t info, seL4_Word i, const seL4_Word *mr)
{
    return mr && seL4_MessageInfo_get_length(info) > i ? *mr : 0;
}

LIBSEL4_INLINE_FUNC struct sel4ish_message sel4ish_message_from(seL4_MessageInfo_t info, const seL4_Word *mr0,
                                                                const seL4_Word *mr1, const seL4_Word *mr2,
                                                                const seL4_Word *mr3)
{
    struct sel4ish_message m = {
        info.words[0], sel4ish_message_word(info, 0, mr0), sel4ish_message_word(info, 1, mr1),
        sel4ish_message_word(info, 2, mr2), sel4ish_message_word(info, 3, mr3),
    };

    return m;
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t sel4ish_message_to(const struct sel4ish_message *m, seL4_Word *mr0,
                                                          seL4_Word *mr1, seL4_Word *mr2, seL4_Word *mr3)
{
    seL4_MessageInfo_t info = {{ m->info }};

    if (mr0)
        *mr0 = m->mr0;
    if (mr1)
        *mr1 = m->mr1;
    if (mr2)
        *mr2 = m->mr2;
    if (mr3)
        *mr3 = m->mr3;
    return info;
}
