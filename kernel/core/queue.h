/* SPDX-License-Identifier: BSD-2-Clause
 * Wait queue: threads by priority, first come first served within one. Inserting and removing take a bounded number of
 * steps however many wait: distinct priorities form a list (at most 256), each with a ring of its threads. Most often one
 * thread waits: that much is inline. */
#pragma once

#include "thread.h"

void wait_queue_insert_among(struct wait_queue *q, struct thread *t);       /* others are there */
void wait_queue_remove_from_ring(struct wait_queue *q, struct thread *t);   /* others of its priority are there */
struct thread *wait_queue_next(const struct thread *t);             /* who stands behind t; null: nobody */
static inline struct thread *wait_queue_head(const struct wait_queue *q) { return q->head; }

/* t becomes the first thread of its priority, between the rings higher and lower. */
static inline void ring_link(struct wait_queue *q, struct thread *t, struct thread *higher, struct thread *lower)
{
    t->wait.first = true;
    t->wait.higher = higher;
    t->wait.lower = lower;
    if (higher)
        higher->wait.lower = t;
    else
        q->head = t;
    if (lower)
        lower->wait.higher = t;
}

void wait_queue_insert(struct wait_queue *q, struct thread *t);    /* by t->priority */

void wait_queue_remove(struct wait_queue *q, struct thread *t);
