/* SPDX-License-Identifier: BSD-2-Clause
 * Deny: holds a registry capability for echo@1 and asks through it for what it does not cover. Each such request must
 * answer null and "illegal operation", and change nothing; the supervisor must name this component. */
#include <sel4ish/config.h>
#include <sel4ish/registry.h>
#include <sel4ish/test.h>

#include <interfaces/echo/echo.h>

enum { OTHER_ID = 0x3ffe };

static const struct sel4ish_entry *use;

static sel4ish_Registry_Base_t request(seL4_Word id, seL4_Word version, seL4_Word instance)
{
    return sel4ish_Registry_Request(use->v[SEL4ISH_USE_REGISTRY], sel4ish_key(id, version, instance), 0, 0, 0, 0, 0, 0);
}

static bool denied(sel4ish_Registry_Base_t answer)
{
    return answer.error == seL4_IllegalOperation && answer.base == 0;
}

TEST(an_id_that_the_capability_does_not_cover_is_denied)
{
    CHECK(denied(request(sel4ish_option("id", OTHER_ID), 1, 0)));
}

TEST(another_version_is_denied)
{
    CHECK(denied(request(ECHO_ID, 2, 0)));
}

TEST(another_instance_is_denied)
{
    CHECK(denied(request(ECHO_ID, 1, 1)));
}

TEST(an_id_of_zero_is_denied)
{
    CHECK(denied(request(0, 0, 0)));
}

TEST(registering_with_a_capability_to_request_is_denied)
{
    CHECK(denied(sel4ish_Registry_Register(use->v[SEL4ISH_USE_REGISTRY], sel4ish_key(ECHO_ID, 1, 0), 0, 0, 0, 0, 0,
                                           0)));
}

TEST(asking_whether_something_else_is_there_tells_nothing)
{
    sel4ish_Registry_Query_t query = sel4ish_Registry_Query(use->v[SEL4ISH_USE_REGISTRY], sel4ish_key(OTHER_ID, 1, 0));

    CHECK_EQUAL(query.error, seL4_IllegalOperation);
    CHECK(!query.listed && !query.registered);
}

TEST(the_denied_requests_left_the_slot_empty)
{
    CHECK_EQUAL(seL4_CNode_Move(sel4ish_config()->runtime, use->v[SEL4ISH_USE_SLOT],
                                (seL4_Uint8)sel4ish_config()->runtime_bits, sel4ish_config()->runtime,
                                use->v[SEL4ISH_USE_SLOT], (seL4_Uint8)sel4ish_config()->runtime_bits),
                seL4_FailedLookup);     /* were it taken: seL4_DeleteFirst */
}

TEST(what_the_capability_covers_is_still_listed)
{
    sel4ish_Registry_Query_t query = sel4ish_Registry_Query(use->v[SEL4ISH_USE_REGISTRY], sel4ish_key(ECHO_ID, 1, 0));

    CHECK_EQUAL(query.error, seL4_NoError);
    CHECK(query.listed);
}

int main(void)
{
    int failed;

    use = sel4ish_need(SEL4ISH_USE, "echo");
    failed = sel4ish_test_run_all();
    for (uint64_t i = sel4ish_option("again", 0); i; i--)
        (void)request(OTHER_ID, 1, 0);
    if (sel4ish_option("again", 0))
        TEST_PASS("asking_again_and_again_comes_to_an_end");
    return failed;
}
