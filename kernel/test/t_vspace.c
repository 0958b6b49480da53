/* SPDX-License-Identifier: BSD-2-Clause
 * Address spaces: tables in them, and what user mode then sees. */
#include "../core/vspace.h"
#include "pages.h"

TEST(a_failed_map_says_which_level_is_missing)
{
    static const word_t bits[] = { 39, 30, 21 };

    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    for (unsigned i = 0; i < 3; i++) {
        CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA << 2, READ_WRITE), seL4_FailedLookup);
        CHECK_EQUAL(reply_word(0), 0);
        CHECK_EQUAL(reply_word(1), LOOKUP_MISSING_CAPABILITY);
        CHECK_EQUAL(reply_word(2), bits[i]);
        CHECK(!(cap_of(frame)->flags & CAP_MAPPED));
        tables_new(ROOT_VSPACE, VA << 2, 1);
    }
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA << 2, READ_WRITE), seL4_NoError);
    CHECK(writable(VA << 2));
    CHECK_EQUAL(table_map(object_new(OBJ_PAGE_TABLE, 0), ROOT_VSPACE, VA << 2), seL4_DeleteFirst);
}

TEST(nothing_is_mapped_outside_user_space_or_into_no_space)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), table = object_new(OBJ_PAGE_TABLE, 0),
                 bare = object_new(OBJ_VSPACE, 0);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, ARCH_USER_TOP, READ_WRITE), seL4_InvalidArgument);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, ~(word_t)4095, READ_WRITE), seL4_InvalidArgument);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA + 1, READ_WRITE), seL4_AlignmentError);
    CHECK_EQUAL(page_map(frame, bare, VA, READ_WRITE), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(page_map(frame, ROOT_TCB, VA, READ_WRITE), seL4_InvalidCapability);
    CHECK_EQUAL(table_map(table, bare, VA), seL4_InvalidCapability);
    CHECK_EQUAL(table_map(table, ROOT_VSPACE, ARCH_USER_TOP), seL4_InvalidArgument);
    CHECK_EQUAL(do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(ROOT_VSPACE)), seL4_InvalidCapability);
}

TEST(a_table_can_be_taken_out_and_put_elsewhere_empty)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), table = tables_new(ROOT_VSPACE, VA, 3),
                 copy = cap_copy(table, RIGHT_ALL);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK(writable(VA));
    CHECK_EQUAL(table_map(table, ROOT_VSPACE, VA + (1 << 21)), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(table, ARMPageTableUnmap, NO_ARGS, NO_CAPS), seL4_RevokeFirst);
    CHECK_EQUAL(slot_end(copy), seL4_NoError);
    CHECK(readable(VA));
    CHECK_EQUAL(do_op(table, ARMPageTableUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(!readable(VA));
    CHECK_EQUAL(table_map(table, ROOT_VSPACE, VA + (1 << 21)), seL4_NoError);
    CHECK(!readable(VA + (1 << 21)));
    CHECK_EQUAL(page_unmap(frame), seL4_NoError);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA + (1 << 21), READ_WRITE), seL4_NoError);
}

TEST(a_thread_without_its_address_space_cannot_go_on)
{
    fixture_boot();
    CHECK(readable(0x400000));
    CHECK_EQUAL(slot_end(ROOT_ASID_POOL), seL4_NoError);
    CHECK(!readable(0x400000) && !executable(0x400000));
}

TEST(a_thread_that_revokes_its_own_address_space_is_in_none)
{
    fixture_boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 12), vspace = slot_new(), frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_VSPACE, 0, 0, 0, vspace, 1), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(vspace)), seL4_NoError);
    tables_new(vspace, VA, 3);
    CHECK_EQUAL(page_map(frame, vspace, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetSpace, ARGS(0, 0), CAPS(0, ROOT_CNODE, vspace)), seL4_NoError);
    CHECK(readable(VA) && !readable(0x400000));
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(untyped, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root && slot_empty(thread_slot(fixture.root, SLOT_VSPACE)));
    CHECK(!readable(VA) && !writable(VA));
}

