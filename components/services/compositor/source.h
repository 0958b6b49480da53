/* SPDX-License-Identifier: BSD-2-Clause
 * Source: one keyboard or tablet, and what it does to the desk.
 * Invariant: counters are the compositor's own; what the driver wrote is read once and checked, as from anyone. */
#pragma once

#include "gesture.h"
#include "link.h"

enum { SOURCES = 8 };

struct source {
    struct link link;
    const struct input_base *base;
    struct input_progress *progress;
    uint32_t taken, dropped;
    struct gesture gesture;
};

struct sources {
    unsigned count;
    struct source sources[SOURCES];
};

/* Every instance that the description grants. */
void sources_start(struct sources *sources);
void sources_update(struct sources *sources, seL4_Word bits, bool polls, struct desk *desk);
/* Reads what is there, at most a ring's length of each. */
void sources_read(struct sources *sources, struct desk *desk);
