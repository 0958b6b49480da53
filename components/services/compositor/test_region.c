/* SPDX-License-Identifier: BSD-2-Clause
 * Region: no pixel twice, none forgotten. */
#include <test.h>

#include "region.h"

enum { SIDE = 64 };

static uint32_t random_state = 1;
static struct region region;
static bool added[SIDE][SIDE];

static int32_t below(int32_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return (int32_t)(random_state % (uint32_t)limit);
}

static void add(struct rect r)
{
    region_add(&region, r);
    for (int32_t y = r.y0; y < r.y1; y++)
        for (int32_t x = r.x0; x < r.x1; x++)
            added[y][x] = true;
}

static unsigned times(int32_t x, int32_t y)
{
    unsigned n = 0;

    for (unsigned i = 0; i < region.count; i++)
        n += rect_holds(region.rects[i], x, y);
    return n;
}

TEST(each_added_pixel_is_in_one_rectangle_and_no_other_pixel_in_any)
{
    for (int i = 0; i < 8; i++)
        add(rect_at(below(48), below(48), 1 + below(16), 1 + below(16)));
    for (int32_t y = 0; y < SIDE; y++)
        for (int32_t x = 0; x < SIDE; x++)
            CHECK(times(x, y) == added[y][x]);
}

TEST(a_region_that_has_no_room_grows_but_forgets_nothing)
{
    for (int i = 0; i < 500; i++) {
        add(rect_at(below(60), below(60), 1 + below(4), 1 + below(4)));
        CHECK(region.count <= REGION_RECTS);
        for (int32_t y = 0; y < SIDE; y++)
            for (int32_t x = 0; x < SIDE; x++)
                CHECK(times(x, y) <= 1 && (times(x, y) || !added[y][x]));
    }
}

TEST(nothing_is_not_added_and_what_is_there_is_not_added_again)
{
    add((struct rect){5, 5, 5, 9});
    CHECK(region_empty(&region));
    add((struct rect){1, 1, 20, 20});
    add((struct rect){4, 4, 10, 10});
    CHECK(region.count == 1);
    add((struct rect){0, 0, 30, 30});
    CHECK(region.count == 1 && rect_covers(region.rects[0], (struct rect){0, 0, 30, 30}));
}
