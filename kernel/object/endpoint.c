/* SPDX-License-Identifier: BSD-2-Clause
 * Endpoint: see endpoint.h; messages themselves are core/ipc.c's. */
#include "endpoint.h"

#include "../core/invoke.h"
#include "../core/ipc.h"

enum { CANCEL_STEP = 8 };   /* threads looked at between two looks at the interrupts */

void endpoint_enqueue(struct endpoint *e, struct thread *t, enum thread_state state)
{
    e->state = state == THREAD_BLOCKED_ON_SEND ? ENDPOINT_SENDERS : ENDPOINT_RECEIVERS;
    t->waiting_on = e;
    wait_queue_insert(&e->queue, t);
    thread_set_state(t, state);
}

void endpoint_dequeue(struct endpoint *e, struct thread *t)
{
    if (e->cancel_next == t)
        e->cancel_next = wait_queue_next(t);
    wait_queue_remove(&e->queue, t);
    if (!wait_queue_head(&e->queue))
        e->state = ENDPOINT_IDLE;
}

void endpoint_reordering(struct endpoint *e, const struct thread *t)
{
    if (t->badge == e->cancel_badge)
        e->cancel_next = NULL;              /* it may come to stand before who is next */
    else if (e->cancel_next == t)
        e->cancel_next = wait_queue_next(t);
}

seL4_Error endpoint_cancel_badged_sends(struct endpoint *e, word_t badge, struct thread *caller)
{
    const bool goes_on = caller->cancelling == caller->counters.syscalls;   /* who came since then may stay */
    struct thread *t;

    if (e->state != ENDPOINT_SENDERS)
        return seL4_NoError;
    t = goes_on && e->cancel_next && e->cancel_badge == badge ? e->cancel_next : wait_queue_head(&e->queue);
    for (unsigned i = 1; t; i++) {
        struct thread *next = wait_queue_next(t);

        if (t->badge == badge)
            ipc_cancel_send(t);
        t = next;
        if (t && i % CANCEL_STEP == 0 && preempt_pending()) {
            e->cancel_next = t;
            e->cancel_badge = badge;
            caller->cancelling = caller->counters.syscalls + 1;
            return KERNEL_PREEMPTED;
        }
    }
    e->cancel_next = NULL;
    return seL4_NoError;
}

/* Nobody can ever send or receive again: do not leave anyone asleep. */
static seL4_Error finish(struct cap *cap)
{
    struct endpoint *e = cap->object;

    for (unsigned i = 1; wait_queue_head(&e->queue); i++) {
        ipc_cancel_send(wait_queue_head(&e->queue));
        if (i % CANCEL_STEP == 0 && preempt_pending())
            return KERNEL_PREEMPTED;
    }
    return seL4_NoError;
}

const struct object_end endpoint_end = { .finish = finish };
