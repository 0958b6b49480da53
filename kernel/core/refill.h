/* SPDX-License-Identifier: BSD-2-Clause
 * Refills: when a scheduling context may use how much of its budget (sporadic servers, as in seL4).
 *
 * Invariants: at least one refill; sorted by time; none overlaps the next (time + amount <= next time); the last ends at
 * most one period after the first begins; amounts sum to the budget; the first holds at least cpu->min_budget. Full-period
 * contexts are simpler: one refill, always ready, that holds what is left of the slice. */
#pragma once

#include "../object/sched_context.h"

#define TIME_NEVER (UINT64_MAX / 2)     /* times stop here instead of wrapping */

ticks_t time_add(ticks_t a, ticks_t b);

static inline struct refill *refill_first(struct sched_context *sc) { return &sc->refills[sc->head]; }

void refill_start(struct sched_context *sc, ticks_t now);   /* the whole budget, from now on */
/* New parameters for a context in use, its budget less than its period: what is missing of the budget was spent just now,
 * so whoever is configured again and again gets no more than its share. */
void refill_update(struct sched_context *sc, ticks_t budget, ticks_t period, uint16_t max, ticks_t now);
/* `used` ticks were spent: each comes back one period after it could be spent. True: the first refill came to its end
 * (full period: the slice did, and a new one began). */
bool refill_charge(struct sched_context *sc, ticks_t used);
/* A context comes to run again (sporadic: its thread wakes): what it did not use meanwhile does not pile up before now. */
void refill_unblock(struct sched_context *sc, ticks_t now);

static inline bool refill_ready(struct sched_context *sc, ticks_t now) { return refill_first(sc)->time <= now; }
bool refill_invariant(struct sched_context *sc);            /* for debug kernels, tests and fuzzers */
