/* SPDX-License-Identifier: BSD-2-Clause
 * Release queue: the earliest first, and short ways whatever is put in and taken out. */
#include "../core/cpu.h"
#include "../core/refill.h"
#include "../core/release_queue.h"
#include "test.h"

#include <stdlib.h>

enum { CONTEXTS = 300 };
static union { struct sched_context sc; uint8_t size[1u << SC_MIN_BITS]; } contexts[CONTEXTS];

static struct sched_context *context(unsigned i) { return &contexts[i].sc; }

static void insert(unsigned i, ticks_t time)
{
    context(i)->refill_max = SC_MIN_REFILLS;
    context(i)->budget = 10;
    refill_start(context(i), time);
    release_insert(this_cpu(), context(i));
}

/* Depth first without recursion is the kernel's business. How many contexts lie there; the rank by *rank. */
static unsigned checked(struct sched_context *sc, const struct sched_context *parent, unsigned *rank)
{
    unsigned left, right, count;

    *rank = 0;
    if (!sc)
        return 0;
    CHECK(sc->release.parent == parent && sc->in_release);
    CHECK(!parent || parent->refills[0].time <= sc->refills[0].time);
    count = 1 + checked(sc->release.left, sc, &left) + checked(sc->release.right, sc, &right);
    CHECK(left >= right);
    CHECK_EQUAL(sc->release.rank, right + 1);
    *rank = right + 1;
    return count;
}

TEST(the_earliest_context_is_first_and_equals_keep_their_order)
{
    insert(0, 50);
    insert(1, 20);
    insert(2, 20);
    insert(3, 70);
    CHECK(this_cpu()->release == context(1) && this_cpu()->timer_stale);
    release_remove(this_cpu(), context(1));
    CHECK(this_cpu()->release == context(2));
    release_remove(this_cpu(), context(2));
    CHECK(this_cpu()->release == context(0));
}

TEST(a_context_that_is_not_first_comes_and_goes_without_touching_the_timer)
{
    insert(0, 10);
    this_cpu()->timer_stale = false;
    insert(1, 20);
    release_remove(this_cpu(), context(1));
    CHECK(!this_cpu()->timer_stale && !context(1)->in_release);
    release_remove(this_cpu(), context(1));     /* again: nothing happens */
    CHECK(this_cpu()->release == context(0));
}

TEST(who_was_first_is_first_again_when_an_earlier_one_has_gone)
{
    insert(0, 20);
    insert(1, 20);
    insert(2, 10);
    CHECK(this_cpu()->release == context(2));
    release_remove(this_cpu(), context(2));
    CHECK(this_cpu()->release == context(0));
    release_remove(this_cpu(), context(0));
    CHECK(this_cpu()->release == context(1));
}

TEST(the_heap_stays_in_order_through_many_random_steps)
{
    unsigned inside = 0;

    srandom(2);
    for (unsigned step = 0; step < 20000; step++) {
        const unsigned i = (unsigned)random() % CONTEXTS;
        const struct sched_context *earliest = NULL;
        unsigned rank;

        if (context(i)->in_release) {
            release_remove(this_cpu(), context(i));
            inside--;
        } else {
            insert(i, (ticks_t)random() % 100);
            inside++;
        }
        if (step % 16)
            continue;
        CHECK_EQUAL(checked(this_cpu()->release, NULL, &rank), inside);
        for (unsigned k = 0; k < CONTEXTS; k++)
            if (context(k)->in_release && (!earliest || context(k)->refills[0].time < earliest->refills[0].time))
                earliest = context(k);
        CHECK(!earliest || this_cpu()->release->refills[0].time == earliest->refills[0].time);
        CHECK(!earliest == !this_cpu()->release);
    }
}

TEST(contexts_of_one_time_leave_in_the_order_they_came_also_when_the_numbers_go_round)
{
    this_cpu()->releases = UINT32_MAX - CONTEXTS / 2;
    for (unsigned i = 0; i < CONTEXTS; i++)
        insert(i, 5);
    for (unsigned i = 0; i < CONTEXTS; i++) {
        CHECK(this_cpu()->release == context(i));
        release_remove(this_cpu(), context(i));
    }
    CHECK(!this_cpu()->release);
}

/* To the right alone: what merging walks. */
static unsigned way(const struct sched_context *sc)
{
    unsigned steps = 0;

    for (; sc; sc = sc->release.right)
        steps++;
    return steps;
}

TEST(contexts_inserted_in_order_of_time_make_no_long_way)
{
    for (unsigned i = 0; i < CONTEXTS; i++) {
        insert(i, i);
        CHECK(way(this_cpu()->release) <= 8);           /* log2(301) */
    }
    for (unsigned i = 0; i < CONTEXTS; i++) {
        CHECK(this_cpu()->release == context(i));
        release_remove(this_cpu(), context(i));
        CHECK(way(this_cpu()->release) <= 8);
    }
    CHECK(!this_cpu()->release);
}

TEST(a_context_that_is_gone_is_not_taken_out_again)
{
    insert(0, 10);
    insert(1, 20);
    release_remove(this_cpu(), context(0));
    insert(2, 5);
    release_remove(this_cpu(), context(0));
    CHECK(this_cpu()->release == context(2));
    release_remove(this_cpu(), context(2));
    CHECK(this_cpu()->release == context(1));
}
