/* SPDX-License-Identifier: BSD-2-Clause
 * How a connection ends otherwise than by its client: the provider leaves, the owner takes it back, a side tears down
 * its own address space. */
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

enum { QUERY_LABEL = 1, QUERY_STATE };

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
    CHECK_PREEMPTED(1, delete(world.provider_cap));
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

/* One page less is not a smaller connection: it is none. */
TEST(a_connection_that_lost_one_frame_is_mapped_for_nobody_any_more)
{
    struct connection *c;

    world_prepare();
    const word_t connection = object_new(OBJ_CONNECTION, 0), lender = object_new(OBJ_UNTYPED, 12);
    const word_t frames[] = { object_new(OBJ_FRAME_SMALL, 0), retype_from(lender, OBJ_FRAME_SMALL, 0),
                              object_new(OBJ_FRAME_SMALL, 0) };

    c = root_slot(connection)->cap.object;
    for (unsigned i = 0; i < STORE_FRAMES; i++)
        CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(frames[i])), seL4_NoError);
    CHECK_EQUAL(do_op(world.interface, sel4ish_InterfaceProvideConnection, ARGS(9), CAPS(connection)), seL4_NoError);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(world.interface)), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK(mapped(world.provider_space, PROVIDER_BASE + 2 * WINDOW));
    CHECK_EQUAL(revoke(lender), seL4_NoError);
    CHECK(c->broken && !mapped(world.provider_space, PROVIDER_BASE + 2 * WINDOW));
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK(!mapped(world.provider_space, PROVIDER_BASE + 2 * WINDOW));
    CHECK(mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

static void registry_keeps_one_capability(void)
{
    CHECK_EQUAL(delete(world.may_register), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_a), seL4_NoError);
    CHECK_EQUAL(delete(world.may_request_b), seL4_NoError);
    CHECK(mapped(world.provider_space, PROVIDER_BASE + WINDOW));    /* it lives while any capability to it does */
}

static void registry_ends(void)
{
    registry_keeps_one_capability();
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

/* There the registry is only put out of reach, with all that its slots hold: what it granted must be unmapped before.
 */
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
    registry_keeps_one_capability();
    CHECK_PREEMPTED(1, delete(world.registry));
    CHECK(!mapped(world.space_a, CLIENT_BASE) && !mapped(world.space_b, CLIENT_BASE));
    CHECK(!mapped(world.provider_space, PROVIDER_BASE) && !mapped(world.provider_space, PROVIDER_BASE + WINDOW));
}

TEST(a_registry_whose_end_is_interrupted_is_not_copied_meanwhile)
{
    live();
    const word_t copy = slot_new();
    CHECK_EQUAL(store_request_b(), seL4_NoError);
    registry_keeps_one_capability();
    host_raise_after(1, arch_irq_timer());
    do_syscall((word_t)SYS_Call, ROOT_CNODE,
               &(struct message){ .label = CNodeDelete, .length = 2, .words = { world.registry, DEPTH } }, 0, 0);
    CHECK(fixture.root->frame.pc == fixture.root->frame.restart);       /* to be made again */
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(copy, DEPTH, world.registry, DEPTH, RIGHT_ALL), CAPS(ROOT_CNODE)),
                seL4_IllegalOperation);
    CHECK_EQUAL(delete(world.registry), seL4_NoError);
    CHECK(!mapped(world.space_a, CLIENT_BASE) && !mapped(world.space_b, CLIENT_BASE));
}

TEST(the_end_of_everything_is_interrupted_wherever_it_can_be)
{
    live();
    CHECK_EQUAL(store_request_b(), seL4_NoError);
    CHECK(at_every_point(ROOT_CNODE, CNodeRevoke, fixture.untyped, DEPTH) > 50);
    CHECK(!derivation_has_children(root_slot(fixture.untyped)));
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
    live();
    CHECK_EQUAL(store_request_b(), seL4_NoError);
    CHECK_EQUAL(delete(world.cap_b), seL4_NoError);
    CHECK_EQUAL(acknowledge(1), seL4_NoError);
    CHECK_EQUAL(revoke(world.code_untyped), seL4_NoError);
    CHECK(!mapped(world.space_a, CLIENT_BASE + CODE_OFFSET));
    CHECK(mapped(world.space_a, CLIENT_BASE));
    CHECK(slot_empty(interface_code(world.store, 0)));
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
    CHECK_EQUAL(
        do_op(interface, sel4ish_InterfaceConfigure,
              ARGS(STORE, 0, 0, SHAPE(12, REGION_CLIENT_READS, 1), 0x200000, SHAPE(21, REGION_PROVIDER_READS, 1)),
              NO_CAPS),
        seL4_NoError);
    CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(object_new(OBJ_FRAME_SMALL, 0))),
                seL4_NoError);
    CHECK_EQUAL(do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(object_new(OBJ_FRAME_LARGE, 0))),
                seL4_NoError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(LABEL_A), CAPS(connection)), seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryRegister, ARGS(STORE, 0x50001000, cap, DEPTH), CAPS(space, ROOT_CNODE)),
                seL4_AlignmentError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryRegister, ARGS(STORE, 0x50000000, cap, DEPTH), CAPS(space, ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryRequest, ARGS(BADGE(LABEL_A, STORE), 0x40000000, client, DEPTH),
                      CAPS(space, ROOT_CNODE)),
                seL4_NoError);
    CHECK(vspace_leaf(root_slot(space)->cap.aux, 0x40200000, &leaf) && leaf.size_bits == 21 && leaf.writable);
    CHECK(vspace_leaf(root_slot(space)->cap.aux, 0x50200000, &leaf) && leaf.size_bits == 21 && !leaf.writable);
    CHECK_EQUAL(delete(client), seL4_NoError);
    CHECK_PREEMPTED(100, do_op(cap, sel4ish_ProviderAcknowledge, ARGS(0), NO_CAPS));
}
