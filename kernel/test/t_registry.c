/* SPDX-License-Identifier: BSD-2-Clause
 * Who may register and request: badges, rights, denials, the list. Other refusals: t_refusals.c. */
#include "world.h"

enum { DEPTH = 64 };

static seL4_Error mint_to(word_t to, word_t slot, word_t rights, word_t badge)
{
    return do_op(ROOT_CNODE, CNodeMint, ARGS(to, DEPTH, slot, DEPTH, rights, badge), CAPS(ROOT_CNODE));
}

static seL4_Error request_with(word_t registry, word_t key)
{
    return do_op(registry, sel4ish_RegistryRequest, ARGS(key, CLIENT_BASE, world.cap_a, DEPTH),
                 CAPS(world.space_a, ROOT_CNODE, world.bell_a));
}

static seL4_Error register_with(word_t registry, word_t key)
{
    return do_op(registry, sel4ish_RegistryRegister, ARGS(key, PROVIDER_BASE, world.provider_cap, DEPTH),
                 CAPS(world.provider_space, ROOT_CNODE, world.provider_bell));
}

static void ready(void)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
}

/* ---- badges */

TEST(a_registry_badge_names_label_id_and_version)
{
    word_t to;

    world_boot();
    to = slot_new();
    CHECK_EQUAL(mint_to(to, world.registry, RIGHT_ALL, BADGE(0, STORE)), seL4_IllegalOperation);
    CHECK_EQUAL(mint_to(to, world.registry, RIGHT_ALL, BADGE(1, KEY(0, 1))), seL4_IllegalOperation);
    CHECK_EQUAL(mint_to(to, world.registry, RIGHT_ALL, BADGE(1, KEY(1, 0))), seL4_IllegalOperation);
    CHECK_EQUAL(mint_to(to, world.registry, RIGHT_ALL, BADGE(1, KEY(1, 1))), seL4_NoError);
    CHECK_EQUAL(root_slot(to)->cap.badge, BADGE(1, KEY(1, 1)));
}

TEST(minting_from_a_badge_may_only_drop_rights)
{
    word_t to;

    world_boot();
    to = slot_new();
    CHECK_EQUAL(mint_to(to, world.may_request_a, RIGHT_ALL, BADGE(LABEL_B, STORE)), seL4_IllegalOperation);
    CHECK_EQUAL(mint_to(to, world.may_request_a, RIGHT_ALL, BADGE(LABEL_A, KEY(0x13, 2))), seL4_IllegalOperation);
    CHECK_EQUAL(mint_to(to, world.may_request_a, RIGHT_ALL, BADGE(LABEL_A, STORE)), seL4_NoError);
    CHECK_EQUAL(root_slot(to)->cap.rights, RIGHT_READ);
    CHECK_EQUAL(root_slot(to)->cap.badge, BADGE(LABEL_A, STORE));
}

TEST(a_copy_of_a_badged_capability_keeps_its_badge)
{
    word_t to;

    world_boot();
    to = slot_new();
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(to, DEPTH, world.may_request_a, DEPTH, RIGHT_ALL), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(root_slot(to)->cap.badge, BADGE(LABEL_A, STORE));
    CHECK_EQUAL(root_slot(to)->cap.rights, RIGHT_READ);
}

/* ---- denials: illegal operation, counted, the first of a burst signals the monitor */

TEST(a_request_that_the_badge_does_not_cover_is_denied)
{
    static const word_t others[] = { KEY(0x13, 2), KEY(0x14, 1), STORE | 1ul << 32, STORE | (word_t)LABEL_B << 40, 0 };

    ready();
    for (unsigned i = 0; i < sizeof others / sizeof others[0]; i++) {
        const word_t denials = fixture.root->counters.denials;

        CHECK_EQUAL(request_with(world.may_request_a, others[i]), seL4_IllegalOperation);
        CHECK_REFUSED(request_with(world.may_request_a, others[i]), seL4_IllegalOperation);
        CHECK_EQUAL(fixture.root->counters.denials, denials + 2);
    }
}

