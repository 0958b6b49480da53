/* SPDX-License-Identifier: BSD-2-Clause
 * Alarms: who is rung, when, and how often. */
#include <test.h>

#include "alarms.h"

static struct alarm list[3] = {{TIME_NEVER, 0}, {TIME_NEVER, 0}, {TIME_NEVER, 0}};
static struct alarms alarms = {list, 3};
static unsigned client;
static uint32_t sequence;

TEST(an_alarm_rings_once_at_its_deadline)
{
    alarms_set(&alarms, 1, 5, 100);
    CHECK(alarms_next(&alarms) == 100);
    CHECK(!alarms_ring(&alarms, 99, &client, &sequence));
    CHECK(alarms_ring(&alarms, 100, &client, &sequence));
    CHECK(client == 1 && sequence == 5);
    CHECK(!alarms_ring(&alarms, 100, &client, &sequence));
    CHECK(alarms_next(&alarms) == TIME_NEVER);
}

TEST(reading_the_same_page_again_sets_nothing)
{
    alarms_set(&alarms, 0, 1, 10);
    CHECK(alarms_ring(&alarms, 10, &client, &sequence));
    alarms_set(&alarms, 0, 1, 10);
    CHECK(!alarms_ring(&alarms, 10, &client, &sequence));
}

TEST(a_new_sequence_replaces_the_alarm_before)
{
    alarms_set(&alarms, 0, 1, 10);
    alarms_set(&alarms, 0, 2, 50);
    CHECK(alarms_next(&alarms) == 50);
    alarms_set(&alarms, 0, 3, TIME_NEVER);
    CHECK(alarms_next(&alarms) == TIME_NEVER);
}

TEST(the_earliest_of_all_clients_is_next_and_all_that_are_due_ring)
{
    alarms_set(&alarms, 0, 1, 30);
    alarms_set(&alarms, 1, 1, 10);
    alarms_set(&alarms, 2, 1, 20);
    CHECK(alarms_next(&alarms) == 10);
    CHECK(alarms_ring(&alarms, 25, &client, &sequence));
    CHECK(alarms_ring(&alarms, 25, &client, &sequence));
    CHECK(!alarms_ring(&alarms, 25, &client, &sequence));
    CHECK(alarms_next(&alarms) == 30);
}

TEST(a_client_that_went_is_forgotten_with_its_sequence)
{
    alarms_set(&alarms, 0, 1, 30);
    alarms_forget(&alarms, 0);
    CHECK(alarms_next(&alarms) == TIME_NEVER);
    alarms_set(&alarms, 0, 1, 40);
    CHECK(alarms_next(&alarms) == 40);
}
