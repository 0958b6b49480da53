/* SPDX-License-Identifier: BSD-2-Clause
 * Address spaces: frames and tables in them, what stale capabilities can do (nothing), and what user mode then sees. */
#include "../core/asid.h"
#include "../core/invariants.h"
#include "../core/vspace.h"
#include "fixture.h"

#include <string.h>

enum { CACHED = 1, NEVER_EXECUTE = 4 };
static const word_t read_write = RIGHT_READ | RIGHT_WRITE;
#define VA 0x10000000000ul /* nothing is near */

static struct cap *cap_of(word_t slot) { return &root_slot(slot)->cap; }

static void boot(void)
{
    fixture_boot();
    host_set_check(invariants_check);
}

static seL4_Error map(word_t frame, word_t vspace, vaddr_t va, word_t rights)
{
    return do_op(frame, ARMPageMap, ARGS(va, rights, CACHED), CAPS(vspace));
}

static seL4_Error map_table(word_t table, word_t vspace, vaddr_t va)
{
    return do_op(table, ARMPageTableMap, ARGS(va, 0), CAPS(vspace));
}

static word_t tables_new(word_t vspace, vaddr_t va, unsigned count)
{
    word_t table = 0;

    while (count--)
        CHECK_EQUAL(map_table(table = object_new(OBJ_PAGE_TABLE, 0), vspace, va), seL4_NoError);
    return table;
}

static word_t vspace_new(void)
{
    const word_t vspace = object_new(OBJ_VSPACE, 0);

    CHECK_EQUAL(do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(vspace)), seL4_NoError);
    return vspace;
}

static seL4_Error unmap(word_t frame) { return do_op(frame, ARMPageUnmap, NO_ARGS, NO_CAPS); }
static seL4_Error delete_at(word_t slot) { return do_op(ROOT_CNODE, CNodeDelete, ARGS(slot, WORD_BITS), NO_CAPS); }

static word_t copy_of(word_t from, word_t rights)
{
    const word_t to = slot_new();

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(to, WORD_BITS, from, WORD_BITS, rights), CAPS(ROOT_CNODE)),
                seL4_NoError);
    return to;
}

static bool readable(vaddr_t va)
{
    uint32_t word;
    return host_load(va, &word, sizeof word);
}
static bool writable(vaddr_t va)
{
    uint32_t word = 1;
    return host_store(va, &word, sizeof word);
}
static bool executable(vaddr_t va)
{
    uint32_t word;
    return host_fetch(va, &word, sizeof word);
}

TEST(a_failed_map_says_which_level_is_missing)
{
    static const word_t bits[] = { 39, 30, 21 };

    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    for (unsigned i = 0; i < 3; i++) {
        CHECK_EQUAL(map(frame, ROOT_VSPACE, VA << 2, read_write), seL4_FailedLookup);
        CHECK_EQUAL(reply_word(0), 0);
        CHECK_EQUAL(reply_word(1), LOOKUP_MISSING_CAPABILITY);
        CHECK_EQUAL(reply_word(2), bits[i]);
        CHECK(!(cap_of(frame)->flags & CAP_MAPPED));
        tables_new(ROOT_VSPACE, VA << 2, 1);
    }
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA << 2, read_write), seL4_NoError);
    CHECK(writable(VA << 2));
    CHECK_EQUAL(map_table(object_new(OBJ_PAGE_TABLE, 0), ROOT_VSPACE, VA << 2), seL4_DeleteFirst);
}

TEST(a_large_frame_needs_one_table_less)
{
    boot();
    const word_t frame = object_new(OBJ_FRAME_LARGE, 0), small = object_new(OBJ_FRAME_SMALL, 0);
    tables_new(ROOT_VSPACE, VA << 2, 2);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, (VA << 2) + 4096, read_write), seL4_AlignmentError);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA << 2, read_write), seL4_NoError);
    CHECK(writable(VA << 2) && writable((VA << 2) + (1 << 21) - 4) && !readable((VA << 2) + (1 << 21)));
    CHECK_EQUAL(map(small, ROOT_VSPACE, (VA << 2) + 4096, read_write), seL4_DeleteFirst);
    CHECK_EQUAL(unmap(frame), seL4_NoError);
    CHECK(!readable(VA << 2));
    CHECK_EQUAL(map(small, ROOT_VSPACE, (VA << 2) + 4096, read_write), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(2), 21);
}

