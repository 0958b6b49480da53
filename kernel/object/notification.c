/* SPDX-License-Identifier: BSD-2-Clause
 * Notification: see notification.h. A signal wakes nobody who could not run then: the bits stay until a context arrives. */
#include "notification.h"

#include "../arch/arch.h"
#include "../core/invoke.h"
#include "../core/ipc.h"
#include "sched_context.h"

enum { CANCEL_STEP = 8 };   /* threads woken between two looks at the interrupts */

bool notification_can_wake(const struct notification *n, const struct thread *t)
{
    return t->sc || (n->sc && !n->sc->thread);
}

void notification_take(struct thread *t, struct notification *n)
{
    arch_frame_set_badge(&t->frame, n->bits);
    n->bits = 0;
    n->pending = false;
    if (!t->sc)
        sc_donate(n->sc, t);
}

void notification_deliver(struct notification *n)
{
    struct thread *t = n->bound;

    if (!n->pending)
        return;
    if (t && t->state == THREAD_BLOCKED_ON_RECEIVE && notification_can_wake(n, t)) {
        ipc_leave_receive(t);
    } else {
        t = wait_queue_head(&n->waiters);
        if (!t || !notification_can_wake(n, t))
            return;
        wait_queue_remove(&n->waiters, t);
    }
    notification_take(t, n);
    thread_set_state(t, THREAD_RUNNING);
}

void notification_signal(struct notification *n, word_t badge)
{
    n->bits |= badge;
    n->pending = true;
    notification_deliver(n);
}

void notification_leave(struct notification *n, struct thread *t)
{
    wait_queue_remove(&n->waiters, t);
    notification_deliver(n);
}

void notification_return_context(struct notification *n, struct thread *t)
{
    if (n->sc && n->sc == t->sc)
        sc_unbind_thread(n->sc);
}

void notification_wait(struct thread *t, struct notification *n, bool block)
{
    if (n->pending && notification_can_wake(n, t)) {
        notification_take(t, n);
    } else if (block) {
        notification_return_context(n, t);
        t->waiting_on = n;
        wait_queue_insert(&n->waiters, t);
        thread_set_state(t, THREAD_BLOCKED_ON_NOTIFICATION);
    } else {
        arch_frame_set_badge(&t->frame, 0);
    }
}

void notification_bind(struct notification *n, struct thread *t)
{
    n->bound = t;
    t->bound = n;
}

void notification_unbind(struct notification *n)
{
    if (!n->bound)
        return;
    n->bound->bound = NULL;
    n->bound = NULL;
}

static void first(struct cap *cap)
{
    struct notification *n = cap->object;

    n->pending = false;
    notification_unbind(n);
    if (n->sc)
        sc_unbind_notification(n->sc);
}

/* Nobody can ever signal again: do not leave anyone asleep. */
static seL4_Error finish(struct cap *cap)
{
    struct notification *n = cap->object;

    for (unsigned i = 1; wait_queue_head(&n->waiters); i++) {
        ipc_restart(wait_queue_head(&n->waiters));
        if (i % CANCEL_STEP == 0 && preempt_pending())
            return KERNEL_PREEMPTED;
    }
    return seL4_NoError;
}

const struct object_end notification_end = { .first = first, .finish = finish };
