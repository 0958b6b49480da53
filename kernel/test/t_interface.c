/* SPDX-License-Identifier: BSD-2-Clause
 * Provision: layouts, and how frames, connections and interfaces are consumed. */
#include "world.h"

#include "../core/derivation.h"

enum { DEPTH = 64 };

static seL4_Error configure(word_t interface, word_t offset, word_t shape)
{
    return do_op(interface, sel4ish_InterfaceConfigure,
                 ARGS(STORE, 0, 0, SHAPE(12, REGION_CLIENT_READS, 1), offset, shape), NO_CAPS);
}

static seL4_Error provide(word_t connection, word_t frame)
{
    return do_op(connection, sel4ish_ConnectionProvideFrame, NO_ARGS, CAPS(frame));
}

/* ---- layouts */

TEST(a_layout_is_refused_when_its_header_region_is_not_the_clients_to_rely_on)
{
    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0);

    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, SHAPE(12, REGION_SHARED, 1)), NO_CAPS),
                seL4_InvalidArgument);
    CHECK_EQUAL(
        do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, SHAPE(12, REGION_PROVIDER_READS, 1)), NO_CAPS),
        seL4_InvalidArgument);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, SHAPE(12, REGION_CODE, 1)), NO_CAPS),
                seL4_InvalidArgument);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0x1000, SHAPE(12, REGION_CLIENT_READS, 1)),
                      NO_CAPS),
                seL4_InvalidArgument);
    CHECK_EQUAL(
        do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 1, 0, SHAPE(12, REGION_CLIENT_READS, 1)), NO_CAPS),
        seL4_InvalidArgument);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 1, 0, SHAPE(12, REGION_SHARED, 1)), NO_CAPS),
                seL4_NoError);
}

TEST(regions_are_whole_pages_in_order_without_overlap)
{
    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0);

    CHECK_EQUAL(configure(interface, 0x1800, SHAPE(12, REGION_SHARED, 1)), seL4_AlignmentError);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(21, REGION_SHARED, 1)), seL4_AlignmentError);
    CHECK_EQUAL(configure(interface, 0, SHAPE(12, REGION_SHARED, 1)), seL4_RangeError);
    CHECK_EQUAL(configure(interface, ARCH_USER_TOP, SHAPE(12, REGION_SHARED, 1)), seL4_RangeError);
    CHECK_EQUAL(configure(interface, 0xfffffffffffff000, SHAPE(12, REGION_SHARED, 1)), seL4_RangeError);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_SHARED, 64)), seL4_RangeError);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_SHARED, 65)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_SHARED, 0)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(13, REGION_SHARED, 1)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(39, REGION_SHARED, 1)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_KINDS, 1)), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_SHARED, 1) | 1ul << 32), seL4_InvalidArgument);
    CHECK_EQUAL(configure(interface, 0x200000, SHAPE(21, REGION_SHARED, 63)), seL4_NoError);
    CHECK_EQUAL(configure(interface, 0x200000, SHAPE(21, REGION_SHARED, 63)), seL4_IllegalOperation);
}

TEST(code_pages_do_not_count_among_the_64_of_a_connection)
{
    fixture_boot();
    CHECK_EQUAL(do_op(object_new(OBJ_INTERFACE, 0), sel4ish_InterfaceConfigure,
                      ARGS(STORE, 0, 0, SHAPE(12, REGION_CLIENT_READS, 64), 0x40000, SHAPE(12, REGION_CODE, 64)),
                      NO_CAPS),
                seL4_NoError);
}

TEST(a_layout_has_at_most_8_regions)
{
    word_t args[2 + 2 * 9] = { STORE, 0 };

    fixture_boot();
    for (word_t i = 0; i < 9; i++) {
        args[2 + 2 * i] = i * 0x1000;
        args[3 + 2 * i] = SHAPE(12, REGION_CLIENT_READS, 1);
    }
    CHECK_EQUAL(do_op(object_new(OBJ_INTERFACE, 0), sel4ish_InterfaceConfigure, 2 + 2 * 9, args, NO_CAPS),
                seL4_InvalidArgument);
    CHECK_EQUAL(do_op(object_new(OBJ_INTERFACE, 0), sel4ish_InterfaceConfigure, 2 + 2 * 8, args, NO_CAPS),
                seL4_NoError);
}

