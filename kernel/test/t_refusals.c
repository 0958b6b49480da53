/* SPDX-License-Identifier: BSD-2-Clause
 * Refusals of Register and Request that are no denials: each row of the interface contract's table, with its error and
 * its message registers, leaving everything as it was. */
#include "world.h"

enum { DEPTH = 64 };

static seL4_Error request_with(word_t registry, word_t key)
{
    return do_op(registry, sel4ish_RegistryRequest, ARGS(key, CLIENT_BASE, world.cap_a, DEPTH),
                 CAPS(world.space_a, ROOT_CNODE, world.bell_a));
}

static seL4_Error request_at(vaddr_t base)
{
    return do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, base, world.cap_a, DEPTH),
                 CAPS(world.space_a, ROOT_CNODE, 0));
}

static void ready(void)
{
    world_boot();
    CHECK_EQUAL(store_register(), seL4_NoError);
}

TEST(an_interface_that_is_being_taken_back_is_a_failed_lookup)
{
    ready();
    world.store->ended = true;      /* as a preempted revocation leaves it */
    CHECK_REFUSED(store_request_a(), seL4_FailedLookup);
}

TEST(a_request_before_the_provider_is_a_failed_lookup_with_level_0)
{
    world_boot();
    CHECK_REFUSED(store_request_a(), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 0);
    CHECK_EQUAL(reply_word(0), 0);
}

TEST(an_interface_that_is_not_on_the_list_is_a_failed_lookup_with_level_0)
{
    world_prepare();
    CHECK_REFUSED(store_request_a(), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 0);
    CHECK_REFUSED(store_register(), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 0);
}

TEST(a_missing_table_is_a_failed_lookup_with_its_bits)
{
    ready();
    CHECK_REFUSED(request_at(0x7000000000), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(reply_word(1), LOOKUP_MISSING_CAPABILITY);
    CHECK_EQUAL(reply_word(2), 30);
    CHECK_REFUSED(request_at(CLIENT_BASE + (64ul << 21)), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 21);
    CHECK_REFUSED(request_at(0x700000000000), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 39);
}

TEST(a_table_that_is_missing_for_the_last_page_alone_refuses_the_whole_request)
{
    ready();
    CHECK_REFUSED(request_at(CLIENT_BASE + (1ul << 21) - 0x3000), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 21);
}

TEST(a_provider_without_tables_for_all_its_windows_registers_nothing)
{
    world_boot();
    CHECK_REFUSED(do_op(world.may_register, sel4ish_RegistryRegister,
                        ARGS(STORE, PROVIDER_BASE + (1ul << 21) - WINDOW, world.provider_cap, DEPTH),
                        CAPS(world.provider_space, ROOT_CNODE, 0)), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 21);
}

TEST(a_label_without_a_free_connection_gets_not_enough_memory)
{
    ready();
    const word_t nobody = mint(world.registry, RIGHT_READ, BADGE(77, STORE));

    CHECK_REFUSED(request_with(nobody, STORE), seL4_NotEnoughMemory);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
    CHECK_REFUSED(do_op(world.may_request_a, sel4ish_RegistryRequest,
                        ARGS(STORE, CLIENT_BASE + WINDOW, world.cap_b, DEPTH), CAPS(world.space_a, ROOT_CNODE, 0)),
                  seL4_NotEnoughMemory);
    CHECK_EQUAL(fixture.root->counters.denials, 0);
}

TEST(a_base_that_is_no_page_is_an_alignment_error)
{
    ready();
    CHECK_REFUSED(request_at(CLIENT_BASE + 4), seL4_AlignmentError);
}

TEST(a_base_outside_user_space_or_0_or_wrapping_is_a_range_error)
{
    static const vaddr_t bases[] = {0, ARCH_USER_TOP, ARCH_USER_TOP - WINDOW + 0x1000, 0xffffffffffffc000,
                                    0xffff000000000000};

    ready();
    for (unsigned i = 0; i < sizeof bases / sizeof bases[0]; i++)
        CHECK_REFUSED(request_at(bases[i]), seL4_RangeError);
}

TEST(a_provider_whose_last_window_leaves_user_space_gets_a_range_error)
{
    world_boot();
    CHECK_REFUSED(do_op(world.may_register, sel4ish_RegistryRegister,
                        ARGS(STORE, ARCH_USER_TOP - WINDOW, world.provider_cap, DEPTH),
                        CAPS(world.provider_space, ROOT_CNODE, 0)), seL4_RangeError);
}

TEST(a_range_that_is_partly_mapped_is_refused_with_delete_first_and_names_the_base)
{
    ready();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);

    for (vaddr_t offset = 0; offset < WINDOW; offset += 0x1000) {
        CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(CLIENT_BASE + offset, RIGHT_READ, 1), CAPS(world.space_a)),
                    seL4_NoError);
        CHECK_REFUSED(request_at(CLIENT_BASE), seL4_DeleteFirst);
        CHECK_EQUAL(reply_word(0), 1);
        CHECK_EQUAL(do_op(frame, ARMPageUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    }
    CHECK_EQUAL(request_at(CLIENT_BASE), seL4_NoError);
}

TEST(an_occupied_slot_is_refused_with_delete_first_and_the_arguments_number)
{
    ready();
    CHECK_REFUSED(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, CLIENT_BASE, world.registry, DEPTH),
                        CAPS(world.space_a, ROOT_CNODE, 0)), seL4_DeleteFirst);
    CHECK_EQUAL(reply_word(0), 2);
}

TEST(registering_twice_is_refused_with_revoke_first_and_the_first_stays)
{
    ready();
    CHECK_REFUSED(do_op(world.may_register, sel4ish_RegistryRegister, ARGS(STORE, PROVIDER_BASE, world.cap_b, DEPTH),
                        CAPS(world.spare_space, ROOT_CNODE, 0)), seL4_RevokeFirst);
    CHECK_EQUAL(store_request_a(), seL4_NoError);
}

TEST(provisioning_while_a_provider_is_registered_is_illegal)
{
    ready();
    const word_t late = interface_new(KEY(0x20, 1));

    CHECK_REFUSED(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(late)), seL4_IllegalOperation);
    CHECK_EQUAL(delete(world.provider_cap), seL4_NoError);
    CHECK_EQUAL(do_op(world.registry, sel4ish_RegistryProvision, NO_ARGS, CAPS(late)), seL4_NoError);
}

TEST(arguments_of_the_wrong_kind_are_invalid_capabilities)
{
    ready();
    CHECK_REFUSED(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, CLIENT_BASE, world.cap_a, DEPTH),
                        CAPS(ROOT_CNODE, ROOT_CNODE)), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_REFUSED(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, CLIENT_BASE, world.cap_a, DEPTH),
                        CAPS(world.space_a, world.space_a)), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 2);
    CHECK_REFUSED(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, CLIENT_BASE, world.cap_a, DEPTH),
                        CAPS(world.space_a, ROOT_CNODE, ROOT_CNODE)), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 3);
    CHECK_REFUSED(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, CLIENT_BASE, world.cap_a, DEPTH),
                        NO_CAPS), seL4_InvalidCapability);
}

TEST(a_notification_that_may_not_be_signalled_is_an_invalid_capability)
{
    ready();
    const word_t deaf = mint(world.bell_a, RIGHT_READ, 0);

    CHECK_REFUSED(do_op(world.may_request_a, sel4ish_RegistryRequest, ARGS(STORE, CLIENT_BASE, world.cap_a, DEPTH),
                        CAPS(world.space_a, ROOT_CNODE, deaf)), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 3);
}
