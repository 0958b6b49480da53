/* SPDX-License-Identifier: BSD-2-Clause
 * Release queue: the earliest first, and a balanced tree whatever is put in and taken out. */
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

/* Depth first without recursion is the kernel's business; here the height bounds it. */
static int checked_height(const struct sched_context *sc, unsigned *count)
{
    int left, right;

    if (!sc)
        return 0;
    CHECK(!sc->release.left || sc->release.left->release.parent == sc);
    CHECK(!sc->release.right || sc->release.right->release.parent == sc);
    left = checked_height(sc->release.left, count);
    right = checked_height(sc->release.right, count);
    CHECK(left - right <= 1 && right - left <= 1);
    CHECK_EQUAL(sc->release.height, 1 + (left > right ? left : right));
    ++*count;
    return sc->release.height;
}

TEST(the_earliest_context_is_first_and_equals_keep_their_order)
{
    insert(0, 50);
    insert(1, 20);
    insert(2, 20);
    insert(3, 70);
    CHECK(this_cpu()->release_first == context(1) && this_cpu()->timer_stale);
    release_remove(this_cpu(), context(1));
    CHECK(this_cpu()->release_first == context(2));
    release_remove(this_cpu(), context(2));
    CHECK(this_cpu()->release_first == context(0));
}

TEST(a_context_that_is_not_first_comes_and_goes_without_touching_the_timer)
{
    insert(0, 10);
    this_cpu()->timer_stale = false;
    insert(1, 20);
    release_remove(this_cpu(), context(1));
    CHECK(!this_cpu()->timer_stale && !context(1)->in_release);
    release_remove(this_cpu(), context(1));     /* again: nothing happens */
    CHECK(this_cpu()->release_first == context(0));
}

TEST(who_was_first_is_first_again_when_an_earlier_one_has_gone)
{
    insert(0, 20);
    insert(1, 20);
    insert(2, 10);
    CHECK(this_cpu()->release_first == context(2));
    release_remove(this_cpu(), context(2));
    CHECK(this_cpu()->release_first == context(0));
    release_remove(this_cpu(), context(0));
    CHECK(this_cpu()->release_first == context(1));
}

TEST(the_tree_stays_balanced_and_sorted_through_many_random_steps)
{
    unsigned inside = 0;

    srandom(2);
    for (unsigned step = 0; step < 20000; step++) {
        const unsigned i = (unsigned)random() % CONTEXTS;
        const struct sched_context *earliest = NULL;
        unsigned count = 0;

        if (context(i)->in_release) {
            release_remove(this_cpu(), context(i));
            inside--;
        } else {
            insert(i, (ticks_t)random() % 100);
            inside++;
        }
        if (step % 16)
            continue;
        checked_height(this_cpu()->release, &count);
        count += this_cpu()->release_first && !this_cpu()->release_first->release.height;   /* stands apart */
        CHECK_EQUAL(count, inside);
        for (unsigned k = 0; k < CONTEXTS; k++)
            if (context(k)->in_release && (!earliest || context(k)->refills[0].time < earliest->refills[0].time))
                earliest = context(k);
        CHECK(!earliest || this_cpu()->release_first->refills[0].time == earliest->refills[0].time);
        CHECK(!earliest == !this_cpu()->release_first);
    }
}

TEST(contexts_inserted_in_order_of_time_make_no_tall_tree)
{
    for (unsigned i = 0; i < CONTEXTS; i++)
        insert(i, i);
    CHECK(this_cpu()->release->release.height <= 12);   /* 1.44 log2(300) */
    for (unsigned i = 0; i < CONTEXTS; i++) {
        CHECK(this_cpu()->release_first == context(i));
        release_remove(this_cpu(), context(i));
    }
    CHECK(!this_cpu()->release);
}
