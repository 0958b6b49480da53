/* SPDX-License-Identifier: BSD-2-Clause
 * The life of a connection: what is mapped for whom, the header, and every way that it can end. */
#include "world.h"

#include "../core/derivation.h"
#include "../core/vspace.h"

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
    CHECK_EQUAL(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, CLIENT_BASE, world.cap_a, DEPTH), CAPS(world.space_a, ROOT_CNODE)), seL4_NoError);
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
    CHECK_EQUAL(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, base, world.cap_a, DEPTH), CAPS(world.space_a, ROOT_CNODE)), seL4_NoError);
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
    CHECK(can_read(world.provider_space, PROVIDER_BASE + REQUESTS_OFFSET) && !can_write(world.provider_space, PROVIDER_BASE + REQUESTS_OFFSET));
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
    host_raise_after(1, 40);
    CHECK_EQUAL(acknowledge(0), seL4_NoError);          /* do_op makes the call again */
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_FREE);
    CHECK(page_is_zero(world.a, 2));

    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    page_fill(world.a, 2);
    connection_clear_begin(world.a);                    /* as a preempted Acknowledge leaves it */
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_DRAINING);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK(page_is_zero(world.a, 2));
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

/* ---- the provider leaves */

TEST(a_provider_that_leaves_is_unmapped_and_live_connections_are_orphaned)
{
    live();
    signals(world.bell_a);
    poke(world.provider_space, PROVIDER_BASE, STORE);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    for (vaddr_t offset = 0; offset < 2 * WINDOW; offset += 0x1000)
        CHECK(!can_read(world.provider_space, PROVIDER_BASE + offset));
    CHECK_EQUAL(world.a->state, CONNECTION_ORPHANED);
    CHECK_EQUAL(world.b->state, CONNECTION_FREE);
    CHECK(signals(world.bell_a));
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE), 0);       /* still mapped: nobody faults because its peer left */
    CHECK_EQUAL(peek(world.space_a, CLIENT_BASE + 4), 0);
    CHECK(can_execute(world.space_a, CLIENT_BASE + CODE_OFFSET));
}

TEST(an_orphaned_connection_is_free_and_zero_once_its_client_goes)
{
    live();
    page_fill(world.a, 1);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(world.a->state, CONNECTION_FREE);
    CHECK(page_is_zero(world.a, 1));
    CHECK(!mapped(world.space_a, CLIENT_BASE));
}

TEST(a_draining_connection_ends_when_the_provider_leaves)
{
    live();
    page_fill(world.a, 1);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(world.a->state, CONNECTION_FREE);
    CHECK(page_is_zero(world.a, 1));
}

TEST(a_new_provider_gets_orphans_mapped_and_is_signalled_only_by_a_new_request)
{
    live();
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    signals(world.provider_bell);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(world.a->state, CONNECTION_ORPHANED);
    CHECK(can_write(world.provider_space, PROVIDER_BASE));
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_ORPHANED);
    CHECK_REFUSED(store_request_a(), seL4_NotEnoughMemory);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_FREE);
    CHECK_EQUAL(signals(world.provider_bell), 0);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK(signals(world.provider_bell));
}

TEST(nothing_is_requested_between_two_providers)
{
    live();
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_REFUSED(store_request_b(), seL4_FailedLookup);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(store_request_b(), seL4_NoError);
}

TEST(a_provider_lives_until_the_last_copy_of_its_capability_goes)
{
    live();
    const word_t copy = mint(world.provider_cap, RIGHT_ALL, 0);

    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(world.store->status, INTERFACE_REGISTERED);
    CHECK_EQUAL(delete(copy), seL4_NoError);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
}

TEST(unregistering_is_preemptible)
{
    live();
    CHECK_EQUAL(store_request_b(), seL4_NoError);
    host_raise_after(1, 40);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
    CHECK_EQUAL(world.a->state, CONNECTION_ORPHANED);
    CHECK_EQUAL(world.b->state, CONNECTION_ORPHANED);
}

/* ---- the owner takes it back */