TEST(a_writable_mapping_is_never_executable)
{
    uint32_t word = 0;

    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK(host_store(VA, &word, 4) && !executable(VA));
    CHECK_EQUAL(do_op(frame, ARMPageUnify_Instruction, ARGS(0, 4096), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, RIGHT_READ), seL4_NoError); /* again, with other rights */
    CHECK(executable(VA) && !host_store(VA, &word, 4));
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(VA, RIGHT_READ, CACHED | NEVER_EXECUTE), CAPS(ROOT_VSPACE)),
                seL4_NoError);
    CHECK(readable(VA) && !executable(VA));
}

TEST(a_mapping_has_no_more_rights_than_its_capability)
{
    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), reader = copy_of(frame, RIGHT_READ),
                 none = copy_of(frame, RIGHT_WRITE);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(map(reader, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK(readable(VA) && !writable(VA));
    CHECK_EQUAL(map(none, ROOT_VSPACE, VA + 4096, read_write), seL4_NoError);
    CHECK(!readable(VA + 4096) && !writable(VA + 4096));
    CHECK_EQUAL(do_op(reader, ARMPageInvalidate_Data, ARGS(0, 64), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(reader, ARMPageClean_Data, ARGS(0, 64), NO_CAPS), seL4_NoError);
}

TEST(each_capability_to_a_frame_has_its_own_mapping_and_undoes_that_one)
{
    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_NoError);
    const word_t copy = copy_of(frame, RIGHT_ALL);
    CHECK(!(cap_of(copy)->flags & CAP_MAPPED));
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA + 4096, read_write), seL4_InvalidArgument);
    CHECK_EQUAL(map(copy, ROOT_VSPACE, VA, read_write), seL4_DeleteFirst);
    CHECK_EQUAL(map(copy, ROOT_VSPACE, VA + 4096, read_write), seL4_NoError);
    CHECK(writable(VA) && readable(VA + 4096));
    CHECK_EQUAL(delete_at(copy), seL4_NoError);
    CHECK(readable(VA) && !readable(VA + 4096));
    CHECK_EQUAL(unmap(frame), seL4_NoError);
    CHECK(!readable(VA));
    CHECK_EQUAL(unmap(frame), seL4_NoError);
}

TEST(nothing_is_mapped_outside_user_space_or_into_no_space)
{
    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), table = object_new(OBJ_PAGE_TABLE, 0),
                 bare = object_new(OBJ_VSPACE, 0);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, ARCH_USER_TOP, read_write), seL4_InvalidArgument);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, ~(word_t)4095, read_write), seL4_InvalidArgument);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA + 1, read_write), seL4_AlignmentError);
    CHECK_EQUAL(map(frame, bare, VA, read_write), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(map(frame, ROOT_TCB, VA, read_write), seL4_InvalidCapability);
    CHECK_EQUAL(map_table(table, bare, VA), seL4_InvalidCapability);
    CHECK_EQUAL(map_table(table, ROOT_VSPACE, ARCH_USER_TOP), seL4_InvalidArgument);
    CHECK_EQUAL(do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(ROOT_VSPACE)), seL4_InvalidCapability);
}

TEST(a_table_can_be_taken_out_and_put_elsewhere_empty)
{
    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), table = tables_new(ROOT_VSPACE, VA, 3),
                 copy = copy_of(table, RIGHT_ALL);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK(writable(VA));
    CHECK_EQUAL(map_table(table, ROOT_VSPACE, VA + (1 << 21)), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(table, ARMPageTableUnmap, NO_ARGS, NO_CAPS), seL4_RevokeFirst);
    CHECK_EQUAL(delete_at(copy), seL4_NoError);
    CHECK(readable(VA));
    CHECK_EQUAL(do_op(table, ARMPageTableUnmap, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(!readable(VA));
    CHECK_EQUAL(map_table(table, ROOT_VSPACE, VA + (1 << 21)), seL4_NoError);
    CHECK(!readable(VA + (1 << 21)));
    CHECK_EQUAL(unmap(frame), seL4_NoError);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA + (1 << 21), read_write), seL4_NoError);
}

