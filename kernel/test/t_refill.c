/* SPDX-License-Identifier: BSD-2-Clause
 * Refills over arbitrary times: no tick is lost or counted twice, and no period sees more than the budget. */
#include "../core/cpu.h"
#include "../core/refill.h"
#include "test.h"

#include <stdlib.h>

static union { struct sched_context sc; uint8_t size[1u << 10]; } memory;
static struct sched_context *const sc = &memory.sc;

static void start(ticks_t budget, ticks_t period, uint16_t refills, ticks_t now)
{
    sc->budget = budget;
    sc->period = period;
    sc->refill_max = refills;
    refill_start(sc, now);
    CHECK(refill_invariant(sc));
}

TEST(what_was_used_comes_back_one_period_after_it_could_be_used)
{
    start(100, 1000, 4, 5000);
    CHECK(!refill_charge(sc, 30));
    CHECK_EQUAL(sc->count, 2);
    CHECK_EQUAL(refill_first(sc)->time, 5030);
    CHECK_EQUAL(refill_first(sc)->amount, 70);
    CHECK(refill_charge(sc, 70));
    CHECK_EQUAL(refill_first(sc)->time, 6000);
    CHECK_EQUAL(refill_first(sc)->amount, 100);     /* 30 at 6000 and 70 at 6030 are one */
}

TEST(a_full_period_context_gets_a_new_slice_when_one_ends)
{
    start(100, 100, 2, 5000);
    CHECK(!refill_charge(sc, 99));
    CHECK_EQUAL(refill_first(sc)->amount, 1);
    CHECK(refill_charge(sc, 1));
    CHECK_EQUAL(refill_first(sc)->amount, 100);
    CHECK(refill_ready(sc, 5000));
}

TEST(more_than_the_budget_used_at_once_delays_by_as_many_periods)
{
    start(100, 1000, 4, 0);
    CHECK(refill_charge(sc, 350));
    CHECK_EQUAL(refill_first(sc)->time, 3050);
    CHECK_EQUAL(refill_first(sc)->amount, 50);
    CHECK(refill_invariant(sc));
}

TEST(with_every_place_for_a_refill_taken_a_delay_counts_once)
{
    start(100, 1000, 2, 0);
    CHECK(!refill_charge(sc, 30));      /* 70 now, 30 a period later */
    CHECK_EQUAL(sc->count, 2);
    const ticks_t first = refill_first(sc)->time;
    CHECK(refill_charge(sc, 100));
    CHECK_EQUAL(refill_first(sc)->time, first + 1000);
    CHECK(refill_invariant(sc));
}

TEST(an_absurd_charge_stops_at_the_end_of_time_instead_of_wrapping)
{
    start(100, 1000, 4, 0);
    CHECK(refill_charge(sc, UINT64_MAX));
    CHECK(refill_first(sc)->time <= TIME_NEVER && !refill_ready(sc, TIME_NEVER - 1));
    start(1 << 20, (ticks_t)1 << 40, 4, 0);
    CHECK(refill_charge(sc, (ticks_t)1 << 44));     /* 2^24 periods of 2^40 */
    CHECK(!refill_ready(sc, TIME_NEVER - 1));
}

TEST(a_piece_too_small_to_run_on_is_added_to_the_next)
{
    this_cpu()->min_budget = 20;
    start(100, 1000, 4, 0);
    CHECK(refill_charge(sc, 90));
    CHECK_EQUAL(sc->count, 1);
    CHECK_EQUAL(refill_first(sc)->time, 990);       /* 10 before the 90 that come at 1000 */
    CHECK_EQUAL(refill_first(sc)->amount, 100);
}

TEST(a_piece_just_long_enough_to_run_on_is_left_alone)
{
    this_cpu()->min_budget = 20;
    start(100, 1000, 4, 0);
    CHECK(!refill_charge(sc, 80));
    CHECK_EQUAL(sc->count, 2);
    CHECK_EQUAL(refill_first(sc)->amount, 20);
}

TEST(a_sporadic_context_that_wakes_does_not_catch_up_on_the_past)
{
    start(100, 1000, 4, 0);
    refill_charge(sc, 40);
    refill_unblock(sc, 50000);
    CHECK_EQUAL(refill_first(sc)->time, 50000);
    CHECK_EQUAL(refill_first(sc)->amount, 100);
    CHECK_EQUAL(sc->count, 1);
}

TEST(waking_before_the_next_refill_changes_nothing)
{
    start(100, 1000, 4, 0);
    refill_charge(sc, 100);
    refill_unblock(sc, 500);
    CHECK_EQUAL(refill_first(sc)->time, 1000);
}

/* What ran when: the test's own account, to look back over one period from the end of every run. */
enum { RUNS = 4000 };
static struct { ticks_t from, to; } runs[RUNS];

static ticks_t used_between(unsigned count, ticks_t from, ticks_t to)
{
    ticks_t sum = 0;

    while (count-- > 0 && runs[count].to > from) {
        const ticks_t begin = runs[count].from > from ? runs[count].from : from;
        const ticks_t end = runs[count].to < to ? runs[count].to : to;

        sum += end > begin ? end - begin : 0;
    }
    return sum;
}

