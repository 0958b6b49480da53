/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduling context: the right to use a processor for a budget in every period, held by one thread at a time.
 * Invariants: thread->sc == this; notification->sc == this (both may be set: the thread gives it back when it waits there);
 * reply->sc == this; refill_max 0: not configured, of no use to anyone; in_release exactly while it is in its processor's release queue. Refills: see refill.h. */
#pragma once

#include "../core/delete.h"
#include "../core/thread.h"

struct refill { ticks_t time, amount; };    /* from time on, amount ticks */

struct release_link {                       /* see release_queue.h */
    struct sched_context *parent, *left, *right;
    uint32_t number;
    uint8_t rank;
};

struct sched_context {
    struct thread *thread;                  /* that runs on it */
    struct notification *notification;      /* that lends it; the thread gives it back when it waits again */
    struct reply *reply;                    /* newest reply of the chain of calls it travelled along */
    struct thread *yield_from;              /* waits to be told what this consumed */
    ticks_t budget, period;                 /* equal: full period, round robin */
    ticks_t consumed;                       /* since it was last told */
    word_t badge;                           /* in time-out faults */
    struct release_link release;
    uint16_t refill_max, head, count;       /* ring of refills; max 0: not configured */
    bool sporadic;
    bool in_release;
    struct refill refills[];
};

enum {
    SC_MIN_BITS = 8,        /* of the object; libsel4's seL4_MinSchedContextBits */
    SC_MIN_REFILLS = 2,
    SC_MAX_REFILLS = 512,   /* so many are looked at between two looks at the interrupts: a context of 8 KiB */
};
_Static_assert(sizeof(struct sched_context) + SC_MIN_REFILLS * sizeof(struct refill) <= 1u << SC_MIN_BITS,
               "the smallest context holds two refills");

static inline word_t sc_refill_capacity(uint8_t size_bits)
{
    return (((word_t)1 << size_bits) - sizeof(struct sched_context)) / sizeof(struct refill);
}
static inline bool sc_active(const struct sched_context *sc) { return sc->refill_max; }
static inline bool sc_full_period(const struct sched_context *sc) { return sc->budget == sc->period; }

/* budget <= period, in ticks; refills >= SC_MIN_REFILLS and within the object. Its thread competes again. */
void sc_configure(struct sched_context *sc, ticks_t budget, ticks_t period, word_t refills, word_t badge, bool sporadic);
/* The first thread's context: full period, so round robin, of BOOT_TIME_SLICE_US; bound to t. Memory is zeroed. */
void sc_bind_boot(struct sched_context *sc, struct thread *t);
void sc_bind_thread(struct sched_context *sc, struct thread *t);    /* neither is bound */
/* May t have sc: is neither bound to the like, and could t run at once if it were woken from what it waits for? */
bool sc_may_bind(struct sched_context *sc, const struct thread *t);
void sc_unbind_thread(struct sched_context *sc);                    /* nothing if no thread is */
void sc_bind_notification(struct sched_context *sc, struct notification *n);
void sc_unbind_notification(struct sched_context *sc);
void sc_donate(struct sched_context *sc, struct thread *to);        /* takes it from whoever has it; to has none */
word_t sc_take_consumed(struct sched_context *sc);                  /* microseconds; starts counting anew */
void sc_complete_yield(struct thread *yielder);                     /* tell it what yield_to consumed */
void sc_cancel_yield(struct thread *yielder);

enum { BOOT_TIME_SLICE_US = 10000 };

extern const struct object_end sc_end;