TEST(a_frame_whose_table_went_can_be_mapped_there_again)
{
    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), table = tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK_EQUAL(delete_at(table), seL4_NoError);
    CHECK(!readable(VA));
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_FailedLookup);
    tables_new(ROOT_VSPACE, VA, 1);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK(readable(VA));
}

TEST(a_capability_of_a_space_that_is_gone_unmaps_nothing_of_the_next_with_its_asid)
{
    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), other = copy_of(frame, RIGHT_ALL), first = vspace_new();
    struct vspace_leaf leaf;
    tables_new(first, VA, 3);
    CHECK_EQUAL(map(frame, first, VA, read_write), seL4_NoError);
    const uint32_t stale = cap_of(first)->aux;
    CHECK_EQUAL(delete_at(first), seL4_NoError);
    const word_t second = vspace_new();
    CHECK_EQUAL(tag_asid(cap_of(second)->aux), tag_asid(stale));
    CHECK(cap_of(second)->aux != stale && !vspace_root(stale));
    tables_new(second, VA, 3);
    CHECK_EQUAL(map(other, second, VA, read_write), seL4_NoError);
    CHECK_EQUAL(unmap(frame), seL4_NoError);
    CHECK(vspace_leaf(cap_of(second)->aux, VA, &leaf) && leaf.page == arch_paddr(cap_of(frame)->object));
}

TEST(an_asid_pool_numbers_spaces_until_it_is_full_and_its_end_ends_their_mappings)
{
    boot();
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
    CHECK_EQUAL(delete_at(pool), seL4_NoError);
    CHECK(!vspace_usable(cap_of(vspace)));
    CHECK_EQUAL(map_table(object_new(OBJ_PAGE_TABLE, 0), vspace, VA), seL4_InvalidCapability);
    CHECK_EQUAL(delete_at(vspace), seL4_NoError);
}

TEST(a_thread_without_its_address_space_cannot_go_on)
{
    boot();
    CHECK(readable(0x400000));
    CHECK_EQUAL(delete_at(ROOT_ASID_POOL), seL4_NoError);
    CHECK(!readable(0x400000) && !executable(0x400000));
}

TEST(a_thread_that_revokes_its_own_address_space_is_in_none)
{
    boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 12), vspace = slot_new(), frame = object_new(OBJ_FRAME_SMALL, 0);
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_VSPACE, 0, 0, 0, vspace, 1), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(vspace)), seL4_NoError);
    tables_new(vspace, VA, 3);
    CHECK_EQUAL(map(frame, vspace, VA, read_write), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetSpace, ARGS(0, 0), CAPS(0, ROOT_CNODE, vspace)), seL4_NoError);
    CHECK(readable(VA) && !readable(0x400000));
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(untyped, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root && slot_empty(thread_slot(fixture.root, SLOT_VSPACE)));
    CHECK(!readable(VA) && !writable(VA));
}

/* It ran on when it lost its capability: what was its address space may be anything by now. */
TEST(a_thread_is_in_no_address_space_that_ended_after_it_lost_its_capability_to_it)
{
    boot();
    const word_t vspace = vspace_new(), frame = object_new(OBJ_FRAME_SMALL, 0);
    tables_new(vspace, VA, 3);
    CHECK_EQUAL(map(frame, vspace, VA, read_write), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetSpace, ARGS(0, 0), CAPS(0, ROOT_CNODE, vspace)), seL4_NoError);
    CHECK(readable(VA));
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(vspace, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root && slot_empty(thread_slot(fixture.root, SLOT_VSPACE)));
    CHECK_EQUAL(delete_at(vspace), seL4_NoError);
    CHECK(!readable(VA) && !writable(VA));
}

