/* SPDX-License-Identifier: BSD-2-Clause */
#include "../arch/memory_map.h"
#include "test.h"

enum { PAGE = 4096 };

static struct memory_range ranges[4];
static struct memory_map map;

static void start(void)
{
    map = (struct memory_map){ .ranges = ranges, .capacity = 4 };
}

static void add(paddr_t from, paddr_t to) { memory_map_add(&map, (struct memory_range){ from, to }, PAGE); }
static void hole(paddr_t from, paddr_t to) { memory_map_remove(&map, (struct memory_range){ from, to }, PAGE); }

static bool is(unsigned i, paddr_t from, paddr_t to)
{
    return i < map.count && ranges[i].start == from && ranges[i].end == to;
}

TEST(ranges_are_kept_sorted_and_those_that_touch_become_one)
{
    start();
    add(0x8000, 0x9000);
    add(0x1000, 0x2000);
    add(0x4000, 0x5000);
    CHECK(map.count == 3 && is(0, 0x1000, 0x2000) && is(1, 0x4000, 0x5000) && is(2, 0x8000, 0x9000));
    add(0x2000, 0x4000);
    CHECK(map.count == 2 && is(0, 0x1000, 0x5000));
    add(0x0, 0xa000);
    CHECK(map.count == 1 && is(0, 0x0, 0xa000));
}

TEST(memory_shrinks_to_whole_pages_and_a_hole_grows_to_them)
{
    start();
    add(0x1001, 0x3fff);
    CHECK(map.count == 1 && is(0, 0x2000, 0x3000));
    add(0x5001, 0x5fff);
    CHECK(map.count == 1);
    start();
    add(0x1000, 0x9000);
    hole(0x3fff, 0x5001);
    CHECK(map.count == 2 && is(0, 0x1000, 0x3000) && is(1, 0x6000, 0x9000));
}

TEST(a_hole_takes_whole_ranges_ends_of_ranges_and_nothing_beside_it)
{
    start();
    add(0x1000, 0x3000);
    add(0x5000, 0x7000);
    add(0x9000, 0xb000);
    hole(0x2000, 0xa000);
    CHECK(map.count == 2 && is(0, 0x1000, 0x2000) && is(1, 0xa000, 0xb000));
    hole(0x2000, 0xa000);
    CHECK(map.count == 2);
    hole(0x1000, 0x2000);
    CHECK(map.count == 1 && is(0, 0xa000, 0xb000));
    hole(0x3000, 0x3000);
    CHECK(map.count == 1);
}

TEST(ranges_at_the_end_of_all_addresses_do_not_wrap)
{
    start();
    add(0x1000, UINT64_MAX);
    CHECK(map.count == 1 && is(0, 0x1000, UINT64_MAX & ~0xffful));
    add(UINT64_MAX - 10, UINT64_MAX);
    CHECK(map.count == 1);
    hole(0x8000, 0);
    CHECK(map.count == 1 && is(0, 0x1000, 0x8000));
    hole(UINT64_MAX - 10, UINT64_MAX);
    CHECK(map.count == 1);
    add(0x9000, 0x2000);
    CHECK(map.count == 1);
}

TEST(a_full_map_says_so_and_stays_true)
{
    start();
    for (paddr_t i = 0; i < 5; i++)
        add(0x2000 * i, 0x2000 * i + 0x1000);
    CHECK(map.count == 4 && map.full);
    start();
    for (paddr_t i = 0; i < 4; i++)
        add(0x10000 * i, 0x10000 * i + 0x8000);
    hole(0x2000, 0x3000);
    CHECK(map.count == 4 && map.full && is(0, 0, 0x2000));
}
