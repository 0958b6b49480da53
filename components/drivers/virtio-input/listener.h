/* SPDX-License-Identifier: BSD-2-Clause
 * Listener: one client of input@1 and its ring.
 * Invariant: written and dropped are the driver's own counts, published, never read back; events of one group lie in
 * the ring together or not at all. */
#pragma once

#include <stdbool.h>

#include <interfaces/input/input.h>

struct listener {
    struct input_base *base;                /* null: there is no client */
    const struct input_progress *progress;
    uint32_t written, dropped;
};

/* Gives the client a whole group, at most INPUT_GROUP events, or counts it as dropped. */
void listener_give(struct listener *listener, const struct input_event *events, unsigned count);
/* A group was lost before it came here. */
void listener_lose(struct listener *listener);
/* After events were given: does the client sleep? */
bool listener_wants_bell(const struct listener *listener);
