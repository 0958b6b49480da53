/* SPDX-License-Identifier: BSD-2-Clause
 * Alarms: a client of the time service that tries what the interface's header promises. */
#include <sel4ish/event.h>
#include <sel4ish/run.h>
#include <sel4ish/test.h>

#include <interfaces/time/time_client.h>

enum { READINGS = 10000, ALARMS = 50 };

static struct time_client clock;

static void wait_until_rung(void)
{
    while (!time_client_rung(&clock))
        sel4ish_event_wait_for(sel4ish_connection_bits(&clock.connection));
}

TEST(time_never_goes_backwards)
{
    uint64_t last = time_client_now(&clock);

    for (unsigned i = 0; i < READINGS; i++) {
        uint64_t now = time_client_now(&clock);

        CHECK(now >= last);
        last = now;
    }
}

TEST(an_alarm_rings_not_before_its_time)
{
    for (unsigned i = 0; i < ALARMS; i++) {
        uint64_t deadline = time_client_now(&clock) + i * TIME_MS / 10;

        time_client_set(&clock, deadline);
        wait_until_rung();
        CHECK(time_client_now(&clock) >= deadline);
    }
}

TEST(an_alarm_in_the_past_rings_at_once)
{
    time_client_set(&clock, 1);
    wait_until_rung();
    time_client_set(&clock, 0);
    wait_until_rung();
}

TEST(a_later_alarm_replaces_an_earlier_one)
{
    uint64_t start = time_client_now(&clock);

    time_client_set(&clock, start + 1000 * TIME_MS);
    time_client_set(&clock, start + 2 * TIME_MS);
    wait_until_rung();
    CHECK(time_client_now(&clock) < start + 1000 * TIME_MS);
}

TEST(an_alarm_that_was_taken_back_does_not_ring)
{
    uint64_t start = time_client_now(&clock);

    time_client_set(&clock, start + 3 * TIME_MS);
    time_client_set(&clock, TIME_NEVER);
    while (time_client_now(&clock) < start + 10 * TIME_MS)
        seL4_Yield();
    CHECK(!time_client_rung(&clock));
    time_client_set(&clock, UINT64_MAX - 1);
    CHECK(!time_client_rung(&clock));
}

int main(void)
{
    if (sel4ish_connect("time", &clock.connection) != seL4_NoError || !time_client_attach(&clock))
        sel4ish_stop("no time");
    return sel4ish_test_run_all();
}
