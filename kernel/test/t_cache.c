/* SPDX-License-Identifier: BSD-2-Clause
 * Cache calls: what of which memory, and the long ones in steps. */
#include "pages.h"

TEST(cache_calls_check_their_range)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(frame, ARMPageClean_Data, ARGS(8, 8), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(do_op(frame, ARMPageClean_Data, ARGS(0, 4097), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(do_op(frame, ARMPageClean_Data, ARGS(4096, 4097), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(do_op(ROOT_VSPACE, ARMVSpaceClean_Data, ARGS(0x401000, 0x401000), NO_CAPS), seL4_InvalidArgument);
    CHECK_EQUAL(do_op(ROOT_VSPACE, ARMVSpaceClean_Data, ARGS(0x401000, 0x402001), NO_CAPS), seL4_RangeError);
    CHECK(reply_word(0) == 0x401000 && reply_word(1) == 0x401fff);
    CHECK_EQUAL(do_op(ROOT_VSPACE, ARMVSpaceClean_Data, ARGS(0x401000, 0x402000), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_VSPACE, ARMVSpaceClean_Data, ARGS(VA, VA + 64), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_VSPACE, ARMVSpaceInvalidate_Data, ARGS(0x400000, 0x400040), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_VSPACE, ARMVSpaceClean_Data, ARGS(ARCH_USER_TOP - 64, ARCH_USER_TOP + 64), NO_CAPS),
                seL4_IllegalOperation);
}

TEST(an_interrupted_cache_call_goes_on_where_it_stopped)
{
    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_LARGE, 0);
    const struct message m = { .label = ARMPageClean_Data, .length = 2, .words = { 64, 1 << 21 } };
    host_raise_after(3, arch_irq_timer());
    do_syscall((word_t)SYS_Call, frame, &m, 0, 0);
    CHECK(fixture.root->frame.pc == fixture.root->frame.restart);
    CHECK_EQUAL(fixture.root->frame.mr[0], 64 + 3 * 4096);
    host_syscall((word_t)SYS_Call);
    CHECK(fixture.root->frame.pc != fixture.root->frame.restart);
    CHECK_EQUAL(fixture.root->frame.info >> 12, seL4_NoError);
}

TEST(code_that_was_written_is_fetched_once_it_was_unified)
{
    uint32_t word = 0x12345678, fetched = 0;

    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), code = cap_copy(frame, RIGHT_READ);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(page_map(code, ROOT_VSPACE, VA + 4096, RIGHT_READ), seL4_NoError);
    CHECK(host_store(VA + 8, &word, sizeof word));
    CHECK_EQUAL(do_op(code, ARMPageUnify_Instruction, ARGS(0, 64), NO_CAPS), seL4_NoError);
    CHECK(host_fetch(VA + 4096 + 8, &fetched, sizeof fetched) && fetched == word);
    CHECK(!host_findings());
}

TEST(an_address_space_without_a_number_is_none_to_maintain)
{
    fixture_boot();
    CHECK_EQUAL(do_op(object_new(OBJ_VSPACE, 0), ARMVSpaceClean_Data, ARGS(0x400000, 0x400010), NO_CAPS),
                seL4_InvalidCapability);
}

/* The mapping went with its table, which the capability was not told of. */
TEST(a_frame_is_cleaned_itself_though_another_came_to_where_it_was_mapped)
{
    enum { CACHED_AT = 0x1000, UNCACHED_AT = 0x2000 };
    uint32_t word = 0x12345678, seen = 0;

    fixture_boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), cached = cap_copy(frame, READ_WRITE), uncached = cap_copy(frame, READ_WRITE);
    const word_t table = tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(page_map(frame, ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(do_op(table, ARMPageTableUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(table_map(table, ROOT_VSPACE, VA), seL4_NoError);
    CHECK_EQUAL(page_map(object_new(OBJ_FRAME_SMALL, 0), ROOT_VSPACE, VA, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(page_map(cached, ROOT_VSPACE, VA + CACHED_AT, READ_WRITE), seL4_NoError);
    CHECK_EQUAL(do_op(uncached, ARMPageMap, ARGS(VA + UNCACHED_AT, READ_WRITE, 0), CAPS(ROOT_VSPACE)), seL4_NoError);
    CHECK(host_store(VA + CACHED_AT, &word, sizeof word));
    CHECK_EQUAL(do_op(frame, ARMPageClean_Data, ARGS(0, 64), NO_CAPS), seL4_NoError);
    CHECK(host_load(VA + UNCACHED_AT, &seen, sizeof seen) && seen == word);
    CHECK_EQUAL(host_findings(), 0);
}
