/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduler: the highest-priority runnable thread whose context has budget runs; first come first served within one
 * priority. Budgets are charged only when the running context changes, on Yield, Consumed and expiry.
 * Invariants: see cpu.h. */
#pragma once

#include "cpu.h"
#include "../object/sched_context.h"

void sched_settle(struct cpu *cpu);         /* what sched_next is for, when something changed */
/* End of every kernel entry: who runs now; null: nobody. Charges, arms the timer and switches address space as needed. */
struct thread *sched_next(void);

void sched_wake(struct thread *t);          /* t became runnable or got a context: let it compete */
void sched_stop(struct thread *t);          /* t is no longer runnable, or is about to lose its context */
void sched_charge(void);                    /* bring the running context's account up to date */
bool sched_competes(const struct thread *t);   /* may t run now, as far as its state and context go? */
void sched_machine_changed(const struct thread *t); /* its address space or flags did: tell the machine, if it runs */
void sched_tick(void);                      /* the timer fired */
void sched_end_slice(void);                     /* current gives up what is left of its first refill: no time-out */
void sched_yield_to(struct thread *t);      /* current lets t (runnable, not lower) go first and waits behind it */
void sched_forget(struct sched_context *sc);/* sc is being taken from its thread, changed or ended: out of the release tree */

/* The highest level of this domain that has a thread; -1: none has. */
static inline int ready_highest_level(const struct cpu *cpu)
{
    const uint64_t groups = cpu->ready_groups & cpu->domain_groups;

    if (!groups)
        return -1;
    const int word = 63 - __builtin_clzll(groups);
    return word * 64 + 63 - __builtin_clzll(cpu->ready_bits[word]);
}
/* Would t, which does not run yet, be the one to run if current stopped now and nobody else had been woken? */
static inline bool sched_would_run(const struct cpu *cpu, const struct thread *t)
{
    return t->domain == cpu->domain && ready_highest_level(cpu) <= t->level;
}
void ready_append(struct cpu *cpu, struct thread *t);
void ready_prepend(struct cpu *cpu, struct thread *t);
void ready_remove(struct cpu *cpu, struct thread *t);       /* nothing if it is in none */
static inline bool ready_queued(const struct thread *t) { return t->ready.next; }