TEST(cache_calls_check_their_range)
{
    boot();
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
    boot();
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

TEST(a_device_frame_is_mapped_and_never_touched_by_the_kernel)
{
    boot();
    const word_t frame = slot_new();
    CHECK_EQUAL(
        do_op(fixture.device_untyped, UntypedRetype, ARGS(OBJ_FRAME_SMALL, 0, 0, 0, frame, 1), CAPS(ROOT_CNODE)),
        seL4_NoError);
    CHECK_EQUAL(do_op(frame, ARMPageGetAddress, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), HOST_DEVICE_BASE);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(VA, read_write, 0), CAPS(ROOT_VSPACE)), seL4_NoError);
    CHECK_EQUAL(do_op(frame, ARMPageClean_Data, ARGS(0, 64), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_VSPACE, ARMVSpaceClean_Data, ARGS(VA, VA + 64), NO_CAPS), seL4_IllegalOperation);
}

TEST(a_capability_whose_mapping_went_with_its_table_unmaps_nothing_of_a_copy_that_came_there)
{
    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), copy = copy_of(frame, RIGHT_ALL),
                 table = tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK_EQUAL(delete_at(table), seL4_NoError);
    tables_new(ROOT_VSPACE, VA, 1);
    CHECK_EQUAL(map(copy, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK_EQUAL(unmap(frame), seL4_NoError);
    CHECK(readable(VA));
}

TEST(however_many_copies_a_frame_has_mapping_one_where_a_table_went_is_preemptible)
{
    enum { MANY = 200 };
    word_t copies[MANY];

    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), table = tables_new(ROOT_VSPACE, VA, 3);
    for (unsigned i = 0; i < MANY; i++)
        copies[i] = copy_of(frame, RIGHT_ALL);
    CHECK_EQUAL(map(copies[0], ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK_EQUAL(delete_at(table), seL4_NoError);
    tables_new(ROOT_VSPACE, VA, 1);
    const word_t entries = fixture.root->counters.syscalls;
    host_raise_after(3, arch_irq_timer());
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK_EQUAL(fixture.root->counters.syscalls, entries + 2);
    CHECK_EQUAL(unmap(copies[0]), seL4_NoError);
    CHECK(readable(VA));
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
    CHECK_EQUAL(delete_at(slot), seL4_NoError);
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
        CHECK_EQUAL(delete_at(slot), seL4_NoError);
        CHECK(!vspace_root(tags[i]));
    }
    CHECK_EQUAL(tag_asid(tags[0]), tag_asid(tags[1]));
    CHECK(tags[0] != tags[1]);
}

TEST(code_that_was_written_is_fetched_once_it_was_unified)
{
    uint32_t word = 0x12345678, fetched = 0;

    boot();
    const word_t frame = object_new(OBJ_FRAME_SMALL, 0), code = copy_of(frame, RIGHT_READ);
    tables_new(ROOT_VSPACE, VA, 3);
    CHECK_EQUAL(map(frame, ROOT_VSPACE, VA, read_write), seL4_NoError);
    CHECK_EQUAL(map(code, ROOT_VSPACE, VA + 4096, RIGHT_READ), seL4_NoError);
    CHECK(host_store(VA + 8, &word, sizeof word));
    CHECK_EQUAL(do_op(code, ARMPageUnify_Instruction, ARGS(0, 64), NO_CAPS), seL4_NoError);
    CHECK(host_fetch(VA + 4096 + 8, &fetched, sizeof fetched) && fetched == word);
    CHECK(!host_findings());
}

TEST(the_last_page_of_user_memory_can_be_mapped)
{
    boot();
    tables_new(ROOT_VSPACE, ARCH_USER_TOP - 4096, 3);
    CHECK_EQUAL(map(object_new(OBJ_FRAME_SMALL, 0), ROOT_VSPACE, ARCH_USER_TOP - 4096, read_write), seL4_NoError);
    CHECK_EQUAL(map(object_new(OBJ_FRAME_SMALL, 0), ROOT_VSPACE, ARCH_USER_TOP, read_write), seL4_InvalidArgument);
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