TEST(revoking_a_connections_untyped_unmaps_both_sides_at_once)
{
    live();
    CHECK_EQUAL(store_request_b(), seL4_NoError);
    CHECK_EQUAL(revoke(world.connection_untyped), seL4_NoError);
    CHECK(!mapped(world.space_a, CLIENT_BASE) && !mapped(world.space_a, CLIENT_BASE + CODE_OFFSET));
    CHECK(!mapped(world.provider_space, PROVIDER_BASE));
    CHECK(mapped(world.provider_space, PROVIDER_BASE + WINDOW) && mapped(world.space_b, CLIENT_BASE));
    CHECK(slot_empty(root_slot(world.cap_a)));
    CHECK(!derivation_has_children(root_slot(world.connection_untyped)));
    CHECK_EQUAL(query(0, QUERY_LABEL), 0);
    CHECK_REFUSED(store_request_a(), seL4_NotEnoughMemory);
    CHECK_EQUAL(acknowledge(0), seL4_InvalidArgument);
}

TEST(revoking_a_frames_untyped_unmaps_both_sides_at_once_and_for_good)
{
    live();
    CHECK_EQUAL(revoke(world.frame_untyped), seL4_NoError);
    for (vaddr_t offset = 0; offset < WINDOW; offset += 0x1000) {
        CHECK(!mapped(world.space_a, CLIENT_BASE + offset));
        CHECK(!mapped(world.provider_space, PROVIDER_BASE + offset));
    }
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(acknowledge(0), seL4_NoError);
    CHECK_REFUSED(store_request_a(), seL4_NotEnoughMemory);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);            /* for the others */
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

static void registry_ends(void)
{
    CHECK_EQUAL(delete(world.may_register), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_a), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_b), seL4_NoError);
    CHECK(mapped(world.provider_space, PROVIDER_BASE + WINDOW));    /* it lives while any capability to it does */
    CHECK_EQUAL(delete(world.registry), seL4_NoError);
}

TEST(the_registrys_end_unmaps_everything_and_leaves_empty_capabilities)
{
    live();
    registry_ends();
    CHECK(!mapped(world.space_a, CLIENT_BASE) && !mapped(world.provider_space, PROVIDER_BASE));
    CHECK(!mapped(world.provider_space, PROVIDER_BASE + WINDOW));
    CHECK_EQUAL(do_op(world.provider_cap, sel4ish_ProviderQuery, ARGS(0), NO_CAPS), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(world.provider_cap, sel4ish_ProviderAcknowledge, ARGS(0), NO_CAPS), seL4_InvalidCapability);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
}

/* There the registry is only put out of reach, with all that its slots hold: what it granted must be unmapped before. */
TEST(the_registrys_end_inside_a_cnodes_end_unmaps_everything_too)
{
    live();
    const word_t node = object_new(OBJ_CNODE, 4);

    CHECK_EQUAL(delete(world.may_register), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_a), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_b), seL4_NoError);
    CHECK_EQUAL(do_op(node, CNodeMove, ARGS(3, 4, world.registry, DEPTH), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(delete(node), seL4_NoError);
    CHECK(!mapped(world.space_a, CLIENT_BASE) && !mapped(world.provider_space, PROVIDER_BASE));
    CHECK_EQUAL(do_op(world.provider_cap, sel4ish_ProviderQuery, ARGS(0), NO_CAPS), seL4_InvalidCapability);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
}

TEST(the_registrys_end_is_preemptible)
{
    live();
    CHECK_EQUAL(store_request_b(), seL4_NoError);
    host_raise_after(1, 40);
    registry_ends();
    CHECK(!mapped(world.space_a, CLIENT_BASE) && !mapped(world.space_b, CLIENT_BASE));
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && !mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

TEST(revoking_everything_gives_all_memory_back)
{
    live();
    CHECK_EQUAL(revoke(world.frame_untyped), seL4_NoError);
    CHECK_EQUAL(revoke(world.connection_untyped), seL4_NoError);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    registry_ends();
    CHECK(!derivation_has_children(root_slot(world.frame_untyped)));
    CHECK(!derivation_has_children(root_slot(world.connection_untyped)));
}

/* ---- a side tears down its own address space */

TEST(a_client_whose_address_space_goes_keeps_its_end_until_its_capability_goes)
{
    live();
    CHECK_EQUAL(delete(world.space_a), seL4_NoError);
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_LIVE);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK_EQUAL(query(0, QUERY_STATE), CONNECTION_DRAINING);
}

TEST(a_provider_whose_address_space_goes_keeps_its_end_until_its_capability_goes)
{
    live();
    CHECK_EQUAL(delete(world.provider_space), seL4_NoError);
    CHECK(can_read(world.space_a, CLIENT_BASE));
    CHECK_EQUAL(world.store->status, INTERFACE_REGISTERED);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(world.a->state, CONNECTION_ORPHANED);
}

/* Another frame at the same address of a space that replaced it must not go with the connection. */
TEST(a_mapping_that_took_the_place_of_a_torn_down_one_stays)
{
    live();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    const uint32_t asid = root_slot(world.space_a)->cap.aux & 0xffff;
    word_t space;

    CHECK_EQUAL(delete(world.space_a), seL4_NoError);
    space = space_new();
    space_tables(space, CLIENT_BASE);
    CHECK_EQUAL(root_slot(space)->cap.aux & 0xffff, asid);
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(CLIENT_BASE, RIGHT_READ, 1), CAPS(space)), seL4_NoError);
    CHECK_EQUAL(delete(world.cap_a), seL4_NoError);
    CHECK(mapped(space, CLIENT_BASE));
}

