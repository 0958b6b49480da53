/* SPDX-License-Identifier: BSD-2-Clause
 * Viewer: one client of framebuffer@1 or @2 and what of its surface has reached the screen. Every word of `damage` and
 * of the surface may change at any time: each is read once.
 * Invariant: taken and shown are the driver's own counts, never read back; shown == taken between turns. */
#pragma once

#include <stdbool.h>

#include "scanout.h"

struct viewer {
    struct framebuffer_base *base;              /* null: there is no client */
    const struct framebuffer_damage *damage;    /* null: version 1 */
    const void *surface;
    uint32_t shown;
    bool rung;                                  /* version 1: the client rang since the last copy began */
};

enum viewer_turn {
    VIEWER_IDLE,        /* there was nothing to show */
    VIEWER_DONE,        /* all was shown */
    VIEWER_MORE,        /* something was shown, and there is more */
    VIEWER_BROKEN,      /* the client's counter cannot be true: its ring was skipped */
};

/* Shows what the client wants shown, stopping once the turn has copied a screenful. */
enum viewer_turn viewer_take_turn(struct viewer *viewer, const struct scanout *scanout);

/* Would a turn show anything? */
bool viewer_waiting(const struct viewer *viewer);

/* Shall the client ring from now on? Version 1 always does. */
void viewer_want_bell(struct viewer *viewer, bool wanted);

/* After a turn that showed something: does the client sleep on it? */
bool viewer_wants_bell(const struct viewer *viewer);
