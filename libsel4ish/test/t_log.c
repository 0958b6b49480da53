/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/log.h>

#include <string.h>

#include <interfaces/log/log.h>
#include <sel4ish/event.h>

#include "fake.h"
#include "test.h"

static struct log_base *base(void) { return (struct log_base *)fake_log; }
static struct log_lines *lines(void) { return (struct log_lines *)(fake_log + FAKE_PAGE); }

static bool ring_is(const char *text)
{
    return lines()->written == strlen(text) && !memcmp(lines()->bytes, text, strlen(text));
}

TEST(lines_that_came_before_the_provider_are_delivered_when_it_comes)
{
    fake_reset();
    log_line("one %d", 1);
    log_line("two");
    CHECK_EQUAL(fake.requests, 2);
    fake.log_registered = true;
    fake.inbox = FAKE_LOG_BADGE;
    CHECK_EQUAL(sel4ish_event_wait(), FAKE_LOG_BADGE);
    CHECK(ring_is("one 1\ntwo\n"));
    log_line("three");
    CHECK(ring_is("one 1\ntwo\nthree\n"));
}

TEST(without_a_log_in_the_config_lines_go_to_the_debug_channel)
{
    fake_reset();
    fake_entry(SEL4ISH_USE, "log")->name[0] = 'L';
    log_line("hello");
    CHECK(!strcmp(fake.debug, "hello\n"));
}

TEST(the_provider_is_rung_only_while_it_sleeps)
{
    fake_reset();
    fake.log_registered = true;
    log_line("a");
    CHECK_EQUAL(fake.bells, 0);
    base()->bell_wanted = 1;
    log_line("b");
    CHECK(fake.bells == 1 && fake.last_bell == FAKE_LOG_BELL);
}

TEST(a_full_ring_costs_lines_and_a_bounded_wait_but_never_a_line_that_is_there)
{
    char text[200];

    fake_reset();
    fake.log_registered = true;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = 0;
    for (unsigned i = 0; i < LOG_RING_BYTES / sizeof text; i++)
        log_line("%s", text);
    CHECK_EQUAL(lines()->dropped, 0);
    CHECK_EQUAL(fake.yields, 0);
    log_line("%s", text);
    CHECK_EQUAL(lines()->dropped, sizeof text);
    CHECK(fake.yields > 0 && fake.yields < 1000);
    base()->taken = lines()->written;
    log_line("again");
    CHECK(lines()->written == LOG_RING_BYTES / sizeof text * sizeof text + 6);
}

TEST(a_provider_whose_index_is_impossible_gets_nothing_more)
{
    fake_reset();
    fake.log_registered = true;
    log_line("a");
    base()->taken = 5000;
    log_line("b");
    CHECK_EQUAL(lines()->written, 2);
    CHECK_EQUAL(lines()->dropped, 2);
}

TEST(a_ring_pointer_that_lies_is_not_followed)
{
    fake_reset();
    fake.log_registered = true;
    fake_entry(SEL4ISH_REGION, "lines")->v[2] = SEL4ISH_CLIENT_READS;  /* the pointer leads where the client cannot write */
    log_line("a");
    CHECK_EQUAL(lines()->written, 0);
    CHECK_EQUAL(fake.deleted[FAKE_LOG_SLOT], 1);
}

TEST(a_provider_that_left_and_came_back_gets_what_was_said_meanwhile)
{
    fake_reset();
    fake.log_registered = true;
    log_line("a");
    base()->header.ready = 0;
    fake.log_registered = false;
    log_line("b");
    CHECK_EQUAL(fake.deleted[FAKE_LOG_SLOT], 1);
    fake.log_registered = true;
    log_line("c");
    CHECK(ring_is("b\nc\n"));
}