/* ---- code */

TEST(revoking_a_code_frame_takes_it_from_every_client)
{
    struct interface *i;

    live();
    i = world.store;
    /* The code frame lies below the fixture's untyped with everything else: delete the one slot, as its revocation would. */
    CHECK_EQUAL(interface_code(i, 0)->cap.type, CAP_FRAME);
    interface_code_gone(i, interface_code(i, 0));
    CHECK(!mapped(world.space_a, CLIENT_BASE + CODE_OFFSET));
    CHECK(mapped(world.space_a, CLIENT_BASE));
    CHECK_REFUSED(store_request_b(), seL4_NotEnoughMemory);
}

/* ---- large frames */

TEST(large_frames_are_mapped_as_such_and_windows_are_aligned_to_them)
{
    fixture_boot();
    const word_t registry = object_new(OBJ_REGISTRY, 0), interface = object_new(OBJ_INTERFACE, 0);
    const word_t connection = object_new(OBJ_CONNECTION, 0), space = space_new(), cap = slot_new(), client = slot_new();
    struct vspace_leaf leaf;

    space_tables(space, 0x40000000);
    space_tables(space, 0x50000000);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure,
                      ARGS(STORE, 0, 0, SHAPE(12, REGION_CLIENT_READS, 1), 0x200000, SHAPE(21, REGION_PROVIDER_READS, 1)), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(object_new(OBJ_FRAME_SMALL, 0))), seL4_NoError);
    CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(object_new(OBJ_FRAME_LARGE, 0))), seL4_NoError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(LABEL_A), CAPS(connection)), seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryRegister, ARGS(STORE, 0x50001000, cap, DEPTH), CAPS(space, ROOT_CNODE)), seL4_AlignmentError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryRegister, ARGS(STORE, 0x50000000, cap, DEPTH), CAPS(space, ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryRequest, ARGS(BADGE(LABEL_A, STORE), 0x40000000, client, DEPTH), CAPS(space, ROOT_CNODE)), seL4_NoError);
    CHECK(vspace_leaf(root_slot(space)->cap.aux, 0x40200000, &leaf) && leaf.size_bits == 21 && leaf.writable);
    CHECK(vspace_leaf(root_slot(space)->cap.aux, 0x50200000, &leaf) && leaf.size_bits == 21 && !leaf.writable);
    CHECK_EQUAL(delete(client), seL4_NoError);
    host_raise_after(100, 40);
    CHECK_EQUAL(do_op(cap, sel4ish_ProviderAcknowledge, ARGS(0), NO_CAPS), seL4_NoError);
}
