/* SPDX-License-Identifier: BSD-2-Clause
 * Untyped: what Retype makes, what it refuses, and that memory is zeroed once, in steps that an interrupt cannot undo. */
#include "fixture.h"

#include <string.h>

enum { PAGE = 4096, DIRT = 0xa5 };

static seL4_Error retype(word_t untyped, enum object_type type, word_t size_bits, word_t slot, word_t count)
{
    return do_op(untyped, UntypedRetype, ARGS(type, size_bits, 0, 0, slot, count), CAPS(ROOT_CNODE));
}

/* An untyped of its own for the test. */
static word_t untyped_new(word_t bits) { return object_new(OBJ_UNTYPED, bits); }

static bool all_zero(const void *memory, size_t bytes)
{
    const uint8_t *p = memory;

    for (size_t i = 0; i < bytes; i++)
        if (p[i])
            return false;
    return true;
}

static struct cap *cap_of(word_t slot) { return &root_slot(slot)->cap; }

TEST(objects_are_zeroed_whatever_the_memory_held)
{
    fixture_boot();
    const word_t untyped = untyped_new(14);
    memset(cap_of(untyped)->object, DIRT, 1 << 14);
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, fixture.free, 2), seL4_NoError);
    CHECK(all_zero(cap_of(untyped)->object, 2 * PAGE));
    CHECK_EQUAL(((uint8_t *)cap_of(untyped)->object)[2 * PAGE], DIRT); /* nothing that was not handed out */
}

TEST(small_objects_are_zeroed_to_their_last_byte_and_no_further)
{
    fixture_boot();
    const word_t untyped = untyped_new(12);
    uint8_t *memory = cap_of(untyped)->object;
    memset(memory, DIRT, PAGE);
    CHECK_EQUAL(retype(untyped, OBJ_ENDPOINT, 0, fixture.free, 3), seL4_NoError);
    CHECK(all_zero(memory, 3 << OBJECT_BITS_ENDPOINT));
    CHECK_EQUAL(memory[3 << OBJECT_BITS_ENDPOINT], DIRT);
}

TEST(several_objects_are_made_at_once_in_ascending_order)
{
    fixture_boot();
    const word_t untyped = untyped_new(16), first = fixture.free;
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, first, 4), seL4_NoError);
    for (word_t i = 0; i < 4; i++) {
        CHECK_EQUAL(cap_of(first + i)->type, CAP_FRAME);
        CHECK((uint8_t *)cap_of(first + i)->object == (uint8_t *)cap_of(untyped)->object + i * PAGE);
    }
    CHECK(slot_empty(root_slot(first + 4)));
}

TEST(every_type_of_object_can_be_made)
{
    fixture_boot();
    for (enum object_type type = 0; type < OBJ_COUNT; type++) {
        if (type == OBJ_FRAME_HUGE)
            continue; /* larger than this machine's memory */
        const word_t slot = object_new(type, type == OBJ_CNODE ? 4 : 12);
        CHECK(!slot_empty(root_slot(slot)) && cap_of(slot)->object);
        CHECK_EQUAL(do_op(ROOT_CNODE, CNodeDelete, ARGS(slot, WORD_BITS), NO_CAPS), seL4_NoError);
    }
}

TEST(objects_are_aligned_to_their_size)
{
    fixture_boot();
    const word_t untyped = untyped_new(16), first = fixture.free;
    CHECK_EQUAL(retype(untyped, OBJ_ENDPOINT, 0, first, 1), seL4_NoError);
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, first + 1, 1), seL4_NoError);
    CHECK_EQUAL(cap_of(first + 1)->object - cap_of(untyped)->object, PAGE);
    CHECK_EQUAL(cap_of(untyped)->extra, 2 * PAGE);
}

TEST(without_children_memory_is_handed_out_again_and_zeroed_again)
{
    fixture_boot();
    const word_t untyped = untyped_new(13), first = fixture.free;
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, first, 2), seL4_NoError);
    memset(cap_of(untyped)->object, DIRT, 2 * PAGE);
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, first + 2, 1), seL4_NotEnoughMemory);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(untyped, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, first, 2), seL4_NoError);
    CHECK(all_zero(cap_of(untyped)->object, 2 * PAGE));
}