TEST(a_key_has_an_id_and_a_version_and_no_label)
{
    static const word_t bad[] = { KEY(0, 1), KEY(1, 0), STORE | 1ul << 40 };

    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0);
    for (unsigned i = 0; i < 3; i++)
        CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(bad[i], 0, 0, SHAPE(12, REGION_CLIENT_READS, 1)),
                          NO_CAPS),
                    seL4_InvalidArgument);
}

/* ---- frames */

TEST(a_frame_with_copies_is_not_consumed)
{
    fixture_boot();
    const word_t connection = object_new(OBJ_CONNECTION, 0), frame = object_new(OBJ_FRAME_SMALL, 0);
    const word_t copy = mint(frame, RIGHT_READ, 0);

    CHECK_REFUSED(provide(connection, frame), seL4_RevokeFirst);
    CHECK_REFUSED(provide(connection, copy), seL4_RevokeFirst);
    CHECK_EQUAL(delete(copy), seL4_NoError);
    CHECK_EQUAL(provide(connection, frame), seL4_NoError);
}

TEST(a_mapped_frame_is_not_consumed)
{
    fixture_boot();
    const word_t connection = object_new(OBJ_CONNECTION, 0), frame = object_new(OBJ_FRAME_SMALL, 0);

    space_tables(ROOT_VSPACE, CLIENT_BASE);
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(CLIENT_BASE, RIGHT_READ, 1), CAPS(ROOT_VSPACE)), seL4_NoError);
    CHECK_REFUSED(provide(connection, frame), seL4_DeleteFirst);
    CHECK_EQUAL(do_op(frame, ARMPageUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(provide(connection, frame), seL4_NoError);
}

TEST(a_device_frame_is_not_consumed)
{
    fixture_boot();
    const word_t connection = object_new(OBJ_CONNECTION, 0);
    const word_t device = retype_from(fixture.device_untyped, OBJ_FRAME_SMALL, 0);

    CHECK_REFUSED(provide(connection, device), seL4_InvalidCapability);
    CHECK_REFUSED(provide(connection, ROOT_CNODE), seL4_InvalidCapability);
}

TEST(a_read_only_frame_capability_is_not_consumed_for_data)
{
    fixture_boot();
    const word_t connection = object_new(OBJ_CONNECTION, 0), frame = object_new(OBJ_FRAME_SMALL, 0);
    const word_t copy = mint(frame, RIGHT_READ, 0);

    CHECK_EQUAL(delete(frame), seL4_NoError);
    CHECK_REFUSED(provide(connection, copy), seL4_InvalidCapability);
}

TEST(a_consumed_frame_is_out_of_every_cspace)
{
    fixture_boot();
    const word_t connection = object_new(OBJ_CONNECTION, 0), frame = object_new(OBJ_FRAME_SMALL, 0);

    CHECK_EQUAL(provide(connection, frame), seL4_NoError);
    CHECK(slot_empty(root_slot(frame)));
}

TEST(revoking_an_untyped_finds_the_frames_that_were_consumed)
{
    world_boot();
    CHECK(derivation_has_children(root_slot(world.frame_untyped)));
    CHECK_EQUAL(revoke(world.frame_untyped), seL4_NoError);
    CHECK(!derivation_has_children(root_slot(world.frame_untyped)));
    CHECK(slot_empty(connection_frame(world.a, 0)));
}

TEST(a_connection_holds_64_frames_and_no_more)
{
    fixture_boot();
    const word_t connection = object_new(OBJ_CONNECTION, 0);

    for (unsigned i = 0; i < 64; i++)
        CHECK_EQUAL(provide(connection, object_new(OBJ_FRAME_SMALL, 0)), seL4_NoError);
    CHECK_EQUAL(provide(connection, object_new(OBJ_FRAME_SMALL, 0)), seL4_NotEnoughMemory);
}

/* ---- connections */

TEST(a_connection_whose_frames_do_not_match_the_layout_is_refused)
{
    struct connection *c;

    fixture_boot();
    const word_t interface = interface_new(STORE), short_of_one = object_new(OBJ_CONNECTION, 0),
                 wrong_size = object_new(OBJ_CONNECTION, 0);

    for (unsigned i = 0; i < STORE_FRAMES - 1; i++) {
        CHECK_EQUAL(provide(short_of_one, object_new(OBJ_FRAME_SMALL, 0)), seL4_NoError);
        CHECK_EQUAL(provide(wrong_size, object_new(OBJ_FRAME_SMALL, 0)), seL4_NoError);
    }
    CHECK_EQUAL(provide(wrong_size, object_new(OBJ_FRAME_LARGE, 0)), seL4_NoError);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(short_of_one)),
                  seL4_InvalidCapability);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(wrong_size)),
                  seL4_InvalidCapability);

    const word_t one_too_many = connection_new(&c);
    CHECK_EQUAL(provide(one_too_many, object_new(OBJ_FRAME_SMALL, 0)), seL4_NoError);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(one_too_many)),
                  seL4_InvalidCapability);
}

