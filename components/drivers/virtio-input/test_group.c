/* SPDX-License-Identifier: BSD-2-Clause
 * Group: what becomes of the device's events before a client sees them. */
#include <test.h>

#include "group.h"

static struct group group = {.x = {0, 32767}, .y = {-100, 100}};

static enum group_state add(uint16_t type, uint16_t code, int32_t value)
{
    return group_add(&group, (struct virtio_event){type, code, (uint32_t)value});
}

static bool event_is(unsigned n, uint16_t type, uint16_t code, int32_t value)
{
    return group.events[n].type == type && group.events[n].code == code && group.events[n].value == value;
}

TEST(a_group_ends_with_a_report)
{
    CHECK(add(INPUT_ABSOLUTE, INPUT_X, 5) == GROUP_OPEN);
    CHECK(add(INPUT_ABSOLUTE, INPUT_Y, -6) == GROUP_OPEN);
    CHECK(add(INPUT_KEY, INPUT_BUTTON_LEFT, INPUT_PRESSED) == GROUP_OPEN);
    CHECK(add(INPUT_SYN, INPUT_SYN_REPORT, 0) == GROUP_COMPLETE);
    CHECK_EQUAL(group.count, 4);
    CHECK(event_is(0, INPUT_ABSOLUTE, INPUT_X, 5));
    CHECK(event_is(1, INPUT_ABSOLUTE, INPUT_Y, -6));
    CHECK(event_is(2, INPUT_KEY, INPUT_BUTTON_LEFT, INPUT_PRESSED));
    CHECK(event_is(3, INPUT_SYN, INPUT_SYN_REPORT, 0));
    group_clear(&group);
    CHECK_EQUAL(group.count, 0);
}

TEST(places_beyond_their_range_are_brought_into_it)
{
    add(INPUT_ABSOLUTE, INPUT_X, INT32_MIN);
    add(INPUT_ABSOLUTE, INPUT_X, INT32_MAX);
    add(INPUT_ABSOLUTE, INPUT_Y, -101);
    CHECK(event_is(0, INPUT_ABSOLUTE, INPUT_X, 0));
    CHECK(event_is(1, INPUT_ABSOLUTE, INPUT_X, 32767));
    CHECK(event_is(2, INPUT_ABSOLUTE, INPUT_Y, -100));
}

TEST(what_the_interface_does_not_speak_of_is_left_out)
{
    CHECK(add(4, 4, 1) == GROUP_OPEN);                  /* EV_MSC */
    CHECK(add(INPUT_ABSOLUTE, 2, 1) == GROUP_OPEN);     /* a third axis */
    CHECK(add(INPUT_KEY, 30, 3) == GROUP_OPEN);         /* neither up nor down */
    CHECK(add(INPUT_KEY, 30, -1) == GROUP_OPEN);
    CHECK(add(INPUT_SYN, 3, 0) == GROUP_OPEN);
    CHECK_EQUAL(group.count, 0);
    CHECK(add(INPUT_SYN, INPUT_SYN_REPORT, 0) == GROUP_OPEN);
}

TEST(the_longest_group_fits_and_a_longer_one_is_lost)
{
    for (unsigned i = 0; i < INPUT_GROUP - 1; i++)
        CHECK(add(INPUT_KEY, (uint16_t)i, INPUT_PRESSED) == GROUP_OPEN);
    CHECK(add(INPUT_SYN, INPUT_SYN_REPORT, 0) == GROUP_COMPLETE);
    CHECK_EQUAL(group.count, INPUT_GROUP);
    group_clear(&group);
    for (unsigned i = 0; i < 10000; i++)
        CHECK(add(INPUT_KEY, (uint16_t)i, INPUT_PRESSED) == GROUP_OPEN);
    CHECK(add(INPUT_SYN, INPUT_SYN_REPORT, 0) == GROUP_LOST);
    group_clear(&group);
    add(INPUT_KEY, 30, INPUT_RELEASED);
    CHECK(add(INPUT_SYN, INPUT_SYN_REPORT, 0) == GROUP_COMPLETE);
}

TEST(a_group_of_which_something_was_lost_is_lost)
{
    add(INPUT_KEY, 30, INPUT_RELEASED);
    group_spoil(&group);
    CHECK(add(INPUT_SYN, INPUT_SYN_REPORT, 0) == GROUP_LOST);
}
