/* SPDX-License-Identifier: BSD-2-Clause
 * The play on the host: threads whose next call the driver chooses whenever they run; time and interrupts are choices. */
#pragma once

#include "play.h"

struct host_play {
    struct play play;
    struct player player[PLAYERS + 1];      /* the last is whatever thread the players made */
    struct chance *chance;
    struct table *table;
    uint64_t calls;
};

void host_play_begin(struct host_play *h, struct table *table, struct chance *chance);
void host_play_step(struct host_play *h);   /* one entry into the kernel, counted in the table */
