/* SPDX-License-Identifier: BSD-2-Clause
 * Rectangle: pixels from x0, y0 up to but not including x1, y1. One without area is empty, whatever its corners say.
 * Values only; coordinates stay within +-RECT_MOST, so that no sum of two overflows. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { RECT_MOST = 1 << 24 };

struct rect {
    int32_t x0, y0, x1, y1;
};

static inline struct rect rect_at(int32_t x, int32_t y, int32_t width, int32_t height)
{
    return (struct rect){x, y, x + width, y + height};
}

static inline bool rect_empty(struct rect r)
{
    return r.x0 >= r.x1 || r.y0 >= r.y1;
}

static inline int32_t rect_width(struct rect r)
{
    return r.x1 - r.x0;
}

static inline int32_t rect_height(struct rect r)
{
    return r.y1 - r.y0;
}

static inline struct rect rect_moved(struct rect r, int32_t dx, int32_t dy)
{
    return (struct rect){r.x0 + dx, r.y0 + dy, r.x1 + dx, r.y1 + dy};
}

static inline struct rect rect_common(struct rect a, struct rect b)
{
    return (struct rect){a.x0 > b.x0 ? a.x0 : b.x0, a.y0 > b.y0 ? a.y0 : b.y0,
                         a.x1 < b.x1 ? a.x1 : b.x1, a.y1 < b.y1 ? a.y1 : b.y1};
}

static inline bool rect_meets(struct rect a, struct rect b)
{
    return !rect_empty(rect_common(a, b));
}

/* The smallest that holds both. */
static inline struct rect rect_around(struct rect a, struct rect b)
{
    if (rect_empty(a))
        return b;
    if (rect_empty(b))
        return a;
    return (struct rect){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0,
                         a.x1 > b.x1 ? a.x1 : b.x1, a.y1 > b.y1 ? a.y1 : b.y1};
}

static inline bool rect_holds(struct rect r, int32_t x, int32_t y)
{
    return x >= r.x0 && x < r.x1 && y >= r.y0 && y < r.y1;
}

static inline bool rect_covers(struct rect a, struct rect b)
{
    return rect_empty(b) || (a.x0 <= b.x0 && a.y0 <= b.y0 && a.x1 >= b.x1 && a.y1 >= b.y1);
}

/* What of r lies outside of hole: at most four rectangles that do not meet. Returns how many. */
static inline unsigned rect_without(struct rect r, struct rect hole, struct rect rest[4])
{
    struct rect in = rect_common(r, hole);
    unsigned n = 0;

    if (rect_empty(r))
        return 0;
    if (rect_empty(in)) {
        rest[0] = r;
        return 1;
    }
    if (r.y0 < in.y0)
        rest[n++] = (struct rect){r.x0, r.y0, r.x1, in.y0};
    if (r.x0 < in.x0)
        rest[n++] = (struct rect){r.x0, in.y0, in.x0, in.y1};
    if (in.x1 < r.x1)
        rest[n++] = (struct rect){in.x1, in.y0, r.x1, in.y1};
    if (in.y1 < r.y1)
        rest[n++] = (struct rect){r.x0, in.y1, r.x1, r.y1};
    return n;
}
