/* SPDX-License-Identifier: BSD-2-Clause
 * What the kernel keeps for one processor; everything else mutable is in objects, or under the one lock.
 *
 * Invariants, outside the kernel: sc is current's context (null when idle); candidate is null; current's domain is
 * domain; the threads in ready[] are exactly those that are runnable and whose context has budget, of every domain, without
 * current; the contexts in the release queue are exactly those whose runnable thread waits for budget. */
#pragma once

#include "thread.h"

#define PRIORITIES 256u
#define LEVELS     (DOMAINS * PRIORITIES)   /* of a thread: its domain, then its priority */

struct cpu {
    struct thread *current;             /* null: idle */
    struct thread *candidate;           /* woken in this kernel entry, in no queue, of this domain: most often a receiver */
    struct sched_context *sc;           /* that is being charged; null when idle */
    ticks_t min_budget;                 /* less than this is not worth switching for */
    ticks_t charged;                    /* time up to which somebody has paid: sc owes for what came after */
    bool reschedule;                    /* current may no longer be the right one */
    bool slice_ended;                   /* sc's first refill came to its end in this kernel entry */
    bool timer_stale;                   /* the armed deadline may no longer be the earliest */
    uint64_t spaces_ended;              /* how often one did, from 1 on: what threads remember of theirs may be wrong */
    bool fpu_enabled;                   /* as told to the machine */
    uint8_t machine_flags;              /* current's THREAD_FLAGS_MACHINE, as told to the machine */
    struct thread *fpu_owner;           /* whose vector registers are in the machine */
    uint8_t domain;                     /* whose threads run: see domain.h */
    ticks_t domain_end;                 /* when it is another's turn */
    uint64_t domain_groups;             /* the bits of ready_groups that are this domain's */
    uint64_t ready_groups;              /* which words of ready_bits are not 0 */
    uint64_t ready_bits[LEVELS / 64];
    struct thread *ready[LEVELS];       /* rings; each names the first */
    struct sched_context *release;      /* the earliest of the contexts that wait for their budget: see release_queue.h */
    uint32_t releases;                  /* how many came to wait */
};

_Static_assert(LEVELS / 64 <= 64, "one word has a bit for each word of ready_bits");

extern struct cpu cpus[];
void cpu_init(void);    /* at boot, before anything is scheduled */
static inline struct cpu *this_cpu(void) { return &cpus[0]; }
