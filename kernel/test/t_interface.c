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

TEST(a_label_out_of_range_is_told_the_range)
{
    struct connection *c;

    fixture_boot();
    const word_t interface = interface_new(STORE), connection = connection_new(&c);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(0), CAPS(connection)), seL4_RangeError);
    CHECK_EQUAL(reply_word(0), 1);
    const word_t most = reply_word(1);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(most + 1), CAPS(connection)),
                seL4_RangeError);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(most), CAPS(connection)), seL4_NoError);
}

TEST(what_is_not_configured_takes_no_connection_and_nothing_else_is_one)
{
    struct connection *c;

    fixture_boot();
    const word_t bare = object_new(OBJ_INTERFACE, 0), interface = interface_new(STORE), connection = connection_new(&c);

    CHECK_REFUSED(do_op(bare, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(connection)), seL4_IllegalOperation);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(ROOT_TCB)),
                  seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(bare)), seL4_InvalidCapability);
    CHECK(!c->interface);
}

TEST(a_connection_that_lost_a_frame_is_not_consumed)
{
    struct connection *c;

    fixture_boot();
    const word_t interface = interface_new(STORE), frames = object_new(OBJ_UNTYPED, 14),
                 connection = object_new(OBJ_CONNECTION, 0);

    c = root_slot(connection)->cap.object;
    for (unsigned i = 0; i < STORE_FRAMES; i++)
        CHECK_EQUAL(provide(connection, retype_from(frames, OBJ_FRAME_SMALL, 0)), seL4_NoError);
    CHECK_EQUAL(revoke(frames), seL4_NoError);
    CHECK(c->broken && c->frames == STORE_FRAMES);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(1), CAPS(connection)),
                  seL4_InvalidCapability);
}

TEST(an_interface_has_so_many_connections_and_no_more)
{
    const word_t shape = SHAPE(12, REGION_CLIENT_READS, 1);
    word_t connection = 0;

    fixture_boot();
    host_set_check(NULL);       /* so many, and each like the one before */
    const word_t interface = object_new(OBJ_INTERFACE, 0);
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceConfigure, ARGS(STORE, 0, 0, shape), NO_CAPS), seL4_NoError);
    for (unsigned i = 0; i <= INTERFACE_CONNECTIONS; i++) {
        connection = object_new(OBJ_CONNECTION, 0);
        CHECK_EQUAL(provide(connection, object_new(OBJ_FRAME_SMALL, 0)), seL4_NoError);
        CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideConnection, ARGS(i + 1), CAPS(connection)),
                    i < INTERFACE_CONNECTIONS ? seL4_NoError : seL4_NotEnoughMemory);
    }
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(root_slot(connection)->cap.type, CAP_CONNECTION);
}

TEST(a_large_page_of_code_is_published_in_steps_and_counts_once_it_is)
{
    const struct message m = { .label = sel4ish_InterfaceProvideCode, .caps = 1 };

    fixture_boot();
    const word_t interface = object_new(OBJ_INTERFACE, 0), frame = object_new(OBJ_FRAME_LARGE, 0);
    const word_t registry = object_new(OBJ_REGISTRY, 0);
    struct message code = m;

    code.cap[0] = frame;
    CHECK_EQUAL(configure(interface, 1 << 21, SHAPE(21, REGION_CODE, 1)), seL4_NoError);
    CHECK_REFUSED(do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(ROOT_TCB)), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    for (unsigned i = 0; i < 2; i++) {                  /* interrupted when it begins, and when it goes on */
        host_raise_after(1, arch_irq_timer());
        do_syscall((word_t)SYS_Call, interface, &code, 0, 0);
        CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
        CHECK(slot_empty(root_slot(frame)));
        CHECK_EQUAL(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_InvalidCapability);
    }
    CHECK_EQUAL(do_op(interface, sel4ish_InterfaceProvideCode, NO_ARGS, CAPS(frame)), seL4_NoError);
    CHECK_EQUAL(do_op(registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(interface)), seL4_NoError);
}