TEST(a_device_untyped_gives_frames_and_untypeds_and_is_not_touched)
{
    fixture_boot();
    const word_t slot = fixture.free;
    CHECK_EQUAL(retype(fixture.device_untyped, OBJ_ENDPOINT, 0, slot, 1), seL4_InvalidArgument);
    CHECK_EQUAL(retype(fixture.device_untyped, OBJ_PAGE_TABLE, 0, slot, 1), seL4_InvalidArgument);
    CHECK_EQUAL(retype(fixture.device_untyped, OBJ_UNTYPED, 12, slot, 1), seL4_NoError);
    CHECK_EQUAL(retype(slot, OBJ_FRAME_SMALL, 0, slot + 1, 1), seL4_NoError);
    CHECK(cap_of(slot + 1)->flags & CAP_DEVICE);
}

TEST(a_copied_untyped_is_full_until_the_copy_is_deleted)
{
    fixture_boot();
    const word_t untyped = untyped_new(13), copy = slot_new(), frame = slot_new();
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(copy, WORD_BITS, untyped, WORD_BITS, RIGHT_ALL), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, frame, 1), seL4_NotEnoughMemory);
    CHECK_EQUAL(retype(copy, OBJ_FRAME_SMALL, 0, frame, 2), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(frame + 2, WORD_BITS, copy, WORD_BITS, RIGHT_ALL), CAPS(ROOT_CNODE)),
                seL4_RevokeFirst);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(untyped, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK(slot_empty(root_slot(copy)) && slot_empty(root_slot(frame)));
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, frame, 2), seL4_NoError);
}

TEST(a_refused_retype_changes_nothing)
{
    static const struct {
        word_t args[6];
        seL4_Error error;
    } refused[] = {
        { { OBJ_COUNT, 0, 0, 0, 100, 1 }, seL4_InvalidArgument },
        { { OBJ_UNTYPED, 3, 0, 0, 100, 1 }, seL4_InvalidArgument },
        { { OBJ_CNODE, 0, 0, 0, 100, 1 }, seL4_InvalidArgument },
        { { OBJ_SC, 7, 0, 0, 100, 1 }, seL4_InvalidArgument },
        { { OBJ_UNTYPED, 48, 0, 0, 100, 1 }, seL4_RangeError },
        { { OBJ_CNODE, 42, 0, 0, 100, 1 }, seL4_RangeError },
        { { OBJ_UNTYPED, ~(word_t)0, 0, 0, 100, 1 }, seL4_RangeError },
        { { OBJ_FRAME_SMALL, 0, 0, 0, 8192, 1 }, seL4_RangeError },
        { { OBJ_FRAME_SMALL, 0, 0, 0, 100, 0 }, seL4_RangeError },
        { { OBJ_FRAME_SMALL, 0, 0, 0, 100, 257 }, seL4_RangeError },
        { { OBJ_FRAME_SMALL, 0, 0, 0, 8191, 2 }, seL4_RangeError },
        { { OBJ_FRAME_SMALL, 0, 0, 0, ROOT_TCB, 1 }, seL4_DeleteFirst },
        { { OBJ_FRAME_SMALL, 0, ROOT_TCB, WORD_BITS, 100, 1 }, seL4_FailedLookup },
        { { OBJ_FRAME_SMALL, 0, 0, 65, 100, 1 }, seL4_RangeError },
        { { OBJ_FRAME_SMALL, 0, 0, 0, 100, 17 }, seL4_NotEnoughMemory },
        { { OBJ_FRAME_LARGE, 0, 0, 0, 100, 1 }, seL4_NotEnoughMemory },
    };

    fixture_boot();
    const word_t untyped = untyped_new(16);
    const struct cap before = *cap_of(untyped);
    for (unsigned i = 0; i < sizeof refused / sizeof *refused; i++) {
        CHECK_EQUAL(do_op(untyped, UntypedRetype, 6, refused[i].args, CAPS(ROOT_CNODE)), refused[i].error);
        CHECK(!memcmp(&before, cap_of(untyped), sizeof before));
        CHECK(slot_empty(root_slot(100)));
    }
    CHECK_EQUAL(do_op(untyped, UntypedRetype, 6, refused[0].args, NO_CAPS), seL4_TruncatedMessage);
}

/* Begin a Retype and stop it at its second look at the interrupts. */
static void retype_interrupted(word_t untyped, enum object_type type, word_t slot)
{
    const struct message m = {
        .label = UntypedRetype, .length = 6, .words = { type, 0, 0, 0, slot, 1 }, .caps = 1, .cap = { ROOT_CNODE }
    };

    host_raise_after(2, arch_irq_timer());
    do_syscall((word_t)SYS_Call, untyped, &m, 0, 0);
    CHECK(host_current() == fixture.root && fixture.root->frame.pc == fixture.root->frame.restart);
}

