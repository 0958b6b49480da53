/* SPDX-License-Identifier: BSD-2-Clause
 * Wait queue: threads by priority, first come first served within one. Inserting and removing take a bounded number of
 * steps however many wait: distinct priorities form a list (at most 256), each with a ring of its threads. */
#pragma once

#include "types.h"

struct thread;

struct wait_link {
    struct thread *next, *prev;             /* ring of one priority */
    struct thread *lower, *higher;          /* list of rings; only in a ring's first thread */
    bool first;                             /* is its ring's first */
};

struct wait_queue { struct thread *head; }; /* first thread of the highest priority's ring */

struct ready_link { struct thread *next, *prev; };

void wait_queue_insert(struct wait_queue *q, struct thread *t);     /* by t->priority */
void wait_queue_remove(struct wait_queue *q, struct thread *t);
struct thread *wait_queue_next(const struct thread *t);             /* who stands behind t; null: nobody */
static inline struct thread *wait_queue_head(const struct wait_queue *q) { return q->head; }
