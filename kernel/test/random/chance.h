/* SPDX-License-Identifier: BSD-2-Clause
 * Chance: where choices come from: a seed, or bytes that a fuzzer gives, until there are none left. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct chance {
    uint64_t state;                 /* of a seed; not 0 */
    const uint8_t *next, *end;      /* a fuzzer's bytes; next null: use the seed */
};

static inline uint64_t chance_word(struct chance *c)
{
    c->state ^= c->state << 13;
    c->state ^= c->state >> 7;
    c->state ^= c->state << 17;
    return c->state * 0x2545f4914f6cdd1d;
}

/* 0 .. n - 1; n is not 0. */
static inline uint64_t below(struct chance *c, uint64_t n)
{
    uint64_t value = 0;

    if (!c->next)
        return (chance_word(c) >> 24) % n;
    for (uint64_t left = n - 1; left; left >>= 8)
        value = value << 8 | (c->next < c->end ? *c->next++ : 0);
    return value % n;
}

static inline bool one_in(struct chance *c, unsigned n) { return below(c, n) == 0; }
static inline bool chance_ended(const struct chance *c) { return c->next && c->next == c->end; }
