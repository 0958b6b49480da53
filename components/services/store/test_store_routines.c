/* SPDX-License-Identifier: BSD-2-Clause
 * Store routines: both ends of the rings, a lying provider included. */
#include <string.h>

#include <test.h>

#include <interfaces/store/store.h>

store_send_routine store_send_1, store_send_2;
store_poll_routine store_poll_1, store_poll_2;

static struct store_requests requests;
static struct store_responses responses;
static struct store_message message = {.ticket = 1, .code = STORE_PUT, .key_bytes = 1, .key = "k"};

TEST(a_request_arrives_whole_and_is_published_last)
{
    CHECK(store_send_2(&requests, &responses, &message));
    CHECK(requests.sent == 1);
    CHECK(memcmp(&requests.slots[0], &message, sizeof message) == 0);
}

TEST(a_full_ring_takes_no_more_until_the_provider_took_one)
{
    for (int i = 0; i < STORE_RING; i++)
        CHECK(store_send_2(&requests, &responses, &message));
    CHECK(!store_send_2(&requests, &responses, &message));
    responses.taken = 1;
    CHECK(store_send_2(&requests, &responses, &message));
    CHECK(!store_send_2(&requests, &responses, &message));
}

TEST(a_provider_that_lies_about_its_counter_gets_nothing_and_gives_nothing)
{
    struct store_message answer;

    responses.taken = 5;
    CHECK(!store_send_2(&requests, &responses, &message));
    responses.sent = STORE_RING + 1;
    CHECK(!store_poll_2(&requests, &responses, &answer));
    CHECK(requests.taken == 0);
}

TEST(version_1_sends_only_what_it_has_and_shows_no_counts)
{
    struct store_message answer;

    message.code = STORE_LIST;
    CHECK(!store_send_1(&requests, &responses, &message));
    CHECK(store_send_2(&requests, &responses, &message));
    responses.slots[0].count = 9;
    responses.sent = 1;
    CHECK(store_poll_1(&requests, &responses, &answer));
    CHECK(answer.count == 0);
}

TEST(lengths_of_an_answer_are_true_whatever_the_provider_wrote)
{
    struct store_message answer;

    memset(&responses.slots[0], 0xff, sizeof responses.slots[0]);
    responses.sent = 1;
    CHECK(store_poll_2(&requests, &responses, &answer));
    CHECK(answer.key_bytes == 0 && answer.key[0] == 0);
    CHECK(answer.value_bytes == 0 && answer.value[0] == 0);
    CHECK(!store_poll_2(&requests, &responses, &answer));
}

TEST(a_request_too_long_to_be_true_is_not_sent)
{
    message.key_bytes = STORE_KEY + 1;
    CHECK(!store_send_2(&requests, &responses, &message));
    CHECK(requests.sent == 0);
}
