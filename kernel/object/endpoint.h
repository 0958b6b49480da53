/* SPDX-License-Identifier: BSD-2-Clause
 * Endpoint: where messages meet: threads that want to send, or threads that want to receive, never both.
 * Invariants: state is IDLE exactly when the queue is empty; every queued thread's state and waiting_on say so;
 * cancel_next is null or a sender in the queue. */
#pragma once

#include "../core/delete.h"
#include "../core/queue.h"
#include "../core/thread.h"

enum endpoint_state { ENDPOINT_IDLE, ENDPOINT_SENDERS, ENDPOINT_RECEIVERS };

struct endpoint {
    struct wait_queue queue;
    struct thread *cancel_next;     /* where a preempted cancellation goes on; null: at the queue's head */
    word_t cancel_badge;            /* which badge it was for */
    enum endpoint_state state;
};
_Static_assert(sizeof(struct endpoint) <= 32, "an endpoint is as large as it says");

void endpoint_enqueue(struct endpoint *e, struct thread *t, enum thread_state state);   /* BLOCKED_ON_SEND or _RECEIVE */
void endpoint_dequeue(struct endpoint *e, struct thread *t);        /* t's state is the caller's to change */
void endpoint_reordering(struct endpoint *e, const struct thread *t);    /* t, a sender, will change its place in the queue */
/* Senders that wait with this badge when the caller's call begins start theirs again. seL4_NoError or KERNEL_PREEMPTED:
 * the caller's next system call is this again. */
seL4_Error endpoint_cancel_badged_sends(struct endpoint *e, word_t badge, struct thread *caller) MUST_USE;

extern const struct object_end endpoint_end;