TEST(request_needs_the_read_right)
{
    ready();
    CHECK_EQUAL(request_with(world.may_register, STORE), seL4_IllegalOperation);
    CHECK_EQUAL(request_with(mint(world.registry, RIGHT_WRITE | RIGHT_GRANT, BADGE(LABEL_A, STORE)), STORE),
                seL4_IllegalOperation);
    CHECK_EQUAL(fixture.root->counters.denials, 2);
    CHECK_EQUAL(world.a->state, CONNECTION_FREE);
}

TEST(register_needs_the_write_right)
{
    world_boot();
    CHECK_EQUAL(register_with(world.may_request_a, STORE), seL4_IllegalOperation);
    CHECK_EQUAL(register_with(mint(world.registry, RIGHT_READ | RIGHT_GRANT, BADGE(1, STORE)), STORE),
                seL4_IllegalOperation);
    CHECK_EQUAL(fixture.root->counters.denials, 2);
    CHECK_EQUAL(world.store->status, INTERFACE_VACANT);
}

TEST(a_registration_that_the_badge_does_not_cover_is_denied)
{
    world_boot();
    CHECK_EQUAL(register_with(world.may_register, KEY(0x13, 2)), seL4_IllegalOperation);
    CHECK_REFUSED(register_with(world.may_register, KEY(0x14, 1)), seL4_IllegalOperation);
    CHECK_REFUSED(register_with(world.may_register, STORE | 1ul << 32), seL4_IllegalOperation);
    CHECK_EQUAL(fixture.root->counters.denials, 3);
}

TEST(provision_needs_the_grant_right_and_a_badge_that_covers_interface_and_labels)
{
    world_prepare();
    const word_t no_grant = mint(world.registry, RIGHT_READ | RIGHT_WRITE, 0);
    const word_t other_key = mint(world.registry, RIGHT_ALL, BADGE(LABEL_A, KEY(0x13, 2)));
    const word_t other_label = mint(world.registry, RIGHT_ALL, BADGE(LABEL_A, STORE));

    CHECK_EQUAL(do_op(no_grant, sel4ish_RegistryProvision, NO_ARGS, CAPS(world.interface)), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(other_key, sel4ish_RegistryProvision, NO_ARGS, CAPS(world.interface)), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(other_label, sel4ish_RegistryProvision, NO_ARGS, CAPS(world.interface)), seL4_IllegalOperation);
    CHECK_EQUAL(fixture.root->counters.denials, 3);
    CHECK_EQUAL(root_slot(world.interface)->cap.type, CAP_INTERFACE);
}

TEST(the_monitor_is_set_by_the_unrestricted_grant_right_alone)
{
    world_boot();
    const word_t bell = object_new(OBJ_NOTIFICATION, 0);

    CHECK_EQUAL(
        do_op(mint(world.registry, RIGHT_READ | RIGHT_WRITE, 0), sel4ish_RegistrySetMonitor, NO_ARGS, CAPS(bell)),
        seL4_IllegalOperation);
    CHECK_EQUAL(
        do_op(mint(world.registry, RIGHT_ALL, BADGE(1, STORE)), sel4ish_RegistrySetMonitor, NO_ARGS, CAPS(bell)),
        seL4_IllegalOperation);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistrySetMonitor, NO_ARGS, CAPS(world.registry)),
                seL4_InvalidCapability);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistrySetMonitor, NO_ARGS, CAPS(mint(bell, RIGHT_READ, 0))),
                seL4_InvalidCapability);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistrySetMonitor, NO_ARGS, CAPS(bell)), seL4_NoError);
}

