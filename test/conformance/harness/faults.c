/* SPDX-License-Identifier: BSD-2-Clause
 * Faults of a case's threads, with the runner as their handler. */
#include "conform.h"

struct faulting fault_of(struct thread *t, void (*run)(struct thread *), seL4_Word type)
{
    struct faulting f = { .endpoint = endpoint_new(), .reply = reply_new() };

    thread_handler(t, f.endpoint);
    thread_start(t, run);
    fault_again(&f, type);
    return f;
}

void fault_again(struct faulting *f, seL4_Word type)
{
    f->tag = seL4_NBRecv(f->endpoint, &f->badge, f->reply);
    conform_equal(seL4_MessageInfo_get_label(f->tag), type, "the type of fault that comes", __FILE__, __LINE__);
}

bool nothing_at(seL4_CPtr endpoint)
{
    seL4_Word badge = 0;
    const seL4_MessageInfo_t info = seL4_NBRecv(endpoint, &badge, reply_new());

    return !badge && !seL4_MessageInfo_get_length(info) && !seL4_MessageInfo_get_label(info);
}

bool fault_none(const struct faulting *f)
{
    return nothing_at(f->endpoint);
}

void fault_answer(const struct faulting *f, seL4_MessageInfo_t info)
{
    seL4_Send(f->reply, info);
}

seL4_Word signalled(seL4_CPtr notification)
{
    seL4_Word badge = 0;

    seL4_Poll(notification, &badge);
    return badge;
}
