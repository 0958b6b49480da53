/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduler: see sched.h. */
#include "sched.h"

#include "../arch/arch.h"
#include "domain.h"
#include "fault.h"
#include "machine.h"
#include "refill.h"
#include "release_queue.h"

enum { RELEASE_BATCH = 16 };    /* contexts released by one timer interrupt; more: it fires again at once */

static struct thread *ready_highest(const struct cpu *cpu)
{
    const int level = ready_highest_level(cpu);

    return level < 0 ? NULL : cpu->ready[level];
}

void ready_append(struct cpu *cpu, struct thread *t)
{
    struct thread *first = cpu->ready[t->level];

    if (!first) {
        t->ready.next = t->ready.prev = t;
        cpu->ready[t->level] = t;
        cpu->ready_bits[t->level / 64] |= 1ull << t->level % 64;
        cpu->ready_groups |= 1ull << t->level / 64;
        return;
    }
    t->ready.next = first;
    t->ready.prev = first->ready.prev;
    first->ready.prev->ready.next = t;
    first->ready.prev = t;
}

void ready_prepend(struct cpu *cpu, struct thread *t)
{
    ready_append(cpu, t);
    cpu->ready[t->level] = t;           /* a ring: behind the last is before the first */
}

void ready_remove(struct cpu *cpu, struct thread *t)
{
    if (!ready_queued(t))
        return;
    if (t->ready.next == t) {
        cpu->ready[t->level] = NULL;
        cpu->ready_bits[t->level / 64] &= ~(1ull << t->level % 64);
        if (!cpu->ready_bits[t->level / 64])
            cpu->ready_groups &= ~(1ull << t->level / 64);
    } else {
        t->ready.next->ready.prev = t->ready.prev;
        t->ready.prev->ready.next = t->ready.next;
        if (cpu->ready[t->level] == t)
            cpu->ready[t->level] = t->ready.next;
    }
    t->ready = (struct ready_link){ 0 };
}

bool sched_competes(const struct thread *t)
{
    return thread_runnable(t) && t->sc && sc_active(t->sc) && !t->sc->in_release;
}

void sched_wake(struct thread *t)
{
    struct cpu *cpu = this_cpu();
    struct sched_context *sc = t->sc;

    if (!sc || !sc_active(sc))
        return;
    if (sc != cpu->sc) {        /* else it is being charged, and the timer sees to its end */
        const ticks_t now = arch_time();

        if (sc->sporadic)
            refill_unblock(sc, now);
        if (!refill_ready(sc, now)) {
            sched_stop(t);
            release_insert(cpu, sc);
            return;
        }
    }
    cpu->reschedule = true;
    if (t->domain != cpu->domain) {
        ready_append(cpu, t);       /* its domain's turn will come */
        return;
    }
    if (t == cpu->current)
        return;
    if (!cpu->candidate) {
        cpu->candidate = t;
        return;
    }
    ready_append(cpu, cpu->candidate);
    cpu->candidate = NULL;
    ready_append(cpu, t);
}

void sched_stop(struct thread *t)
{
    struct cpu *cpu = this_cpu();

    ready_remove(cpu, t);
    if (t->sc && t->sc->in_release)
        release_remove(cpu, t->sc);
    if (t == cpu->candidate)
        cpu->candidate = NULL;
    if (t == cpu->current)
        cpu->reschedule = true;
}

/* The running context used what passed since it was last charged; at_least more than that if it gives time away.
 * What follows from it waits for the end of this kernel entry: the call that runs may still be writing its answer. */
static void charge(struct cpu *cpu, ticks_t at_least)
{
    struct sched_context *sc = cpu->sc;
    const ticks_t now = arch_time(), used = now - cpu->charged;

    cpu->charged = now;
    cpu->timer_stale = true;
    sc->consumed += used;
    if (refill_charge(sc, used > at_least ? used : at_least))
        cpu->slice_ended = cpu->reschedule = true;
}

void sched_charge(void)
{
    charge(this_cpu(), 0);
}

void sched_yield_to(struct thread *t)
{
    struct cpu *cpu = this_cpu();

    ready_remove(cpu, t);
    ready_prepend(cpu, cpu->current);
    ready_prepend(cpu, t);
    cpu->reschedule = true;
}

void sched_forget(struct sched_context *sc)
{
    struct cpu *cpu = this_cpu();

    if (sc == cpu->sc) {
        charge(cpu, 0);
        cpu->sc = NULL;
        cpu->slice_ended = false;
        cpu->reschedule = true;
    }
    if (sc->thread)
        sched_stop(sc->thread);
}

