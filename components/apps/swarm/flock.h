/* SPDX-License-Identifier: BSD-2-Clause
 * Flock: birds that keep near each other, apart from each other, and fly the way of their neighbours.
 * Invariant: integers alone: the same seed and number of steps give the same flock on every machine. */
#pragma once

#include <stdint.h>

enum { FLOCK_BIRDS = 72, FLOCK_UNIT = 256 };    /* of place and speed: a 256th of a pixel */

struct bird {
    int32_t x, y, dx, dy;
};

struct flock {
    int32_t width, height;      /* units */
    uint32_t random;
    uint32_t steps;
    struct bird birds[FLOCK_BIRDS];
};

/* width and height in pixels. */
void flock_start(struct flock *flock, int32_t width, int32_t height, uint32_t seed);
void flock_step(struct flock *flock);
