/* SPDX-License-Identifier: BSD-2-Clause
 * Refills: when a scheduling context may use how much of its budget (sporadic servers, as in seL4).
 *
 * Invariants: at least one refill; sorted by time; none overlaps the next (time + amount < next time, full-period contexts
 * excepted, which have one); amounts sum to the budget; the first holds at least MIN_BUDGET. */
#pragma once

#include "../object/sched_context.h"

#define TIME_NEVER (UINT64_MAX / 2)     /* times stop here instead of wrapping */

static inline struct refill *refill_first(struct sched_context *sc) { return &sc->refills[sc->head]; }

void refill_start(struct sched_context *sc, ticks_t now);   /* the whole budget, from now on */
/* `used` ticks were spent: each comes back one period after it could be spent. */
void refill_charge(struct sched_context *sc, ticks_t used);
/* A sporadic context's thread wakes: what it did not use while asleep does not pile up before now. */
void refill_unblock(struct sched_context *sc, ticks_t now);

static inline bool refill_ready(struct sched_context *sc, ticks_t now) { return refill_first(sc)->time <= now; }
