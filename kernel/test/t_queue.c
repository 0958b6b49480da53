/* SPDX-License-Identifier: BSD-2-Clause
 * Wait queues: order, and removal from any place. */
#include "../core/queue.h"
#include "../core/thread.h"
#include "test.h"

#include <stdlib.h>

enum { THREADS = 40 };
static struct thread threads[THREADS];
static struct wait_queue queue;

static struct thread *with_priority(unsigned i, uint8_t priority)
{
    threads[i].priority = priority;
    wait_queue_insert(&queue, &threads[i]);
    return &threads[i];
}

static struct thread *pop(void)
{
    struct thread *t = wait_queue_head(&queue);

    if (t)
        wait_queue_remove(&queue, t);
    return t;
}

TEST(a_queue_gives_the_highest_priority_first_and_the_longest_waiting_among_equals)
{
    struct thread *low = with_priority(0, 3), *first = with_priority(1, 200), *second = with_priority(2, 200);
    struct thread *middle = with_priority(3, 100);

    CHECK(pop() == first && pop() == second && pop() == middle && pop() == low && !pop());
}

TEST(a_thread_may_leave_a_queue_from_the_front_the_middle_and_the_end_of_its_ring)
{
    for (unsigned leaver = 0; leaver < 5; leaver++) {
        struct thread *t[5];

        for (unsigned i = 0; i < 5; i++)
            t[i] = with_priority(i, i < 1 ? 9 : i < 4 ? 5 : 1);
        wait_queue_remove(&queue, t[leaver]);
        for (unsigned i = 0; i < 5; i++)
            CHECK(i == leaver || pop() == t[i]);
        CHECK(!wait_queue_head(&queue));
    }
}

TEST(walking_a_queue_meets_everyone_once_in_the_order_in_which_they_would_be_taken)
{
    unsigned met = 0;

    for (unsigned i = 0; i < THREADS; i++)
        with_priority(i, (uint8_t)(i * 7 % 5));
    for (struct thread *t = wait_queue_head(&queue); t; t = wait_queue_next(t), met++)
        CHECK(!wait_queue_next(t) || wait_queue_next(t)->priority <= t->priority);
    CHECK_EQUAL(met, THREADS);
}

/* A plain list does the same, slowly: longest waiting first, the highest priority is looked for. */
static unsigned order[THREADS], waiting;

static unsigned expected_first(void)
{
    unsigned best = 0;

    for (unsigned i = 1; i < waiting; i++)
        if (threads[order[i]].priority > threads[order[best]].priority)
            best = i;
    return best;
}

static void forget(unsigned place)
{
    for (waiting--; place < waiting; place++)
        order[place] = order[place + 1];
}

TEST(a_queue_behaves_as_a_plain_list_through_many_random_steps)
{
    srandom(1);
    for (unsigned step = 0; step < 100000; step++) {
        const unsigned i = (unsigned)random() % THREADS;
        unsigned place = 0;

        while (place < waiting && order[place] != i)
            place++;
        if (place == waiting) {
            with_priority(i, (uint8_t)(random() % 6 * 50));
            order[waiting++] = i;
        } else {
            wait_queue_remove(&queue, &threads[i]);
            forget(place);
        }
        CHECK(waiting ? wait_queue_head(&queue) == &threads[order[expected_first()]] : !wait_queue_head(&queue));
    }
}
