/* SPDX-License-Identifier: BSD-2-Clause
 * Region: see region.h. */
#include "region.h"

/* Rectangles that r covers say nothing more. */
static void drop_covered(struct region *region, struct rect r)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < region->count; i++)
        if (!rect_covers(r, region->rects[i]))
            region->rects[kept++] = region->rects[i];
    region->count = kept;
}

static void grow_to_bounds(struct region *region, struct rect r)
{
    region->rects[0] = rect_around(region_bounds(region), r);
    region->count = 1;
}

/* What of r no rectangle from `from` on has. False: no room for all of it. */
static bool add_rest(struct region *region, struct rect r, unsigned from, unsigned count)
{
    struct rect rest[4];
    unsigned n;

    while (from < count && !rect_meets(r, region->rects[from]))
        from++;
    if (from == count) {
        if (region->count == REGION_RECTS)
            return false;
        region->rects[region->count++] = r;
        return true;
    }
    n = rect_without(r, region->rects[from], rest);
    for (unsigned i = 0; i < n; i++)
        if (!add_rest(region, rest[i], from + 1, count))
            return false;
    return true;
}

void region_add(struct region *region, struct rect r)
{
    if (rect_empty(r))
        return;
    drop_covered(region, r);
    if (!add_rest(region, r, 0, region->count))
        grow_to_bounds(region, r);
}

struct rect region_bounds(const struct region *region)
{
    struct rect bounds = {0};

    for (unsigned i = 0; i < region->count; i++)
        bounds = rect_around(bounds, region->rects[i]);
    return bounds;
}
