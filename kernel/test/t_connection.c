/* SPDX-License-Identifier: BSD-2-Clause
 * A connection: what is mapped for whom, the header, and how its client leaves. The other ends: t_ends.c. */
#include "world.h"

enum { DEPTH = 64 };

static void live(void)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    signals(world.provider_bell);
}

static word_t query(unsigned n, unsigned word)
{
    CHECK_EQUAL(do_op(world.provider_cap, sel4ish_ProviderQuery, ARGS(n), NO_CAPS), seL4_NoError);
    return reply_word(word);
}

static seL4_Error acknowledge(unsigned n)
{
    return do_op(world.provider_cap, sel4ish_ProviderAcknowledge, ARGS(n), NO_CAPS);
}

enum { QUERY_COUNT, QUERY_LABEL, QUERY_STATE, QUERY_SEQUENCE, QUERY_BASE, QUERY_BYTES };

/* ---- granting */

TEST(request_answers_the_base_and_signals_the_provider)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(reply_word(0), PROVIDER_BASE);
    CHECK_EQUAL(signals(world.provider_bell), 0);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(reply_word(0), CLIENT_BASE);
    CHECK(signals(world.provider_bell));
    CHECK_EQUAL(root_slot(world.cap_a)->cap.type, CAP_CLIENT);
}

TEST(the_header_is_zero_then_the_base_in_two_halves_before_request_returns)
{
    uint32_t *header;

    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    header = connection_frame(world.a, 0)->cap.object;
    header[0] = header[1] = header[2] = 0xffffffff;     /* a provider that scribbles beforehand */
    CHECK_EQUAL(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, CLIENT_BASE, world.cap_a, DEPTH),
                      CAPS(world.space_a, ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE), 0);
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE + 4), (uint32_t)CLIENT_BASE);
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE + 8), CLIENT_BASE >> 32);
}

TEST(a_base_above_4_gib_has_a_high_half)
{
    const vaddr_t base = 0x123440000000;

    world_boot();
    space_tables(world.space_a, base);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, base, world.cap_a, DEPTH),
                      CAPS(world.space_a, ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(peek(world.space_a, base + 4), 0x40000000);
    CHECK_EQUAL(peek(world.space_a, base + 8), 0x1234);
}

TEST(each_side_may_do_with_data_what_the_regions_kind_says_and_execute_nothing)
{
    live();
    CHECK(can_read(world.space_a, CLIENT_BASE + BASE_OFFSET) && !can_write(world.space_a, CLIENT_BASE + BASE_OFFSET));
    CHECK(can_write(world.space_a, CLIENT_BASE + REQUESTS_OFFSET));
    CHECK(can_write(world.space_a, CLIENT_BASE + RING_OFFSET));
    CHECK(can_write(world.provider_space, PROVIDER_BASE + BASE_OFFSET));
    CHECK(can_read(world.provider_space, PROVIDER_BASE + REQUESTS_OFFSET) &&
          !can_write(world.provider_space, PROVIDER_BASE + REQUESTS_OFFSET));
    CHECK(can_write(world.provider_space, PROVIDER_BASE + RING_OFFSET));
    for (vaddr_t offset = 0; offset < CODE_OFFSET; offset += 0x1000) {
        CHECK(!can_execute(world.space_a, CLIENT_BASE + offset));
        CHECK(!can_execute(world.provider_space, PROVIDER_BASE + offset));
    }
}

TEST(code_is_read_and_executed_by_clients_alone_and_written_by_nobody)
{
    live();
    CHECK(can_execute(world.space_a, CLIENT_BASE + CODE_OFFSET));
    CHECK(can_read(world.space_a, CLIENT_BASE + CODE_OFFSET));
    CHECK(!can_write(world.space_a, CLIENT_BASE + CODE_OFFSET));
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE + CODE_OFFSET), 0xc0c0c0c0);
    CHECK(!mapped(world.provider_space, PROVIDER_BASE + CODE_OFFSET));
    CHECK_EQUAL(host_findings(), 0);        /* the caches were brought in line before it was fetched */
}

TEST(what_one_side_stores_the_other_loads)
{
    live();
    poke(world.space_a, CLIENT_BASE + REQUESTS_OFFSET + 16, 1234);
    CHECK_EQUAL(peek(world.provider_space, PROVIDER_BASE + REQUESTS_OFFSET + 16), 1234);
    poke(world.provider_space, PROVIDER_BASE, STORE);
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE), STORE);
}

TEST(connections_lie_a_window_apart_at_the_provider_and_share_nothing)
{
    live();
    CHECK_EQUAL(store_request_b(), seL4_NoError);
    poke(world.space_a, CLIENT_BASE + REQUESTS_OFFSET, 1);
    poke(world.space_b, CLIENT_BASE + REQUESTS_OFFSET, 2);
    CHECK_EQUAL(peek(world.provider_space, PROVIDER_BASE + REQUESTS_OFFSET), 1);
    CHECK_EQUAL(peek(world.provider_space, PROVIDER_BASE + WINDOW + REQUESTS_OFFSET), 2);
}

TEST(the_provider_sees_every_connection_from_register_on)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK(can_write(world.provider_space, PROVIDER_BASE) && can_write(world.provider_space, PROVIDER_BASE + WINDOW));
    CHECK(!mapped(world.space_a, CLIENT_BASE));
}