TEST(an_interrupted_retype_goes_on_where_it_stopped)
{
    fixture_boot();
    const word_t untyped = untyped_new(21), slot = slot_new();
    uint8_t *memory = cap_of(untyped)->object;
    retype_interrupted(untyped, OBJ_FRAME_LARGE, slot);
    CHECK_EQUAL(cap_of(untyped)->extra, 0);
    CHECK_EQUAL(cap_of(untyped)->badge, 2 * PAGE);
    CHECK(slot_empty(root_slot(slot)));
    memory[0] = DIRT; /* it would be zeroed again if all were done again */
    memory[2 * PAGE] = DIRT;
    host_syscall((word_t)SYS_Call);
    CHECK_EQUAL(cap_of(slot)->type, CAP_FRAME);
    CHECK_EQUAL(memory[0], DIRT);
    CHECK(all_zero(memory + 1, (1 << 21) - 1));
}

TEST(an_interrupted_retype_whose_slot_was_taken_meanwhile_makes_nothing)
{
    fixture_boot();
    const word_t untyped = untyped_new(21), endpoint = object_new(OBJ_ENDPOINT, 0), slot = slot_new();
    retype_interrupted(untyped, OBJ_FRAME_LARGE, slot);
    const struct arch_frame call = fixture.root->frame;
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeMove, ARGS(slot, WORD_BITS, endpoint, WORD_BITS), CAPS(ROOT_CNODE)), seL4_NoError);
    fixture.root->frame = call;
    fixture.root->buffer->msg[4] = slot;
    fixture.root->buffer->msg[5] = 1;
    fixture.root->buffer->caps_or_badges[0] = ROOT_CNODE;
    host_syscall((word_t)SYS_Call);
    CHECK_EQUAL(fixture.root->frame.info >> 12, seL4_DeleteFirst);
    CHECK_EQUAL(cap_of(slot)->type, CAP_ENDPOINT);
    CHECK_EQUAL(cap_of(untyped)->extra, 0);
}

TEST(what_an_abandoned_retype_cleaned_is_not_taken_for_more_than_it_was)
{
    fixture_boot();
    const word_t untyped = untyped_new(22), slot = slot_new();
    uint8_t *memory = cap_of(untyped)->object;
    memset(memory, DIRT, 1 << 22);
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, slot, 1), seL4_NoError);
    retype_interrupted(untyped, OBJ_FRAME_LARGE, slot + 1); /* cleans two pages from 2 MiB on */
    CHECK_EQUAL(cap_of(untyped)->badge, (1 << 21) + 2 * PAGE);
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, slot + 1, 1), seL4_NoError); /* from the gap before it */
    CHECK(cap_of(slot + 1)->object == memory + PAGE);
    CHECK(all_zero(memory, 2 * PAGE));
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_LARGE, 0, slot + 2, 1), seL4_NoError);
    CHECK(all_zero(memory + (1 << 21), 1 << 21));
}

TEST(capabilities_go_to_a_cnode_that_is_named_by_index_and_depth)
{
    fixture_boot();
    const word_t untyped = untyped_new(14), cnode = object_new(OBJ_CNODE, 4);
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_ENDPOINT, 0, cnode, WORD_BITS, 14, 2), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK(cnode_slot(cap_of(cnode), 14)->cap.type == CAP_ENDPOINT &&
          cnode_slot(cap_of(cnode), 15)->cap.type == CAP_ENDPOINT);
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_ENDPOINT, 0, cnode, WORD_BITS, 16, 1), CAPS(ROOT_CNODE)),
                seL4_RangeError);
    CHECK(reply_word(0) == 0 && reply_word(1) == 15);
    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(OBJ_ENDPOINT, 0, cnode, WORD_BITS, 13, 4), CAPS(ROOT_CNODE)),
                seL4_RangeError);
    CHECK(reply_word(0) == 1 && reply_word(1) == 3);
}

TEST(a_frame_is_zero_also_for_those_who_see_memory_without_cache)
{
    enum { UNCACHED = 0 };
    uint32_t word = 1;

    fixture_boot();
    const word_t untyped = untyped_new(12), frame = slot_new();
    memset(cap_of(untyped)->object, DIRT, PAGE);
    arch_cache_clean(cap_of(untyped)->object, PAGE); /* what its last user left there */
    CHECK_EQUAL(retype(untyped, OBJ_FRAME_SMALL, 0, frame, 1), seL4_NoError);
    CHECK_EQUAL(do_op(frame, ARMPageMap, ARGS(0x480000, RIGHT_READ, UNCACHED), CAPS(ROOT_VSPACE)), seL4_NoError);
    CHECK(host_load(0x480000, &word, sizeof word) && word == 0);
}
