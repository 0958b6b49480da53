/* SPDX-License-Identifier: BSD-2-Clause
 * ASID pools: they number address spaces, no number twice, and their end ends what they numbered. */
#include "../core/asid.h"
#include "../core/vspace.h"
#include "pages.h"

TEST(a_capability_of_a_space_that_is_gone_unmaps_nothing_of_the_next_with_its_asid)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), other = cap_copy(frame, RIGHT_ALL), first = numbered_space();
    struct vspace_leaf leaf;
    tables_new(first, VA, 3);
    CHECK_EQUAL(page_map(frame, first, VA, READ_WRITE), seL4_NoError);
    const uint32_t stale = cap_of(first)->aux;
    CHECK_EQUAL(slot_end(first), seL4_NoError);
    const word_t second = numbered_space();
    CHECK_EQUAL(tag_asid(cap_of(second)->aux), tag_asid(stale));
    CHECK(cap_of(second)->aux != stale && !vspace_root(stale));
    tables_new(second, VA, 3);
    CHECK_EQUAL(page_map(other, second, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(page_unmap(frame), seL4_NoError);
    CHECK(vspace_leaf(cap_of(second)->aux, VA, &leaf) && leaf.page == arch_paddr(cap_of(frame)->object));
}

/* As if a thread of it ran. */
static void enter(word_t space)
{
    arch_vspace_enter(arch_paddr(cap_of(space)->object), tag_asid(cap_of(space)->aux));
}

TEST(a_number_that_is_given_out_again_translates_nothing_of_the_space_before)
{
    fixture_boot();
    const word_t first = numbered_space();
    tables_new(first, VA, 3);
    CHECK_EQUAL(page_map(object_new(OBJ_FRAME_SMALL, 0), first, VA, READ_WRITE), seL4_NoError);
    enter(first);
    CHECK(readable(VA));
    enter(ROOT_VSPACE);
    const word_t asid = tag_asid(cap_of(first)->aux);
    CHECK_EQUAL(slot_end(first), seL4_NoError);
    const word_t second = numbered_space();
    CHECK_EQUAL(tag_asid(cap_of(second)->aux), asid);
    enter(second);
    CHECK(!readable(VA));
    CHECK_EQUAL(host_findings(), 0);
}

TEST(an_asid_pool_numbers_spaces_until_it_is_full_and_its_end_ends_their_mappings)
{
    fixture_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 12), pool = slot_new(), vspace = object_new(OBJ_VSPACE, 0);
    CHECK_EQUAL(
        do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(pool, WORD_BITS), CAPS(fixture.untyped, ROOT_CNODE)),
        seL4_InvalidCapability);
    CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(pool, WORD_BITS), CAPS(untyped, ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(pool, ARMASIDPoolAssign, NO_ARGS, CAPS(vspace)), seL4_NoError);
    CHECK(vspace_usable(cap_of(vspace)));
    CHECK_EQUAL(
        do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(slot_new(), WORD_BITS), CAPS(untyped, ROOT_CNODE)),
        seL4_RevokeFirst);
    CHECK_EQUAL(slot_end(pool), seL4_NoError);
    CHECK(!vspace_usable(cap_of(vspace)));
    CHECK_EQUAL(table_map(object_new(OBJ_PAGE_TABLE, 0), vspace, VA), seL4_InvalidCapability);
    CHECK_EQUAL(slot_end(vspace), seL4_NoError);
}

