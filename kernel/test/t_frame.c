/* SPDX-License-Identifier: BSD-2-Clause
 * Frames: where and how they are mapped, and what a capability whose mapping is gone can do (nothing). */
#include "pages.h"

TEST(a_large_frame_needs_one_table_less)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_LARGE, 0), small = object_new(OBJ_FRAME_SMALL, 0);
    tables_new(ROOT_VSPACE, VA << 2, 2);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, (VA << 2) + 4096, READ_WRITE), seL4_AlignmentError);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA << 2, READ_WRITE), seL4_NoError);
    CHECK(writable(VA << 2) && writable((VA << 2) + (1 << 21) - 4) && !readable((VA << 2) + (1 << 21)));
    CHECK_EQUAL(page_map(small, ROOT_VSPACE, (VA << 2) + 4096, READ_WRITE), seL4_DeleteFirst);
    CHECK_EQUAL(page_unmap(frame), seL4_NoError);
    CHECK(!readable(VA << 2));
    CHECK_EQUAL(page_map(small, ROOT_VSPACE, (VA << 2) + 4096, READ_WRITE), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 21);
}

TEST(a_writable_mapping_is_never_executable)
{
    uint32_t word = 0;

    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK(host_store(VA, &word, 4) && !executable(VA));
    CHECK_EQUAL(do_op(frame, ARMPageUnify_Instruction, ARGS(0, 4096), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, RIGHT_READ), seL4_NoError); /* again, with other rights */
    CHECK(executable(VA) && !host_store(VA, &word, 4));
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(VA, RIGHT_READ, CACHED | NEVER_EXECUTE), CAPS(ROOT_VSPACE)),
                seL4_NoError);
    CHECK(readable(VA) && !executable(VA));
}

TEST(a_mapping_has_no_more_rights_than_its_capability)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), reader = cap_copy(frame, RIGHT_READ),
                 none = cap_copy(frame, RIGHT_WRITE);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(page_map(reader, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK(readable(VA) && !writable(VA));
    CHECK_EQUAL(page_map(none, ROOT_VSPACE, VA + 4096, READ_WRITE), seL4_NoError);
    CHECK(!readable(VA + 4096) && !writable(VA + 4096));
    CHECK_EQUAL(do_op(reader, ARMPageInvalidate_Data, ARGS(0, 64), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(reader, ARMPageClean_Data, ARGS(0, 64), NO_CAPS), seL4_NoError);
}

TEST(each_capability_to_a_frame_has_its_own_mapping_and_undoes_that_one)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    const word_t copy = cap_copy(frame, RIGHT_ALL);
    CHECK(!(cap_of(copy)->flags & CAP_MAPPED));
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA + 4096, READ_WRITE), seL4_InvalidArgument);
    CHECK_EQUAL(page_map(copy, ROOT_VSPACE, VA, READ_WRITE), seL4_DeleteFirst);
    CHECK_EQUAL(page_map(copy, ROOT_VSPACE, VA + 4096, READ_WRITE), seL4_NoError);
    CHECK(writable(VA) && readable(VA + 4096));
    CHECK_EQUAL(slot_end(copy), seL4_NoError);
    CHECK(readable(VA) && !readable(VA + 4096));
    CHECK_EQUAL(page_unmap(frame), seL4_NoError);
    CHECK(!readable(VA));
    CHECK_EQUAL(page_unmap(frame), seL4_NoError);
}

TEST(a_frame_whose_table_went_can_be_mapped_there_again)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), table = tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(slot_end(table), seL4_NoError);
    CHECK(!readable(VA));
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_FailedLookup);
    tables_new(ROOT_VSPACE, VA, 1);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK(readable(VA));
}

TEST(a_device_frame_is_mapped_and_never_touched_by_the_kernel)
{
    fixture_boot();
    const word_t frame = slot_new();
    CHECK_EQUAL(
        do_op(fixture.device_untyped, UntypedRetype, ARGS(OBJ_FRAME_SMALL, 0, 0, 0, frame, 1), CAPS(ROOT_CNODE)),
        seL4_NoError);
    CHECK_EQUAL(do_op(frame, ARMPageGetAddress, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), HOST_DEVICE_BASE);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(VA, READ_WRITE, 0), CAPS(ROOT_VSPACE)), seL4_NoError);
    CHECK_EQUAL(do_op(frame, ARMPageClean_Data, ARGS(0, 64), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_VSPACE, ARMVSpaceClean_Data, ARGS(VA, VA + 64), NO_CAPS), seL4_IllegalOperation);
}

