/* SPDX-License-Identifier: BSD-2-Clause
 * Flock: the same for the same seed, and never far away. */
#include <string.h>

#include <test.h>

#include "flock.h"

static struct flock a, b;

TEST(a_seed_says_all_that_a_flock_does)
{
    flock_start(&a, 360, 270, 5);
    flock_start(&b, 360, 270, 5);
    for (int i = 0; i < 300; i++) {
        flock_step(&a);
        flock_step(&b);
    }
    CHECK(memcmp(&a, &b, sizeof a) == 0);
    flock_start(&b, 360, 270, 6);
    CHECK(memcmp(a.birds, b.birds, sizeof a.birds) != 0);
}

TEST(birds_stay_within_the_window)
{
    flock_start(&a, 360, 270, 1);
    for (int i = 0; i < 5000; i++) {
        flock_step(&a);
        for (int n = 0; n < FLOCK_BIRDS; n++)
            CHECK(a.birds[n].x >= 0 && a.birds[n].x < 360 * FLOCK_UNIT && a.birds[n].y >= 0 &&
                  a.birds[n].y < 270 * FLOCK_UNIT);
    }
}