TEST(query_tells_label_state_sequence_base_and_bytes)
{
    live();
    CHECK_EQUAL(query(0, QUERY_COUNT), 2);
    CHECK_EQUAL(reply_word(QUERY_LABEL), LABEL_A);
    CHECK_EQUAL(reply_word(QUERY_STATE), CONNECTION_LIVE);
    CHECK_EQUAL(reply_word(QUERY_SEQUENCE), 1);
    CHECK_EQUAL(reply_word(QUERY_BASE), CLIENT_BASE);
    CHECK_EQUAL(reply_word(QUERY_BYTES), WINDOW);
    CHECK_EQUAL(query(1, QUERY_LABEL), LABEL_B);
    CHECK_EQUAL(reply_word(QUERY_STATE), CONNECTION_FREE);
    CHECK_EQUAL(reply_word(QUERY_BASE), 0);
    CHECK_EQUAL(do_op(world.provider_cap, sel4ish_ProviderQuery, ARGS(2), NO_CAPS), seL4_RangeError);
}

/* ---- the client leaves */

TEST(a_client_that_leaves_is_unmapped_and_its_connection_drains)
{
    live();
    poke(world.provider_space, PROVIDER_BASE, STORE);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    for (vaddr_t offset = 0; offset < WINDOW; offset += 0x1000)
        CHECK(!can_read(world.space_a, CLIENT_BASE + offset));
    CHECK(signals(world.provider_bell));
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_DRAINING);
    CHECK_EQUAL(peek(world.provider_space, PROVIDER_BASE), 0);
    CHECK_EQUAL(peek(world.provider_space, PROVIDER_BASE + 4), 0);
    CHECK(can_write(world.provider_space, PROVIDER_BASE));      /* nobody faults because its peer left */
}

TEST(a_client_leaves_when_the_cnode_that_holds_its_capability_ends)
{
    live();
    const word_t node = object_new(OBJ_CNODE, 4);

    CHECK_EQUAL(do_op(node, CNodeMove, ARGS(3, 4, world.cap_a, DEPTH), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(delete(node), seL4_NoError);
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_DRAINING);
    CHECK(!mapped(world.space_a, CLIENT_BASE));
}

TEST(a_connection_lives_until_the_last_copy_of_its_clients_capability_goes)
{
    live();
    const word_t copy = mint(world.cap_a, RIGHT_ALL, 0);

    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_LIVE);
    CHECK(can_read(world.space_a, CLIENT_BASE));
    CHECK_EQUAL(delete(copy), seL4_NoError);
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_DRAINING);
}

TEST(a_draining_connection_is_granted_again_only_after_acknowledge)
{
    live();
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_REFUSED(store_request_a(), seL4_NotEnoughMemory);
    CHECK_EQUAL(acknowledge(0), seL4_NoError);
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_FREE);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(query(0, QUERY_SEQUENCE), 2);
}

TEST(pages_are_zero_when_a_connection_is_free_again)
{
    live();
    for (unsigned i = 0; i < STORE_FRAMES; i++)
        page_fill(world.a, i);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK(!page_is_zero(world.a, 1));
    CHECK_EQUAL(acknowledge(0), seL4_NoError);
    for (unsigned i = 0; i < STORE_FRAMES; i++)
        CHECK(page_is_zero(world.a, i));
}

TEST(only_a_draining_connection_can_be_acknowledged)
{
    live();
    CHECK_REFUSED(acknowledge(0), seL4_IllegalOperation);
    CHECK_REFUSED(acknowledge(2), seL4_RangeError);
    CHECK_REFUSED(acknowledge(1), seL4_NoError);        /* free: twice is once */
}

TEST(zeroing_is_preemptible_and_an_abandoned_one_is_finished_by_the_next_request)
{
    live();
    page_fill(world.a, 2);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_PREEMPTED(1, acknowledge(0));
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_FREE);
    CHECK(page_is_zero(world.a, 2));

    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    page_fill(world.a, 2);
    connection_clear_begin(world.a);                    /* as a preempted Acknowledge leaves it */
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_DRAINING);
    CHECK_PREEMPTED(1, store_request_a());
    CHECK(page_is_zero(world.a, 2));
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_LIVE);
}

TEST(a_restart_1000_times_leaves_everything_as_it_was)
{
    live();
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(acknowledge(0), seL4_NoError);
    signals(world.provider_bell);
    const word_t sequence = world.a->sequence;

    world.a->sequence = 0;
    const word_t before = world_state();
    for (unsigned i = 1; i <= 1000; i++) {
        CHECK_EQUAL(store_request_a(), seL4_NoError);
        CHECK_EQUAL(world.a->sequence, i);
        CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
        CHECK_EQUAL(acknowledge(0), seL4_NoError);
    }
    signals(world.provider_bell);
    world.a->sequence = 0;
    CHECK_EQUAL(world_state(), before);
    CHECK_EQUAL(sequence, 1);
    CHECK_EQUAL(host_findings(), 0);
}

TEST(the_next_request_reads_nothing_of_the_last)
{
    live();
    poke(world.space_a, CLIENT_BASE + REQUESTS_OFFSET + 64, 0x5ec7e7);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(acknowledge(0), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE + REQUESTS_OFFSET + 64), 0);
}

/* Zeros that are only in the cache can be thrown away by whoever may write. */
TEST(the_next_request_reads_nothing_of_the_last_past_the_cache_either)
{
    const vaddr_t at = CLIENT_BASE + REQUESTS_OFFSET;

    live();
    poke(world.space_a, at + 64, 0x5ec7e7);
    CHECK_EQUAL(do_op(world.space_a, ARMVSpaceClean_Data, ARGS(at, at + 4096), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(acknowledge(0), seL4_NoError);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(do_op(world.space_a, ARMVSpaceInvalidate_Data, ARGS(at, at + 4096), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(peek(world.space_a, at + 64), 0);
}