TEST(the_first_denial_of_a_burst_signals_the_monitor_and_reading_the_counters_starts_a_new_burst)
{
    ready();
    CHECK_EQUAL(request_with(world.may_request_a, KEY(0x14, 1)), seL4_IllegalOperation);
    CHECK_EQUAL(signals(world.monitor) & 8, 8);
    CHECK_EQUAL(request_with(world.may_request_a, KEY(0x14, 1)), seL4_IllegalOperation);
    CHECK_EQUAL(signals(world.monitor), 0);
    CHECK_EQUAL(do_op(ROOT_TCB, sel4ish_TCBReadCounters, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(3), 2);
    CHECK_EQUAL(request_with(world.may_request_a, KEY(0x14, 1)), seL4_IllegalOperation);
    CHECK_EQUAL(signals(world.monitor) & 8, 8);
}

TEST(what_is_granted_is_no_denial)
{
    ready();
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(fixture.root->counters.denials, 0);
    CHECK_EQUAL(signals(world.monitor), 0);
}

TEST(a_restricted_grant_right_provisions_its_own_interface_with_its_own_label_alone)
{
    struct connection *c;

    world_prepare();
    const word_t key = KEY(0x14, 1), interface = interface_new(key);
    const word_t other = mint(world.registry, RIGHT_ALL, BADGE(LABEL_A, KEY(0x14, 2)));
    const word_t covers = mint(world.registry, RIGHT_ALL, BADGE(LABEL_A, key));

    connection_give(interface, LABEL_A, &c);
    CHECK_EQUAL(do_op(other, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(covers, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_NoError);
}

/* ---- the list */

TEST(two_versions_of_one_interface_are_two_interfaces)
{
    struct connection *second;
    word_t version_2, slot;

    world_boot();
    version_2 = interface_new(KEY(0x13, 2));
    connection_give(version_2, LABEL_A, &second);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(version_2)), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);

    const word_t newest = mint(world.registry, RIGHT_READ, BADGE(LABEL_A, KEY(0x13, 2)));
    slot = slot_new();
    CHECK_EQUAL(do_op(newest, sel4ish_RegistryRequest, ARGS(KEY(0x13, 2), CLIENT_BASE, slot, DEPTH),
                      CAPS(world.space_a, ROOT_CNODE)),
                seL4_FailedLookup);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_EQUAL(do_op(mint(world.registry, RIGHT_WRITE, BADGE(1, KEY(0x13, 2))), sel4ish_RegistryRegister,
                      ARGS(KEY(0x13, 2), PROVIDER_BASE + 0x10000, slot_new(), DEPTH),
                      CAPS(world.provider_space, ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(newest, sel4ish_RegistryRequest, ARGS(KEY(0x13, 2), CLIENT_BASE + WINDOW, slot, DEPTH),
                      CAPS(world.space_a, ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(second->state, CONNECTION_LIVE);
    CHECK_EQUAL(world.a->state, CONNECTION_LIVE);
}

TEST(instances_of_one_interface_are_told_apart)
{
    world_boot();
    const word_t other = interface_new(STORE | 1ul << 32);

    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(other)), seL4_NoError);
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(request_with(mint(world.registry, RIGHT_READ, BADGE(LABEL_A, STORE | 1ul << 32)), STORE | 1ul << 32),
                seL4_FailedLookup);
}

TEST(a_key_is_on_the_list_once)
{
    world_boot();
    const word_t again = interface_new(STORE);

    CHECK_REFUSED(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(again)), seL4_RevokeFirst);
}

TEST(query_tells_whether_what_the_capability_covers_is_listed_and_registered)
{
    world_prepare();
    CHECK_EQUAL(do_op(world.may_request_a, sel4ish_RegistryQuery, ARGS(STORE), NO_CAPS), seL4_NoError);
    CHECK(!reply_word(0) && !reply_word(1));
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(world.interface)), seL4_NoError);
    CHECK_EQUAL(do_op(world.may_register, sel4ish_RegistryQuery, ARGS(STORE), NO_CAPS), seL4_NoError);
    CHECK(reply_word(0) && !reply_word(1));
    CHECK_EQUAL(store_register(), seL4_NoError);
    CHECK_EQUAL(do_op(world.may_request_b, sel4ish_RegistryQuery, ARGS(STORE), NO_CAPS), seL4_NoError);
    CHECK(reply_word(0) && reply_word(1));
    CHECK_EQUAL(do_op(world.may_request_b, sel4ish_RegistryQuery, ARGS(KEY(0x13, 2)), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(fixture.root->counters.denials, 1);
}

TEST(the_unrestricted_capability_requests_for_the_label_that_it_names)
{
    ready();
    CHECK_EQUAL(request_with(world.registry, STORE), seL4_InvalidArgument);
    CHECK_EQUAL(request_with(world.registry, BADGE(LABEL_A, STORE)), seL4_NoError);
    CHECK_EQUAL(world.a->state, CONNECTION_LIVE);
}

TEST(the_unrestricted_capability_takes_no_key_without_id_and_version)
{
    world_boot();
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryQuery, ARGS(KEY(0, 1)), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryQuery, ARGS(KEY(0x13, 0)), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryQuery, ARGS(KEY(0x13, 2)), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(fixture.root->counters.denials, 0);
}

TEST(a_denial_that_nobody_watches_is_counted)
{
    fixture_boot();
    const word_t registry = object_new(OBJ_REGISTRY, 0), mute = mint(registry, RIGHT_WRITE, 0);

    CHECK_EQUAL(do_op(mute, sel4ish_RegistryProvision, NO_ARGS, CAPS(ROOT_TCB)), seL4_IllegalOperation);
    CHECK_EQUAL(fixture.root->counters.denials, 1);
    CHECK(!fixture.root->denial_reported);          /* so a monitor that comes is told of the next */
}

static seL4_Error provision_bare(word_t registry, word_t key, word_t *interface)
{
    *interface = object_new(OBJ_INTERFACE, 0);
    CHECK_EQUAL(
        do_op(*interface, sel4ish_InterfaceConfigure, ARGS(key, 0, 0, SHAPE(12, REGION_CLIENT_READS, 1)), NO_CAPS),
        seL4_NoError);
    return do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(*interface));
}

TEST(a_registry_lists_so_many_interfaces_and_no_more)
{
    word_t interface = 0;

    fixture_boot();
    host_set_check(NULL);       /* so many, and each like the one before */
    const word_t registry = object_new(OBJ_REGISTRY, 0);
    for (word_t n = 1; n < REGISTRY_SLOTS; n++)
        CHECK_EQUAL(provision_bare(registry, KEY(n, 1), &interface), seL4_NoError);
    CHECK_EQUAL(provision_bare(registry, KEY(REGISTRY_SLOTS, 1), &interface), seL4_NotEnoughMemory);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(root_slot(interface)->cap.type, CAP_INTERFACE);
}

TEST(a_restricted_grant_right_provisions_what_lost_a_connection)
{
    struct connection *c;

    world_prepare();
    const word_t key = KEY(0x14, 1), interface = interface_new(key), untyped = object_new(OBJ_UNTYPED, 13);
    const word_t covers = mint(world.registry, RIGHT_ALL, BADGE(LABEL_A, key)),
                 gone = retype_from(untyped, OBJ_CONNECTION, 0);

    for (unsigned i = 0; i < STORE_FRAMES; i++)
        CHECK_EQUAL(do_op(gone, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(object_new(OBJ_FRAME_SMALL, 0))),
                    seL4_NoError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(LABEL_B), CAPS(gone)), seL4_NoError);
    connection_give(interface, LABEL_A, &c);
    CHECK_EQUAL(do_op(covers, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_IllegalOperation);
    CHECK_EQUAL(revoke(untyped), seL4_NoError);
    CHECK_EQUAL(do_op(covers, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_NoError);
}
