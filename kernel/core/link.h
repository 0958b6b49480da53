/* SPDX-License-Identifier: BSD-2-Clause
 * Links: what a thread has of the queues that it may be in; the queues themselves are queue.h's and sched.h's. */
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
