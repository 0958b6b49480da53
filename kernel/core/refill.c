/* SPDX-License-Identifier: BSD-2-Clause
 * Refills: see refill.h for the invariants that each function keeps. */
#include "refill.h"

#include "assert.h"
#include "cpu.h"

static struct refill *at(struct sched_context *sc, unsigned i)
{
    const unsigned place = sc->head + i;

    return &sc->refills[place < sc->refill_max ? place : place - sc->refill_max];
}

static struct refill *last(struct sched_context *sc)
{
    return at(sc, sc->count - 1u);
}

static struct refill pop(struct sched_context *sc)
{
    const struct refill first = *refill_first(sc);

    sc->head = (uint16_t)(sc->head + 1u < sc->refill_max ? sc->head + 1u : 0);
    sc->count--;
    return first;
}

/* Add one behind the last. In a full list the last is delayed until both are due: nobody gets time early. */
static void append(struct sched_context *sc, struct refill r)
{
    struct refill *l = last(sc);

    if (r.time <= time_add(l->time, l->amount)) {
        l->amount += r.amount;
    } else if (sc->count == sc->refill_max) {
        l->time = r.time - l->amount;
        l->amount += r.amount;
    } else {
        sc->count++;
        *last(sc) = r;
    }
}

void refill_start(struct sched_context *sc, ticks_t now)
{
    sc->head = 0;
    sc->count = 1;
    sc->refills[0] = (struct refill){ .time = now, .amount = sc->budget };
}

void refill_update(struct sched_context *sc, ticks_t budget, ticks_t period, uint16_t max, ticks_t now)
{
    struct refill first = *refill_first(sc);

    if (first.time < now)
        first.time = now;
    if (first.amount > budget)
        first.amount = budget;
    const ticks_t rest = budget - first.amount;
    sc->budget = budget;
    sc->period = period;
    sc->refill_max = max;
    refill_start(sc, now);
    sc->refills[0] = first;
    if (rest)
        append(sc, (struct refill){ .time = time_add(first.time, period - rest), .amount = rest });
}

/* A piece too small to run on waits for the next one, which begins so much earlier. */
static bool merge_small(struct sched_context *sc)
{
    const ticks_t min = this_cpu()->min_budget;
    bool merged = false;

    while (refill_first(sc)->amount < min) {    /* at most once for each refill: their sum is not less */
        const ticks_t amount = pop(sc).amount;

        refill_first(sc)->time -= amount;
        refill_first(sc)->amount += amount;
        merged = true;
    }
    return merged;
}

static bool charge_slice(struct sched_context *sc, ticks_t used)
{
    struct refill *first = refill_first(sc);

    if (used < first->amount && first->amount - used >= this_cpu()->min_budget) {
        first->amount -= used;
        return false;
    }
    first->amount = sc->budget;
    return true;
}

/* More than the whole budget was spent at once: everything comes back so many periods later. */
static ticks_t charge_periods(struct sched_context *sc, ticks_t used)
{
    const ticks_t periods = used / sc->budget;
    const ticks_t delay = periods < TIME_NEVER / sc->period ? periods * sc->period : TIME_NEVER;

    for (unsigned i = 0; i < sc->count; i++)
        at(sc, i)->time = time_add(at(sc, i)->time, delay);
    return used - periods * sc->budget;
}

bool refill_charge(struct sched_context *sc, ticks_t used)
{
    bool ended = false;

    if (sc_full_period(sc))
        return charge_slice(sc, used);
    if (used >= sc->budget) {
        used = charge_periods(sc, used);
        ended = true;
    }
    while (used >= refill_first(sc)->amount) {      /* at most once for each refill: used is less than their sum */
        struct refill r = pop(sc);

        used -= r.amount;
        r.time = time_add(r.time, sc->period);
        append(sc, r);
        ended = true;
    }
    if (used) {
        struct refill *first = refill_first(sc);
        const struct refill r = { .time = time_add(first->time, sc->period), .amount = used };

        first->time = time_add(first->time, used);
        first->amount -= used;
        append(sc, r);
    }
    return merge_small(sc) || ended;
}

void refill_unblock(struct sched_context *sc, ticks_t now)
{
    if (sc_full_period(sc) || !refill_ready(sc, now))
        return;
    refill_first(sc)->time = now;
    while (sc->count > 1 && at(sc, 1)->time <= time_add(now, refill_first(sc)->amount)) {
        const ticks_t amount = pop(sc).amount;

        refill_first(sc)->time = now;
        refill_first(sc)->amount += amount;
    }
}

bool refill_invariant(struct sched_context *sc)
{
    ticks_t sum = 0;

    if (!sc->count || sc->count > sc->refill_max || sc->head >= sc->refill_max)
        return false;
    if (sc_full_period(sc))
        return sc->count == 1 && refill_first(sc)->amount && refill_first(sc)->amount <= sc->budget;
    for (unsigned i = 0; i < sc->count; i++) {
        const struct refill *r = at(sc, i);

        if (i && r->time < time_add(at(sc, i - 1)->time, at(sc, i - 1)->amount))
            return false;
        sum += r->amount;
    }
    return sum == sc->budget && refill_first(sc)->amount >= this_cpu()->min_budget
        && time_add(last(sc)->time, last(sc)->amount) <= time_add(refill_first(sc)->time, sc->period);
}

inline ticks_t time_add(ticks_t a, ticks_t b)
{
    return a < TIME_NEVER && b < TIME_NEVER - a ? a + b : TIME_NEVER;
}
