/* SPDX-License-Identifier: BSD-2-Clause
 * Listener: whole groups or none, for clients that read, that do not, and that lie. */
#include <test.h>

#include "listener.h"

static struct input_base base;
static struct input_progress progress;
static struct listener listener = {.base = &base, .progress = &progress};
static const struct input_event press[] = {{INPUT_KEY, 30, INPUT_PRESSED}, {INPUT_SYN, INPUT_SYN_REPORT, 0}};
static struct input_event three[3];

TEST(a_client_reads_what_was_given)
{
    listener_give(&listener, press, 2);
    CHECK_EQUAL(base.written, 2);
    CHECK(base.events[0].code == 30 && base.events[1].type == INPUT_SYN);
    CHECK_EQUAL(base.dropped, 0);
}

TEST(a_client_that_does_not_read_loses_whole_groups)
{
    for (unsigned i = 0; i < INPUT_RING; i++)
        listener_give(&listener, three, 3);
    CHECK_EQUAL(base.written, INPUT_RING / 3 * 3);
    CHECK_EQUAL(base.dropped, INPUT_RING - INPUT_RING / 3);
    progress.taken = base.written - INPUT_RING + 3;     /* room for one group, to the event */
    listener_give(&listener, three, 3);
    listener_give(&listener, three, 3);
    CHECK_EQUAL(base.written, INPUT_RING / 3 * 3 + 3);
    CHECK_EQUAL(base.dropped, INPUT_RING - INPUT_RING / 3 + 1);
}

TEST(events_wrap_round_with_their_counter)
{
    listener.written = progress.taken = UINT32_MAX;
    listener_give(&listener, press, 2);
    CHECK_EQUAL(base.written, 1);
    CHECK(base.events[INPUT_RING - 1].code == 30 && base.events[0].type == INPUT_SYN);
}

TEST(a_client_whose_counter_cannot_be_true_gets_nothing)
{
    progress.taken = 1;
    listener_give(&listener, press, 2);
    CHECK_EQUAL(base.written, 0);
    CHECK_EQUAL(base.dropped, 1);
}

TEST(what_the_client_reads_is_not_what_the_driver_believes)
{
    base.written = base.dropped = 1000;
    listener_give(&listener, press, 2);
    CHECK_EQUAL(base.written, 2);
    listener_lose(&listener);
    CHECK_EQUAL(base.dropped, 1);
}

TEST(only_a_client_that_sleeps_is_rung)
{
    CHECK(!listener_wants_bell(&listener));
    progress.bell_wanted = 1;
    CHECK(listener_wants_bell(&listener));
}

TEST(nobody_there_is_no_trouble)
{
    struct listener nobody = {0};

    listener_give(&nobody, press, 2);
    listener_lose(&nobody);
    CHECK(!listener_wants_bell(&nobody));
}
