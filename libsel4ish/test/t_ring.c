/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/ring.h>

#include "test.h"

enum { SIZE = 16 };

static uint8_t bytes[SIZE];
static uint32_t written, taken;
static struct sel4ish_ring_writer w;
static struct sel4ish_ring_reader r;

static void setup(uint32_t start)
{
    written = taken = start;
    w = (struct sel4ish_ring_writer) { bytes, SIZE, &written, &taken, start, false };
    r = (struct sel4ish_ring_reader) { bytes, SIZE, &written, &taken, start, false };
}

TEST(bytes_come_out_as_they_went_in_across_the_end_and_the_wrap)
{
    setup(UINT32_MAX - 20);
    for (unsigned round = 0; round < 50; round++) {
        char in[11], out[SIZE] = { 0 };

        for (unsigned i = 0; i < sizeof in; i++)
            in[i] = (char)(round * 7 + i);
        CHECK(sel4ish_ring_write(&w, in, sizeof in));
        CHECK(!sel4ish_ring_write(&w, in, SIZE - sizeof in + 1));
        CHECK(sel4ish_ring_read(&r, out, 4) == 4);
        CHECK(sel4ish_ring_read(&r, out + 4, sizeof out - 4) == sizeof in - 4);
        CHECK(!memcmp(in, out, sizeof in));
        CHECK(sel4ish_ring_used(&r) == 0 && sel4ish_ring_room(&w) == SIZE);
    }
}

TEST(a_full_ring_takes_nothing_and_an_empty_one_gives_nothing)
{
    char all[SIZE] = "0123456789abcde", out[1];

    setup(0);
    CHECK(sel4ish_ring_write(&w, all, SIZE));
    CHECK(sel4ish_ring_room(&w) == 0 && !sel4ish_ring_write(&w, all, 1));
    CHECK(sel4ish_ring_read(&r, all, SIZE) == SIZE);
    CHECK(sel4ish_ring_read(&r, out, 1) == 0);
}

TEST(a_readers_impossible_index_stops_the_writer_for_good)
{
    setup(100);
    taken = 101;                        /* more than was written */
    CHECK(!sel4ish_ring_write(&w, "x", 1));
    CHECK(w.broken);
    taken = 100;
    CHECK(!sel4ish_ring_write(&w, "x", 1));
    CHECK(written == 100);
}

TEST(a_writers_impossible_index_stops_the_reader_for_good)
{
    char out[4 * SIZE];

    setup(100);
    written = 100 + SIZE + 1;
    CHECK(sel4ish_ring_read(&r, out, sizeof out) == 0);
    CHECK(r.broken);
    written = 101;
    CHECK(sel4ish_ring_read(&r, out, sizeof out) == 0);
    CHECK(taken == 100);
}

TEST(each_side_believes_its_own_index_not_the_page)
{
    setup(0);
    CHECK(sel4ish_ring_write(&w, "ab", 2));
    written = 77;                       /* somebody spoils the page */
    CHECK(sel4ish_ring_write(&w, "cd", 2));
    CHECK(written == 4);
}
