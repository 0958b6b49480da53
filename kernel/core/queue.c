/* SPDX-License-Identifier: BSD-2-Clause
 * Wait queue: see queue.h.
 *
 *   head ─▶ first(200) ⇄ … ring of priority 200
 *              │ lower
 *           first(7) ⇄ … ring of priority 7 */
#include "queue.h"

/* Inline where the kernel is compiled as one unit, for the fast path keeps nothing on the stack. */
inline void wait_queue_insert_among(struct wait_queue *q, struct thread *t)
{
    struct thread *higher = NULL, *ring = q->head;

    while (ring && ring->priority > t->priority) {      /* at most once for each priority */
        higher = ring;
        ring = ring->wait.lower;
    }
    if (ring && ring->priority == t->priority) {
        t->wait.first = false;
        t->wait.next = ring;
        t->wait.prev = ring->wait.prev;
        ring->wait.prev->wait.next = t;
        ring->wait.prev = t;
        return;
    }
    t->wait.next = t->wait.prev = t;
    ring_link(q, t, higher, ring);
}

inline void wait_queue_remove_from_ring(struct wait_queue *q, struct thread *t)
{
    struct thread *next = t->wait.next;

    if (t->wait.first)
        ring_link(q, next, t->wait.higher, t->wait.lower);
    next->wait.prev = t->wait.prev;
    t->wait.prev->wait.next = next;
}

struct thread *wait_queue_next(const struct thread *t)
{
    if (!t->wait.next->wait.first)
        return t->wait.next;
    return t->wait.next->wait.lower;        /* the ring is through: on to the next lower one */
}

inline void wait_queue_insert(struct wait_queue *q, struct thread *t)
{
    if (q->head) {
        wait_queue_insert_among(q, t);
        return;
    }
    t->wait.next = t->wait.prev = t;
    ring_link(q, t, NULL, NULL);
}

inline void wait_queue_remove(struct wait_queue *q, struct thread *t)
{
    struct thread *higher = t->wait.higher, *lower = t->wait.lower;

    if (t->wait.next != t) {
        wait_queue_remove_from_ring(q, t);
        return;
    }
    if (higher)
        higher->wait.lower = lower;
    else
        q->head = lower;
    if (lower)
        lower->wait.higher = higher;
}