TEST(a_connection_is_consumed_only_by_its_last_capability)
{
    struct connection *c;

    fixture_boot();
    const word_t interface = interface_new(STORE), connection = connection_new(&c),
                 copy = mint(connection, RIGHT_ALL, 0);

    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(connection)), seL4_RevokeFirst);
    CHECK_EQUAL(delete(copy), seL4_NoError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(connection)), seL4_NoError);
    CHECK(slot_empty(root_slot(connection)));
}

TEST(a_label_is_between_1_and_24_bits)
{
    struct connection *c;

    fixture_boot();
    const word_t interface = interface_new(STORE), connection = connection_new(&c);

    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(0), CAPS(connection)), seL4_RangeError);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1 << 24), CAPS(connection)),
                  seL4_RangeError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS((1 << 24) - 1), CAPS(connection)),
                seL4_NoError);
}

/* ---- interfaces */

TEST(an_interface_is_consumed_only_by_its_last_capability_and_whole)
{
    fixture_boot();
    const word_t registry = object_new(OBJ_REGISTRY, 0), bare = object_new(OBJ_INTERFACE, 0),
                 interface = interface_new(STORE);
    const word_t copy = mint(interface, RIGHT_ALL, 0);

    CHECK_REFUSED(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(bare)), seL4_InvalidCapability);
    CHECK_REFUSED(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(registry)), seL4_InvalidCapability);
    CHECK_REFUSED(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_RevokeFirst);
    CHECK_EQUAL(delete(copy), seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_NoError);
    CHECK(slot_empty(root_slot(interface)));
}

TEST(an_interface_without_its_code_is_not_whole)
{
    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0), registry = object_new(OBJ_REGISTRY, 0);

    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_CODE, 1)), seL4_NoError);
    CHECK_REFUSED(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_InvalidCapability);
}

TEST(code_frames_are_consumed_by_the_rules_for_all_frames_and_no_more_than_the_layout_has)
{
    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0), frame = object_new(OBJ_FRAME_SMALL, 0),
                 copy = mint(frame, RIGHT_ALL, 0);
    const word_t large = object_new(OBJ_FRAME_LARGE, 0), another = object_new(OBJ_FRAME_SMALL, 0);

    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(frame)), seL4_IllegalOperation);
    CHECK_EQUAL(configure(interface, 0x1000, SHAPE(12, REGION_CODE, 1)), seL4_NoError);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(frame)), seL4_RevokeFirst);
    CHECK_EQUAL(delete(copy), seL4_NoError);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(large)), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(frame)), seL4_NoError);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(another)), seL4_NotEnoughMemory);
}

/* ---- fixed arguments */

static void fix_client(word_t connection, word_t notification)
{
    CHECK_EQUAL(do_op(connection, sel4ish_ConnectionFixClient, ARGS(CLIENT_BASE, world.cap_b, DEPTH),
                      CAPS(world.space_b, ROOT_CNODE, notification)), seL4_NoError);
}

/* A connection for LABEL_B + 1 whose client is fixed, and the capability that may request it. */
static word_t fixed_world(word_t notification, struct connection **c)
{
    world_prepare();
    const word_t connection = connection_new(c);

    fix_client(connection, notification ? world.bell_b : 0);
    CHECK_EQUAL(do_op(world.interface, sel4ish_InterfaceProvideConnection, ARGS(LABEL_B + 1), CAPS(connection)),
                seL4_NoError);
    CHECK_EQUAL(do_op(world.interface, sel4ish_InterfaceFixProvider, ARGS(PROVIDER_BASE, world.provider_cap, DEPTH),
                      CAPS(world.provider_space, ROOT_CNODE, world.provider_bell)), seL4_NoError);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(world.interface)), seL4_NoError);
    return mint(world.registry, RIGHT_READ, BADGE(LABEL_B + 1, STORE));
}

