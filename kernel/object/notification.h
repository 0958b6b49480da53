/* SPDX-License-Identifier: BSD-2-Clause
 * Notification: a word of badge bits, and the threads that wait for any of them.
 * Invariants: while a thread that can run (it has a context, or the notification has one to lend) heads the queue, nothing
 * is pending; bound->bound == this; sc->notification == this. */
#pragma once

#include "../core/delete.h"
#include "../core/queue.h"
#include "../core/thread.h"

struct notification {
    struct wait_queue waiters;
    struct thread *bound;           /* also takes signals while it receives from an endpoint */
    struct sched_context *sc;       /* lent to a passive thread that a signal wakes */
    word_t bits;                    /* signalled and not yet taken */
    bool pending;                   /* something was signalled, perhaps with badge 0 */
};
_Static_assert(sizeof(struct notification) <= 64, "a notification is as large as it says");

/* From kernel code too (interrupts, registry). Never fails, never blocks. */
void notification_signal(struct notification *n, word_t badge);
/* t takes the pending bits or waits; block false: takes 0 instead of waiting. */
void notification_wait(struct thread *t, struct notification *n, bool block);
/* Could t run if n woke it: has it a context, or could n lend one? */
bool notification_can_wake(const struct notification *n, const struct thread *t);
/* t takes what is pending, and n's context if it has none. */
void notification_take(struct thread *t, struct notification *n);
/* Hand pending bits to whoever waits and can run now: a context arrived, or another thread is the first that waits. */
void notification_deliver(struct notification *n);
/* t, which waits in n's queue, does so no longer. Its state is the caller's to change. */
void notification_leave(struct notification *n, struct thread *t);
/* t is about to wait: a context that n lent to it goes back. */
void notification_return_context(struct notification *n, struct thread *t);
void notification_bind(struct notification *n, struct thread *t);
void notification_unbind(struct notification *n);                   /* nothing if no thread is bound */

extern const struct object_end notification_end;