TEST(a_capability_whose_mapping_went_with_its_table_can_undo_that_of_a_copy_that_came_there)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), copy = cap_copy(frame, RIGHT_ALL),
                 other = object_new(OBJ_FRAME_SMALL, 0), table = tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(page_map(other, ROOT_VSPACE, VA + 4096, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(slot_end(table), seL4_NoError);
    tables_new(ROOT_VSPACE, VA, 1);
    CHECK_EQUAL(page_map(copy, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(page_unmap(other), seL4_NoError);
    CHECK(readable(VA));
    CHECK_EQUAL(page_unmap(frame), seL4_NoError);       /* as in seL4: it is the same frame */
    CHECK(!readable(VA));
}

TEST(what_mapping_a_frame_takes_does_not_depend_on_how_many_copies_others_made)
{
    enum { MANY = 200 };

    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), table = tables_new(ROOT_VSPACE, VA, 3);
    for (unsigned i = 0; i < MANY; i++)
        (void)cap_copy(frame, RIGHT_ALL);
    CHECK_EQUAL(slot_end(table), seL4_NoError);
    tables_new(ROOT_VSPACE, VA, 1);
    const word_t entries = fixture.root->counters.syscalls;
    host_raise_after(1, arch_irq_timer());
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(fixture.root->counters.syscalls, entries + 1);
    CHECK(readable(VA));
}

TEST(the_last_page_of_user_memory_can_be_mapped)
{
    fixture_boot();
    tables_new(ROOT_VSPACE, ARCH_USER_TOP - 4096, 3);
    CHECK_EQUAL(page_map(object_new(OBJ_FRAME_SMALL, 0), ROOT_VSPACE, ARCH_USER_TOP - 4096, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(page_map(object_new(OBJ_FRAME_SMALL, 0), ROOT_VSPACE, ARCH_USER_TOP, READ_WRITE), seL4_InvalidArgument);
}

TEST(a_mapped_frame_stays_where_it_is_mapped)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), other = numbered_space();
    tables_new(ROOT_VSPACE, VA, 3);
    tables_new(other, VA, 3);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(page_map(frame, other, VA, READ_WRITE), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA + 4096, READ_WRITE), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK(readable(VA) && !readable(VA + 4096));
    CHECK(cap_of(frame)->flags & CAP_MAPPED && cap_of(frame)->badge == VA &&
          cap_of(frame)->aux == cap_of(ROOT_VSPACE)->aux);
}

TEST(throwing_away_what_is_in_the_cache_takes_the_right_to_write)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), reader = cap_copy(frame, RIGHT_READ);

    CHECK_EQUAL(do_op(reader, ARMPageInvalidate_Data, ARGS(0, 64), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(frame, ARMPageInvalidate_Data, ARGS(0, 64), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(reader, ARMPageCleanInvalidate_Data, ARGS(0, 64), NO_CAPS), seL4_NoError);
}

TEST(large_frames_are_made_of_device_memory_too)
{
    struct boot_machine machine = fixture_machine();

    machine.device[0] = (struct memory_range){ 0, 1 << 30 };
    fixture_boot_on(machine);
    const word_t slot = slot_new();
    CHECK_EQUAL(do_op(fixture.device_untyped, UntypedRetype, ARGS(OBJ_TCB, 0, 0, 0, slot, 1), CAPS(ROOT_CNODE)),
                seL4_InvalidArgument);
    CHECK_EQUAL(do_op(fixture.device_untyped, UntypedRetype, ARGS(OBJ_FRAME_LARGE, 0, 0, 0, slot, 1), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(slot, ARMPageGetAddress, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK(cap_of(slot)->flags & CAP_DEVICE);
    CHECK_EQUAL(
        do_op(fixture.device_untyped, UntypedRetype, ARGS(OBJ_FRAME_HUGE, 0, 0, 0, slot_new(), 1), CAPS(ROOT_CNODE)),
        seL4_NotEnoughMemory);
    CHECK_EQUAL(slot_end(slot), seL4_NoError);
    CHECK_EQUAL(do_op(fixture.device_untyped, UntypedRetype, ARGS(OBJ_FRAME_HUGE, 0, 0, 0, slot, 1), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(cap_of(slot)->size_bits, 30);
}
