/* SPDX-License-Identifier: BSD-2-Clause
 * Region: what has to be drawn, as rectangles.
 * Invariant: the rectangles are not empty and do not meet, so that each pixel is in at most one; there are at most
 * REGION_RECTS. Where more would be needed it grows to the rectangle around all: a region never forgets a pixel. */
#pragma once

#include <lib/draw/rect.h>

enum { REGION_RECTS = 48 };

struct region {
    unsigned count;
    struct rect rects[REGION_RECTS];
};

static inline bool region_empty(const struct region *region)
{
    return region->count == 0;
}

void region_add(struct region *region, struct rect r);
/* The rectangle around all of it. */
struct rect region_bounds(const struct region *region);