void sched_tick(void)
{
    struct cpu *cpu = this_cpu();
    const ticks_t now = arch_time();

    cpu->timer_stale = true;
    if (now >= cpu->domain_end)
        domain_turn(cpu, now);
    if (cpu->sc && now - cpu->charged >= refill_first(cpu->sc)->amount)
        charge(cpu, 0);
    for (unsigned i = 0; i < RELEASE_BATCH && cpu->release; i++) {
        struct sched_context *sc = cpu->release;

        if (!refill_ready(sc, now))
            return;
        release_remove(cpu, sc);
        ready_append(cpu, sc->thread);
        cpu->reschedule = true;
    }
}

/* Who should run. Who runs already wins ties, then who was just woken. *running: who runs, if it could go on and is in no
 * queue. */
static struct thread *best(const struct cpu *cpu, struct thread **running)
{
    struct thread *const current = cpu->current, *const candidate = cpu->candidate, *const ready = ready_highest(cpu);
    struct thread *t = current && !ready_queued(current) && sched_competes(current) ? current : NULL;

    *running = t;
    if (candidate && (!t || candidate->priority > t->priority))
        t = candidate;
    if (ready && (!t || ready->priority > t->priority))
        t = ready;
    return t;
}

void sched_machine_changed(const struct thread *t)
{
    struct cpu *cpu = this_cpu();

    if (t == cpu->current)
        machine_enter(cpu, cpu->current);
}

/* Whoever does not run and may goes to the ready queue; next leaves it. */
static void settle(struct cpu *cpu, struct thread *running, struct thread *next)
{
    if (cpu->candidate && cpu->candidate != next)
        ready_append(cpu, cpu->candidate);
    cpu->candidate = NULL;
    if (next)
        ready_remove(cpu, next);
    if (next == cpu->current)
        return;
    if (running)
        ready_prepend(cpu, running);
    if (next) {
        machine_switch(cpu, next);
    } else {
        cpu->current = NULL;
        machine_enter(cpu, NULL);
    }
}

/* The running context's first refill came to its end. What is left, if anything, is for after the others of its priority. */
static void slice_end(struct cpu *cpu, bool may_time_out)
{
    struct sched_context *sc = cpu->sc;
    struct thread *t = sc->thread;

    cpu->sc = NULL;
    cpu->slice_ended = false;
    if (!thread_runnable(t))
        return;                         /* looked at when it wakes */
    sched_stop(t);
    if (refill_ready(sc, cpu->charged))
        ready_append(cpu, t);
    else if (!may_time_out || !fault_raise_timeout(t))
        release_insert(cpu, sc);
}

void sched_end_slice(void)
{
    struct cpu *cpu = this_cpu();

    charge(cpu, refill_first(cpu->sc)->amount);
    slice_end(cpu, false);
}

static void pick(struct cpu *cpu)
{
    struct thread *running, *next;

    if (cpu->slice_ended)
        slice_end(cpu, true);
    next = best(cpu, &running);
    if (cpu->sc && (!next || next->sc != cpu->sc)) {
        charge(cpu, 0);
        if (cpu->slice_ended) {         /* just now: it no longer competes, and its handler may */
            slice_end(cpu, true);
            next = best(cpu, &running);
        }
        cpu->sc = NULL;
    }
    if (!cpu->sc && next) {
        if (!cpu->current)
            cpu->charged = arch_time(); /* nobody pays for idling */
        cpu->sc = next->sc;
        cpu->timer_stale = true;
        /* What it did not use meanwhile is not saved up; for sporadic ones that is seen to when they wake. */
        if (!cpu->sc->sporadic && !sc_full_period(cpu->sc))
            refill_unblock(cpu->sc, cpu->charged);
    }
    settle(cpu, running, next);
    cpu->reschedule = false;
    if (next && next->yield_to)
        sc_complete_yield(next);
}

static ticks_t earlier(ticks_t a, ticks_t b) { return a < b ? a : b; }

static void arm(struct cpu *cpu)
{
    ticks_t deadline = cpu->domain_end;

    if (cpu->sc)
        deadline = earlier(deadline, cpu->charged + refill_first(cpu->sc)->amount);
    if (cpu->release)
        deadline = earlier(deadline, refill_first(cpu->release)->time);
    arch_timer_set(deadline < TIME_NEVER ? deadline : UINT64_MAX);
    cpu->timer_stale = false;
}

void sched_settle(struct cpu *cpu)
{
    if (cpu->reschedule)
        pick(cpu);
    if (cpu->timer_stale)
        arm(cpu);
}

inline struct thread *sched_next(void)
{
    struct cpu *cpu = this_cpu();

    if (cpu->reschedule || cpu->timer_stale)
        sched_settle(cpu);
    return cpu->current;
}
