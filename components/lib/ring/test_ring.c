/* SPDX-License-Identifier: BSD-2-Clause
 * Ring: what two counters say. */
#include <test.h>

#include "ring.h"

static uint32_t count;

TEST(used_and_free_make_the_length)
{
    CHECK(ring_used(10, 7, 8, &count) && count == 3);
    CHECK(ring_free(10, 7, 8) == 5);
    CHECK(ring_used(8, 0, 8, &count) && count == 8);
    CHECK(ring_free(8, 0, 8) == 0);
}

TEST(counters_that_wrapped_still_count)
{
    CHECK(ring_used(2, UINT32_MAX, 8, &count) && count == 3);
    CHECK(ring_free(2, UINT32_MAX, 8) == 5);
}

TEST(a_counter_that_cannot_be_true_gives_nothing)
{
    CHECK(!ring_used(9, 0, 8, &count) && count == 0);
    CHECK(!ring_used(0, 1, 8, &count) && count == 0);
    CHECK(ring_free(9, 0, 8) == 0);
    CHECK(ring_free(0, 1, 8) == 0);
}