TEST(an_asid_is_given_out_as_often_as_there_are_tags_and_then_no_more)
{
    static const unsigned tags = 1 << 16;
    const struct cap *pool;
    uint32_t tag = 0, last = 0;

    fixture_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 12), slot = slot_new(), vspace = object_new(OBJ_VSPACE, 0);
    CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(slot, WORD_BITS), CAPS(untyped, ROOT_CNODE)),
                seL4_NoError);
    pool = cap_of(slot);
    for (unsigned i = 0; i < tags; i++) {
        CHECK(!asid_assign(pool->object, pool->badge, cap_of(vspace)->object, &tag));
        CHECK(tag_asid(tag) == pool->badge && (!i || tag > last));
        asid_release(last = tag, cap_of(vspace)->object);
        CHECK(!vspace_root(tag));
    }
    CHECK(!asid_assign(pool->object, pool->badge, cap_of(vspace)->object, &tag));
    CHECK_EQUAL(tag_asid(tag), pool->badge + 1);
    asid_release(tag, cap_of(vspace)->object);
    /* A pool that comes to the same place gives out none of them again: it comes to another. */
    const word_t first = pool->badge;
    CHECK_EQUAL(slot_end(slot), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(slot, WORD_BITS), CAPS(untyped, ROOT_CNODE)),
                seL4_NoError);
    CHECK(cap_of(slot)->badge != first);
}

TEST(a_pool_in_the_place_of_one_that_ended_gives_out_other_tags)
{
    uint32_t tags[2];

    fixture_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 12), slot = slot_new();
    for (unsigned i = 0; i < 2; i++) {
        const word_t vspace = object_new(OBJ_VSPACE, 0);

        CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(slot, WORD_BITS), CAPS(untyped, ROOT_CNODE)),
                    seL4_NoError);
        CHECK_EQUAL(do_op(slot, ARMASIDPoolAssign, NO_ARGS, CAPS(vspace)), seL4_NoError);
        tags[i] = cap_of(vspace)->aux;
        CHECK_EQUAL(slot_end(slot), seL4_NoError);
        CHECK(!vspace_root(tags[i]));
    }
    CHECK_EQUAL(tag_asid(tags[0]), tag_asid(tags[1]));
    CHECK(tags[0] != tags[1]);
}

TEST(a_pool_without_a_free_number_says_so)
{
    uint32_t tag;

    fixture_boot();
    const word_t first = object_new(OBJ_VSPACE, 0), last = object_new(OBJ_VSPACE, 0);
    const struct cap *const pool = cap_of(ROOT_ASID_POOL);
    while (!asid_assign(pool->object, pool->badge, cap_of(first)->object, &tag))
        ;
    CHECK_EQUAL(do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(last)), seL4_DeleteFirst);
    CHECK(!(cap_of(last)->flags & CAP_MAPPED));
    host_set_check(NULL);       /* one space with all the numbers is no state to leave */
}

TEST(a_pool_goes_into_an_empty_slot)
{
    fixture_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 12);
    CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(untyped, WORD_BITS), CAPS(untyped, ROOT_CNODE)),
                seL4_DeleteFirst);
    CHECK_EQUAL(cap_of(untyped)->type, CAP_UNTYPED);
}

TEST(there_are_so_many_pools_and_no_more)
{
    static uint8_t pages[ASID_POOLS][4096] __attribute__((aligned(4096)));
    word_t first = 0;
    unsigned made = 0;

    fixture_boot();
    while (asid_pool_install((struct asid_pool *)(void *)pages[made], &first))
        made++;
    CHECK_EQUAL(made, ASID_POOLS - 1);
    CHECK(!asid_pool_room());
    CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(slot_new(), 64),
                      CAPS(object_new(OBJ_UNTYPED, 12), ROOT_CNODE)), seL4_DeleteFirst);
}

TEST(a_pool_is_made_of_memory_and_of_no_device)
{
    fixture_boot();
    CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(slot_new(), 64),
                      CAPS(fixture.device_untyped, ROOT_CNODE)), seL4_InvalidCapability);
}

TEST(a_pool_is_made_of_an_untyped_of_its_size)
{
    fixture_boot();
    const word_t target = slot_new();

    CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(target, WORD_BITS), CAPS(ROOT_TCB, ROOT_CNODE)),
                seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(do_op(ROOT_ASID_CONTROL, ARMASIDControlMakePool, ARGS(target, WORD_BITS),
                      CAPS(object_new(OBJ_UNTYPED, 13), ROOT_CNODE)), seL4_InvalidCapability);
    CHECK(slot_empty(root_slot(target)));
}