static seL4_Error register_fixed(void)
{
    return do_op(world.may_register, sel4ish_RegistryRegister, ARGS(STORE, 0, 0, 0), NO_CAPS);
}

static seL4_Error request_fixed(word_t registry)
{
    return do_op(registry, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), NO_CAPS);
}

TEST(fixed_arguments_are_used_and_the_answer_is_the_fixed_base)
{
    struct connection *c;
    const word_t may = fixed_world(true, &c);

    CHECK_EQUAL(register_fixed(), seL4_NoError);
    CHECK_EQUAL(reply_word(0), PROVIDER_BASE);
    CHECK(signals(world.bell_b));               /* registered: ask again */
    CHECK_EQUAL(request_fixed(may), seL4_NoError);
    CHECK_EQUAL(reply_word(0), CLIENT_BASE);
    CHECK(signals(world.provider_bell));
    CHECK_EQUAL(root_slot(world.cap_b)->cap.type, CAP_CLIENT);
    CHECK(mapped(world.space_b, CLIENT_BASE));
}

TEST(a_fixed_argument_is_passed_as_0_and_anything_else_is_an_invalid_argument)
{
    struct connection *c;
    const word_t may = fixed_world(true, &c);

    CHECK_REFUSED(do_op(world.may_register, sel4ish_RegistryRegister, ARGS(STORE, PROVIDER_BASE, 0, 0), NO_CAPS),
                  seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(register_fixed(), seL4_NoError);
    signals(world.bell_b);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, world.cap_b, 0), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 2);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, DEPTH), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 3);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), CAPS(world.space_a)), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 4);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), CAPS(0, ROOT_CNODE)), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 5);
    CHECK_REFUSED(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), CAPS(0, 0, world.bell_a)),
                  seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 6);
}

TEST(a_notification_that_was_not_fixed_may_be_given)
{
    struct connection *c;
    const word_t may = fixed_world(false, &c);

    CHECK_EQUAL(register_fixed(), seL4_NoError);
    CHECK_EQUAL(do_op(may, sel4ish_RegistryRequest, ARGS(STORE, 0, 0, 0), CAPS(0, 0, world.bell_a)), seL4_NoError);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK(signals(world.bell_a));
}

TEST(a_revoked_fixed_capability_makes_request_an_invalid_capability)
{
    struct connection *c;
    const word_t may = fixed_world(true, &c);

    CHECK_EQUAL(register_fixed(), seL4_NoError);
    CHECK_EQUAL(revoke(world.bell_b), seL4_NoError);
    CHECK_REFUSED(request_fixed(may), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 3);
    CHECK_EQUAL(revoke(world.space_b), seL4_NoError);
    CHECK_REFUSED(request_fixed(may), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
}

TEST(a_revoked_fixed_capability_makes_register_an_invalid_capability)
{
    struct connection *c;

    fixed_world(true, &c);
    CHECK_EQUAL(revoke(world.provider_space), seL4_NoError);
    CHECK_REFUSED(register_fixed(), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
}

TEST(what_is_fixed_is_fixed_once)
{
    struct connection *c;

    world_prepare();
    const word_t connection = connection_new(&c);

    fix_client(connection, 0);
    CHECK_REFUSED(
        do_op(connection, sel4ish_ConnectionFixClient, ARGS(CLIENT_BASE, 1, DEPTH), CAPS(world.space_b, ROOT_CNODE)),
        seL4_IllegalOperation);
}

TEST(a_label_out_of_range_is_told_the_range)
{
    struct connection *c;

    fixture_boot();
    const word_t interface = interface_new(STORE), connection = connection_new(&c);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(0), CAPS(connection)), seL4_RangeError);
    CHECK_EQUAL(reply_word(0), 1);
    const word_t most = reply_word(1);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(most + 1), CAPS(connection)), seL4_RangeError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(most), CAPS(connection)), seL4_NoError);
}
