/* SPDX-License-Identifier: BSD-2-Clause
 * What the kernel keeps for one processor; everything else mutable is in objects, or in struct system under the lock. */
#pragma once

#include "thread.h"

#define PRIORITIES 256u

struct cpu {
    struct thread *current;             /* null: idle */
    struct sched_context *sc;           /* that is being charged; null when idle */
    struct thread *fpu_owner;           /* whose vector registers are in the machine */
    struct thread *ready[PRIORITIES];   /* rings */
    uint64_t ready_bits[PRIORITIES / 64];
    uint64_t ready_groups;
    struct sched_context *release;      /* root of the tree of contexts that wait for their budget, by time */
    struct sched_context *release_first;/* the earliest of them */
    ticks_t now;                        /* time of this kernel entry, where it was needed (see sched.c) */
    bool reschedule;                    /* current may no longer be the right one */
    bool timer_stale;                   /* the armed deadline may no longer be the earliest */
    struct thread *dump_next;
};

extern struct cpu cpus[];
static inline struct cpu *this_cpu(void) { return &cpus[0]; }
