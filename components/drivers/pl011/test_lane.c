/* SPDX-License-Identifier: BSD-2-Clause
 * Lane: what a client's ring becomes on the wire, honest client or not. */
#include <string.h>

#include <test.h>

#include "lane.h"

static struct lane lane;
static struct log_lines lines;

static void client_writes(const char *text)
{
    for (; *text; text++)
        lines.bytes[lines.written++ % LOG_RING_BYTES] = (uint8_t)*text;
}

static bool next_is(const char *text)
{
    bool is = lane_read(&lane, &lines) == LANE_LINE && strcmp(lane.text, text) == 0;

    lane_shown(&lane);
    return is;
}

TEST(a_partial_line_waits_until_it_is_complete)
{
    client_writes("hel");
    CHECK(lane_read(&lane, &lines) == LANE_WAITING);
    client_writes("lo\nnext");
    CHECK(next_is("hello"));
    CHECK(lane_read(&lane, &lines) == LANE_WAITING);
}

TEST(each_call_gives_one_line_in_order)
{
    client_writes("a\n\nb\r\n");
    CHECK(next_is("a"));
    CHECK(next_is(""));
    CHECK(next_is("b"));
    CHECK(lane_read(&lane, &lines) == LANE_WAITING);
}

TEST(bytes_that_could_forge_a_mark_are_shown_as_question_marks)
{
    client_writes("a\x1b[2K\x9b\x7f\tz\n");
    CHECK(next_is("a?[2K??\tz"));
}

TEST(a_return_inside_a_line_moves_no_cursor)
{
    client_writes("ab\r[store] cd\n");
    CHECK(next_is("ab[store] cd"));
}

TEST(an_endless_line_is_broken_and_loses_nothing)
{
    for (int i = 0; i < LOG_LINE + 3; i++)
        client_writes("x");
    client_writes("\n");
    CHECK(lane_read(&lane, &lines) == LANE_LINE && strlen(lane.text) == LOG_LINE);
    lane_shown(&lane);
    CHECK(next_is("xxx"));
}

TEST(a_line_of_exactly_the_longest_length_is_one_line)
{
    for (int i = 0; i < LOG_LINE; i++)
        client_writes("x");
    client_writes("\nz\n");
    CHECK(lane_read(&lane, &lines) == LANE_LINE && strlen(lane.text) == LOG_LINE);
    lane_shown(&lane);
    CHECK(next_is("z"));
}

TEST(counters_wrap_round)
{
    lane.taken = lines.written = UINT32_MAX - 2;
    client_writes("wrapped\n");
    CHECK(next_is("wrapped"));
    CHECK(lane.taken == 5);
}

TEST(a_counter_that_cannot_be_true_skips_the_ring)
{
    lines.written = LOG_RING_BYTES + 1;
    CHECK(lane_read(&lane, &lines) == LANE_BROKEN);
    client_writes("again\n");
    CHECK(next_is("again"));
}

TEST(what_is_left_of_a_client_that_went_is_a_line)
{
    client_writes("last words");
    CHECK(lane_read(&lane, &lines) == LANE_WAITING);
    CHECK(lane_finish(&lane) == LANE_LINE && strcmp(lane.text, "last words") == 0);
    lane_shown(&lane);
    CHECK(lane_finish(&lane) == LANE_WAITING);
}

TEST(lost_bytes_are_told_once)
{
    lines.dropped = 7;
    CHECK_EQUAL(lane_lost(&lane, &lines), 7);
    CHECK_EQUAL(lane_lost(&lane, &lines), 0);
}
