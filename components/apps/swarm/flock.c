/* SPDX-License-Identifier: BSD-2-Clause
 * Flock: see flock.h. */
#include "flock.h"

enum {
    SIGHT = 44 * FLOCK_UNIT, CLOSE = 15 * FLOCK_UNIT,   /* how far a bird sees; how near is too near */
    FASTEST = 3 * FLOCK_UNIT, SLOWEST = 5 * FLOCK_UNIT / 4,
    WALL = 34 * FLOCK_UNIT, TURN = 44,
};

/* Marsaglia's xorshift, 32 bits: never 0. */
static uint32_t next(struct flock *flock)
{
    flock->random ^= flock->random << 13;
    flock->random ^= flock->random >> 17;
    flock->random ^= flock->random << 5;
    return flock->random;
}

static int32_t below(struct flock *flock, int32_t limit)
{
    return (int32_t)(next(flock) % (uint32_t)limit);
}

static int32_t magnitude(int32_t v)
{
    return v < 0 ? -v : v;
}

/* Near enough to a length: never more than an eighth off. */
static int32_t length(int32_t dx, int32_t dy)
{
    int32_t a = magnitude(dx), b = magnitude(dy);

    return a > b ? a + b * 3 / 8 : b + a * 3 / 8;
}

void flock_start(struct flock *flock, int32_t width, int32_t height, uint32_t seed)
{
    *flock = (struct flock){.width = width * FLOCK_UNIT, .height = height * FLOCK_UNIT,
                            .random = seed * 0x9e3779b9u | 1};
    for (int i = 0; i < 8; i++)
        next(flock);
    for (int i = 0; i < FLOCK_BIRDS; i++)
        flock->birds[i] = (struct bird){below(flock, flock->width), below(flock, flock->height),
                                        below(flock, 2 * FASTEST) - FASTEST, below(flock, 2 * FASTEST) - FASTEST};
}

/* What the others make a bird want. */
static void follow(const struct flock *flock, struct bird *bird)
{
    int32_t x = 0, y = 0, dx = 0, dy = 0, away_x = 0, away_y = 0, seen = 0;

    for (int i = 0; i < FLOCK_BIRDS; i++) {
        const struct bird *other = &flock->birds[i];
        int32_t to_x = other->x - bird->x, to_y = other->y - bird->y, distance = length(to_x, to_y);

        if (other == bird || distance > SIGHT)
            continue;
        seen++;
        x += to_x;
        y += to_y;
        dx += other->dx - bird->dx;
        dy += other->dy - bird->dy;
        if (distance < CLOSE) {
            away_x -= to_x;
            away_y -= to_y;
        }
    }
    if (!seen)
        return;
    bird->dx += x / seen / 160 + dx / seen / 14 + away_x / 20;
    bird->dy += y / seen / 160 + dy / seen / 14 + away_y / 20;
}

static void stay_inside(const struct flock *flock, struct bird *bird)
{
    bird->dx += bird->x < WALL ? TURN : bird->x > flock->width - WALL ? -TURN : 0;
    bird->dy += bird->y < WALL ? TURN : bird->y > flock->height - WALL ? -TURN : 0;
}

static void keep_speed(struct bird *bird)
{
    int32_t speed = length(bird->dx, bird->dy);
    int32_t wanted = speed > FASTEST ? FASTEST : speed < SLOWEST ? SLOWEST : speed;

    if (speed == 0)
        bird->dx = SLOWEST;
    else if (speed != wanted) {
        bird->dx = bird->dx * wanted / speed;
        bird->dy = bird->dy * wanted / speed;
    }
}

/* Whoever flies too fast for a turn bounces off. */
static void bounce(int32_t *at, int32_t *speed, int32_t end)
{
    if (*at < 0 || *at >= end) {
        *at = *at < 0 ? 0 : end - 1;
        *speed = -*speed;
    }
}

void flock_step(struct flock *flock)
{
    for (int i = 0; i < FLOCK_BIRDS; i++) {
        struct bird *bird = &flock->birds[i];

        follow(flock, bird);
        stay_inside(flock, bird);
        bird->dx += below(flock, 33) - 16;
        bird->dy += below(flock, 33) - 16;
        keep_speed(bird);
        bird->x += bird->dx;
        bird->y += bird->dy;
        bounce(&bird->x, &bird->dx, flock->width);
        bounce(&bird->y, &bird->dy, flock->height);
    }
    flock->steps++;
}