/* A thread that runs as long as it may, is interrupted at any time, and sleeps at any time. */
static void run_at_random(unsigned seed, ticks_t budget, ticks_t period, uint16_t refills, bool sporadic)
{
    ticks_t now = (ticks_t)random(), begun = now, total = 0;

    srandom(seed);
    start(budget, period, refills, now);
    for (unsigned n = 0; n < RUNS; n++) {
        ticks_t used;

        if (random() % 4 == 0) {
            now += (ticks_t)random() % (2 * period);
            if (sporadic)
                refill_unblock(sc, now);
        }
        if (!refill_ready(sc, now))
            now = refill_first(sc)->time;
        used = 1 + (ticks_t)random() % refill_first(sc)->amount;
        runs[n].from = now;
        now += used;
        runs[n].to = now;
        refill_charge(sc, used);
        total += used;
        CHECK(refill_invariant(sc));
        if (sporadic)
            CHECK(used_between(n + 1, now > period ? now - period : 0, now) <= budget);
    }
    CHECK(total <= ((now - begun) / period + 2) * budget);
}

TEST(in_no_period_does_a_sporadic_context_use_more_than_its_budget_and_none_of_it_is_lost)
{
    for (unsigned seed = 0; seed < 30; seed++) {
        const ticks_t period = 100 + (ticks_t)random() % 100000, budget = 40 + (ticks_t)random() % (period - 60);

        this_cpu()->min_budget = seed % 2 ? 20 : 0;
        run_at_random(seed, budget, period, (uint16_t)(2 + seed % 7), true);
    }
}

TEST(over_any_time_a_constant_bandwidth_context_uses_no_more_than_its_share)
{
    for (unsigned seed = 0; seed < 30; seed++) {
        const ticks_t period = 100 + (ticks_t)random() % 100000, budget = 40 + (ticks_t)random() % (period - 60);

        this_cpu()->min_budget = seed % 2 ? 20 : 0;
        run_at_random(seed, budget, period, (uint16_t)(2 + seed % 7), false);
    }
}

TEST(a_context_in_use_that_gets_new_parameters_has_what_it_had_and_the_rest_a_period_after_it_spent_it)
{
    start(100, 1000, 4, 5000);
    CHECK(!refill_charge(sc, 30));
    refill_update(sc, 100, 1000, 4, 5030);
    CHECK(refill_invariant(sc));
    CHECK_EQUAL(refill_first(sc)->time, 5030);
    CHECK_EQUAL(refill_first(sc)->amount, 70);
    CHECK(refill_charge(sc, 70));
    CHECK_EQUAL(refill_first(sc)->time, 6000);
    CHECK_EQUAL(refill_first(sc)->amount, 100);
}

TEST(a_smaller_budget_counts_at_once_and_a_larger_one_after_a_period)
{
    start(100, 1000, 4, 5000);
    refill_update(sc, 40, 500, 3, 5000);
    CHECK(refill_invariant(sc));
    CHECK_EQUAL(refill_first(sc)->amount, 40);
    CHECK_EQUAL(sc->count, 1);
    refill_update(sc, 60, 500, 3, 5000);
    CHECK(refill_invariant(sc));
    CHECK_EQUAL(refill_first(sc)->amount, 40);
    CHECK_EQUAL(sc->count, 2);
}

TEST(refills_that_break_a_rule_are_told_from_those_that_do_not)
{
    start(100, 1000, 4, 5000);
    CHECK(!refill_charge(sc, 30));
    sc->refills[1].amount--;                        /* a tick is lost */
    CHECK(!refill_invariant(sc));
    sc->refills[1].amount++;
    CHECK(refill_invariant(sc));
    sc->refills[1].time = 5040;                     /* the first is not over then */
    CHECK(!refill_invariant(sc));
    sc->refills[1].time = 7000;                     /* more than a period later */
    CHECK(!refill_invariant(sc));
    sc->head = 4;
    CHECK(!refill_invariant(sc));
    sc->head = 0;
    sc->count = 5;
    CHECK(!refill_invariant(sc));
    sc->count = 0;
    CHECK(!refill_invariant(sc));
}

TEST(a_slice_is_one_refill_of_at_most_the_budget)
{
    start(100, 100, 2, 5000);
    sc->refills[0].amount = 101;
    CHECK(!refill_invariant(sc));
    sc->refills[0].amount = 0;
    CHECK(!refill_invariant(sc));
    sc->refills[0].amount = 100;
    sc->count = 2;
    CHECK(!refill_invariant(sc));
}

TEST(a_first_refill_that_is_too_small_to_run_on_breaks_a_rule)
{
    start(100, 1000, 4, 5000);
    CHECK(!refill_charge(sc, 30));
    this_cpu()->min_budget = 71;
    CHECK(!refill_invariant(sc));
}

TEST(time_ends_at_never)
{
    CHECK_EQUAL(time_add(1, 2), 3);
    CHECK_EQUAL(time_add(TIME_NEVER - 1, 1), TIME_NEVER);
    CHECK_EQUAL(time_add(TIME_NEVER - 1, 5), TIME_NEVER);
    CHECK_EQUAL(time_add(5, TIME_NEVER), TIME_NEVER);
    CHECK_EQUAL(time_add(TIME_NEVER, TIME_NEVER), TIME_NEVER);
    CHECK_EQUAL(time_add(TIME_NEVER, 0), TIME_NEVER);
}