/* It ran on when it lost its capability: what was its address space may be anything by now. */
TEST(a_thread_is_in_no_address_space_that_ended_after_it_lost_its_capability_to_it)
{
    fixture_boot();
    const word_t vspace = numbered_space(), frame = object_new(OBJ_FRAME_SMALL, 0);
    tables_new(vspace, VA, 3);
    CHECK_EQUAL(page_map(frame, vspace, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetSpace, ARGS(0, 0), CAPS(0, ROOT_CNODE, vspace)), seL4_NoError);
    CHECK(readable(VA));
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(vspace, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root && slot_empty(thread_slot(fixture.root, SLOT_VSPACE)));
    CHECK_EQUAL(slot_end(vspace), seL4_NoError);
    CHECK(!readable(VA) && !writable(VA));
}

TEST(a_table_does_not_come_where_a_large_frame_is)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_LARGE, 0), table = object_new(OBJ_PAGE_TABLE, 0);
    tables_new(ROOT_VSPACE, VA, 2);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(table_map(table, ROOT_VSPACE, VA), seL4_DeleteFirst);
    CHECK(readable(VA) && !(cap_of(table)->flags & CAP_MAPPED));
}

TEST(a_table_whose_place_another_took_or_whose_space_ended_takes_nothing_out)
{
    fixture_boot();
    const word_t space = numbered_space();
    const word_t upper = tables_new(space, VA, 2), table = tables_new(space, VA, 1);

    CHECK_EQUAL(slot_end(upper), seL4_NoError);
    const word_t others = tables_new(space, VA, 2), frame = object_new(OBJ_FRAME_SMALL, 0);
    struct vspace_leaf leaf;
    CHECK_EQUAL(page_map(frame, space, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(do_op(table, ARMPageTableUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(vspace_leaf(cap_of(space)->aux, VA, &leaf));
    const uint32_t tag = cap_of(space)->aux;
    CHECK_EQUAL(slot_end(space), seL4_NoError);
    CHECK(!vspace_leaf(tag, VA, &leaf));
    CHECK_EQUAL(do_op(others, ARMPageTableUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(!(cap_of(others)->flags & CAP_MAPPED));
}

TEST(a_thread_whose_capability_to_its_space_was_revoked_comes_back_in_none)
{
    fixture_boot();
    const word_t space = numbered_space(), tcb = thread_new(255, false), frame = object_new(OBJ_FRAME_SMALL, 0);
    struct thread *const t = thread_of(tcb);

    tables_new(space, VA, 3);
    CHECK_EQUAL(page_map(frame, space, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(do_op(tcb, TCBSetSpace, ARGS(0, 0), CAPS(0, ROOT_CNODE, space)), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(10), CAPS(ROOT_TCB)), seL4_NoError);
    thread_start(tcb, 0x400000);
    CHECK(host_current() == t && readable(VA));
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(space, WORD_BITS), NO_CAPS),
                seL4_NoError); /* by itself: it goes on */
    CHECK(host_current() == t && slot_empty(thread_slot(t, SLOT_VSPACE)));
    CHECK_EQUAL(do_op(tcb, TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root && readable(0x400000));
    CHECK_EQUAL(do_op(tcb, TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == t && !readable(VA) && !executable(VA));
}

TEST(ranges_that_are_longer_than_user_memory_are_not_in_it)
{
    CHECK(vaddr_range_is_user(0, ARCH_USER_TOP));
    CHECK(!vaddr_range_is_user(0, ARCH_USER_TOP + 1));
    CHECK(!vaddr_range_is_user(1, ARCH_USER_TOP));
    CHECK(!vaddr_range_is_user(4096, ~(word_t)0 - 4095));
}

TEST(the_first_table_that_is_missing_is_told_of_several)
{
    unsigned missing = 0;

    fixture_boot();
    const uint32_t tag = cap_of(ROOT_VSPACE)->aux;
    const vaddr_t edge = VA + (1ul << 30);

    tables_new(ROOT_VSPACE, VA, 1);
    CHECK_EQUAL(vspace_check_range(tag, edge - (1 << 21), 21, 2, &missing), seL4_FailedLookup);
    CHECK_EQUAL(missing, 30);
    tables_new(ROOT_VSPACE, edge - (1 << 21), 1);
    missing = 0;
    CHECK_EQUAL(vspace_check_range(tag, edge - 4096, 12, 2, &missing), seL4_FailedLookup);
    CHECK_EQUAL(missing, 21);               /* behind the edge it would be 30 */
}
