/* SPDX-License-Identifier: BSD-2-Clause
 * CNode operations: what moves where, what narrows, what is refused, and that a refusal changes nothing. */
#include "fixture.h"

#include <string.h>

static struct cap *cap_of(word_t slot) { return &root_slot(slot)->cap; }

static seL4_Error copy(word_t to, word_t from, word_t rights)
{
    return do_op(ROOT_CNODE, CNodeCopy, ARGS(to, WORD_BITS, from, WORD_BITS, rights), CAPS(ROOT_CNODE));
}

static seL4_Error mint(word_t to, word_t from, word_t rights, word_t badge)
{
    return do_op(ROOT_CNODE, CNodeMint, ARGS(to, WORD_BITS, from, WORD_BITS, rights, badge), CAPS(ROOT_CNODE));
}

static seL4_Error move(word_t to, word_t from)
{
    return do_op(ROOT_CNODE, CNodeMove, ARGS(to, WORD_BITS, from, WORD_BITS), CAPS(ROOT_CNODE));
}

static seL4_Error mutate(word_t to, word_t from, word_t data)
{
    return do_op(ROOT_CNODE, CNodeMutate, ARGS(to, WORD_BITS, from, WORD_BITS, data), CAPS(ROOT_CNODE));
}

static seL4_Error rotate(word_t target, word_t pivot, word_t source)
{
    return do_op(ROOT_CNODE, CNodeRotate, ARGS(target, WORD_BITS, 0, pivot, WORD_BITS, 0, source, WORD_BITS),
                 CAPS(ROOT_CNODE, ROOT_CNODE));
}

TEST(a_copy_has_no_more_rights_than_its_source)
{
    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), a = slot_new(), b = slot_new();
    CHECK_EQUAL(copy(a, endpoint, RIGHT_READ | RIGHT_WRITE), seL4_NoError);
    CHECK_EQUAL(cap_of(a)->rights, RIGHT_READ | RIGHT_WRITE);
    CHECK_EQUAL(copy(b, a, RIGHT_ALL), seL4_NoError);
    CHECK_EQUAL(cap_of(b)->rights, RIGHT_READ | RIGHT_WRITE);
}

TEST(a_badge_is_minted_once)
{
    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), a = slot_new(), b = slot_new();
    CHECK_EQUAL(mint(a, endpoint, RIGHT_ALL, 42), seL4_NoError);
    CHECK_EQUAL(cap_of(a)->badge, 42);
    CHECK_EQUAL(mint(b, a, RIGHT_ALL, 43), seL4_IllegalOperation);
    CHECK(slot_empty(root_slot(b)));
    CHECK_EQUAL(copy(b, a, RIGHT_ALL), seL4_NoError);
    CHECK_EQUAL(cap_of(b)->badge, 42);
}

TEST(a_move_leaves_the_source_empty_and_the_capability_as_it_was)
{
    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), to = slot_new();
    const struct cap before = *cap_of(endpoint);
    CHECK_EQUAL(move(to, endpoint), seL4_NoError);
    CHECK(slot_empty(root_slot(endpoint)) && !memcmp(&before, cap_of(to), sizeof before));
}

TEST(a_cnode_gets_a_guard_by_mint_and_by_mutate)
{
    fixture_boot();
    const word_t cnode = object_new(OBJ_CNODE, 4), a = slot_new(), b = slot_new();
    CHECK_EQUAL(mint(a, cnode, RIGHT_ALL, 5 << 6 | 8), seL4_NoError);
    CHECK(cap_of(a)->badge == 5 && cap_of(a)->extra == 8);
    CHECK_EQUAL(mutate(b, a, 60), seL4_NoError);
    CHECK(slot_empty(root_slot(a)) && cap_of(b)->extra == 60 && cap_of(b)->badge == 0);
    CHECK_EQUAL(mutate(a, b, 61), seL4_IllegalOperation);
    CHECK(!slot_empty(root_slot(b)));
}

TEST(slots_of_a_second_level_are_reached_through_the_first)
{
    fixture_boot();
    const word_t cnode = object_new(OBJ_CNODE, 4), endpoint = object_new(OBJ_ENDPOINT, 0);
    /* address: 51 bits guard, 13 bits root, then 4 bits: more than 64 from the root, so by the CNode itself at depth 4
     */
    CHECK_EQUAL(do_op(cnode, CNodeCopy, ARGS(9, 4, endpoint, WORD_BITS, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(cnode_slot(cap_of(cnode), 9)->cap.type, CAP_ENDPOINT);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeMove, ARGS(fixture.free, WORD_BITS, 9, 4), CAPS(cnode)), seL4_NoError);
    CHECK(slot_empty(cnode_slot(cap_of(cnode), 9)));
}

TEST(rotating_moves_the_pivot_to_the_target_and_the_source_to_the_pivot)
{
    fixture_boot();
    const word_t source = object_new(OBJ_TCB, 0), pivot = object_new(OBJ_REPLY, 0), target = slot_new();
    CHECK_EQUAL(rotate(target, pivot, source), seL4_NoError);
    CHECK_EQUAL(cap_of(target)->type, CAP_REPLY);
    CHECK_EQUAL(cap_of(pivot)->type, CAP_TCB);
    CHECK(slot_empty(root_slot(source)));
    CHECK_EQUAL(rotate(target, pivot, target), seL4_NoError); /* target and source the same: they change places */
    CHECK(cap_of(target)->type == CAP_TCB && cap_of(pivot)->type == CAP_REPLY);
    CHECK_EQUAL(rotate(target, target, pivot), seL4_IllegalOperation);
    CHECK_EQUAL(rotate(source, pivot, pivot), seL4_IllegalOperation);
    CHECK_EQUAL(rotate(target, pivot, source), seL4_DeleteFirst);
    CHECK_EQUAL(rotate(source, fixture.free, target), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(rotate(source, target, fixture.free), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(0), 1);
}

TEST(errors_say_what_libsel4_says)
{
    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), empty = slot_new();
    CHECK_EQUAL(copy(endpoint, endpoint, RIGHT_ALL), seL4_DeleteFirst);
    CHECK_EQUAL(copy(empty, empty, RIGHT_ALL), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(0), 1); /* the source */
    CHECK_EQUAL(reply_word(1), LOOKUP_MISSING_CAPABILITY);
    CHECK_EQUAL(reply_word(2), WORD_BITS);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(empty, 0, endpoint, WORD_BITS, 15), CAPS(ROOT_CNODE)),
                seL4_RangeError);
    CHECK(reply_word(0) == 1 && reply_word(1) == WORD_BITS);
    CHECK_EQUAL(
        do_op(ROOT_CNODE, CNodeCopy, ARGS((word_t)1 << 63, WORD_BITS, endpoint, WORD_BITS, 15), CAPS(ROOT_CNODE)),
        seL4_FailedLookup);
    CHECK(reply_word(0) == 0 && reply_word(1) == LOOKUP_GUARD_MISMATCH && reply_word(2) == WORD_BITS);
    CHECK(reply_word(3) == 0 && reply_word(4) == 51);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(empty, WORD_BITS, endpoint, WORD_BITS, 15), CAPS(endpoint)),
                seL4_FailedLookup);
    CHECK(reply_word(0) == 1 && reply_word(1) == LOOKUP_INVALID_ROOT);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(empty, WORD_BITS, endpoint, WORD_BITS), CAPS(ROOT_CNODE)),
                seL4_TruncatedMessage);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(empty, WORD_BITS, endpoint, WORD_BITS, 15), NO_CAPS),
                seL4_TruncatedMessage);
    CHECK_EQUAL(do_op(ROOT_CNODE, TCBSuspend, NO_ARGS, NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_CNODE, INVOCATION_COUNT, NO_ARGS, NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_CNODE, INVALID_INVOCATION, NO_ARGS, NO_CAPS), seL4_IllegalOperation);
    CHECK(slot_empty(root_slot(empty)));
}

TEST(what_must_not_be_copied_is_not)
{
    fixture_boot();
    const word_t to = slot_new(), table = object_new(OBJ_PAGE_TABLE, 0), vspace = object_new(OBJ_VSPACE, 0);
    CHECK_EQUAL(copy(to, ROOT_IRQ_CONTROL, RIGHT_ALL), seL4_IllegalOperation);
    CHECK_EQUAL(copy(to, table, RIGHT_ALL), seL4_IllegalOperation);      /* not mapped */
    CHECK_EQUAL(copy(to, vspace, RIGHT_ALL), seL4_IllegalOperation);     /* no ASID */
    CHECK_EQUAL(copy(to, fixture.untyped, RIGHT_ALL), seL4_RevokeFirst); /* has children */
    CHECK(slot_empty(root_slot(to)));
    CHECK_EQUAL(move(to, ROOT_IRQ_CONTROL), seL4_NoError);
    CHECK_EQUAL(move(ROOT_IRQ_CONTROL, to), seL4_NoError);
}

TEST(cancelling_sends_needs_every_right)
{
    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), a = slot_new(), b = slot_new();
    CHECK_EQUAL(mint(a, endpoint, RIGHT_ALL, 7), seL4_NoError);
    CHECK_EQUAL(mint(b, endpoint, RIGHT_ALL & ~RIGHT_GRANT_REPLY, 7), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(a, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(b, WORD_BITS), NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(ROOT_TCB, WORD_BITS), NO_CAPS), seL4_IllegalOperation);
}

/* ---- slots that cannot be found: nothing moves */

#define NOWHERE (~(word_t)0)
enum { TOO_DEEP = WORD_BITS + 1 };

TEST(a_slot_that_is_not_found_is_told_and_nothing_happens)
{
    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), child = slot_new();

    CHECK_EQUAL(mint(child, endpoint, RIGHT_ALL, 7), seL4_NoError);
    static const word_t calls[] = { CNodeDelete, CNodeRevoke, CNodeCancelBadgedSends };
    for (unsigned i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        CHECK_EQUAL(do_op(ROOT_CNODE, calls[i], ARGS(endpoint, TOO_DEEP), NO_CAPS), seL4_RangeError);
        CHECK(reply_word(0) == 1 && reply_word(1) == WORD_BITS);
        CHECK_EQUAL(do_op(ROOT_CNODE, calls[i], ARGS(NOWHERE, WORD_BITS), NO_CAPS), seL4_FailedLookup);
        CHECK_EQUAL(reply_word(0), 0);                                  /* not the source's */
        CHECK_EQUAL(reply_word(1), LOOKUP_GUARD_MISMATCH);
    }
    CHECK(!slot_empty(root_slot(endpoint)) && !slot_empty(root_slot(child)));
}

static seL4_Error rotate_at(word_t target, word_t pivot, word_t source, word_t target_depth, word_t pivot_depth,
                            word_t source_depth)
{
    return do_op(ROOT_CNODE, CNodeRotate, ARGS(target, target_depth, 0, pivot, pivot_depth, 0, source, source_depth),
                 CAPS(ROOT_CNODE, ROOT_CNODE));
}

TEST(a_rotation_finds_all_its_slots_or_moves_nothing)
{
    fixture_boot();
    const word_t target = slot_new(), pivot = object_new(OBJ_TCB, 0), source = object_new(OBJ_REPLY, 0);

    CHECK_EQUAL(rotate_at(target, pivot, source, TOO_DEEP, WORD_BITS, WORD_BITS), seL4_RangeError);
    CHECK_EQUAL(rotate_at(target, NOWHERE, source, WORD_BITS, WORD_BITS, WORD_BITS), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(0), 0);
    CHECK_EQUAL(rotate_at(target, pivot, NOWHERE, WORD_BITS, WORD_BITS, WORD_BITS), seL4_FailedLookup);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK(slot_empty(root_slot(target)) && cap_of(pivot)->type == CAP_TCB && cap_of(source)->type == CAP_REPLY);
    CHECK_EQUAL(rotate_at(target, pivot, source, WORD_BITS, WORD_BITS, WORD_BITS), seL4_NoError);
    CHECK(cap_of(target)->type == CAP_TCB && cap_of(pivot)->type == CAP_REPLY && slot_empty(root_slot(source)));
}

TEST(sends_without_a_badge_are_not_cancelled)
{
    fixture_boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), tcb = thread_new(255, true);
    struct thread *const t = thread_of(tcb);

    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(10), CAPS(ROOT_TCB)), seL4_NoError);
    thread_start(tcb, 0x400000);
    do_syscall((word_t)SYS_Send, endpoint, &(struct message){ .label = 1 }, 0, 0);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_SEND);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCancelBadgedSends, ARGS(endpoint, WORD_BITS), NO_CAPS), seL4_NoError);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_SEND);
}

TEST(a_slot_is_found_through_several_cnodes)
{
    fixture_boot();
    const word_t outer = object_new(OBJ_CNODE, 2), inner = object_new(OBJ_CNODE, 3),
                 endpoint = object_new(OBJ_ENDPOINT, 0);
    struct slot *found;

    CHECK_EQUAL(do_op(outer, CNodeMint, ARGS(1, 2, inner, WORD_BITS, RIGHT_ALL, 0), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(outer, CNodeCopy, ARGS(1 << 3 | 5, 5, endpoint, WORD_BITS, RIGHT_ALL), CAPS(ROOT_CNODE)),
                seL4_NoError);
    found = cnode_slot(cap_of(inner), 5);
    CHECK_EQUAL(found->cap.type, CAP_ENDPOINT);
    CHECK_EQUAL(do_op(outer, CNodeDelete, ARGS(1 << 3 | 5, 5), NO_CAPS), seL4_NoError);
    CHECK(slot_empty(found) && !slot_empty(root_slot(endpoint)));
    CHECK_EQUAL(do_op(outer, CNodeCopy, ARGS(2 << 3 | 5, 5, endpoint, WORD_BITS, RIGHT_ALL), CAPS(ROOT_CNODE)),
                seL4_FailedLookup);
    CHECK_EQUAL(reply_word(1), LOOKUP_DEPTH_MISMATCH);      /* three bits are left where no CNode is */
    CHECK_EQUAL(reply_word(2), 3);
}

TEST(a_registrys_badge_is_not_changed_on_a_move)
{
    const word_t badge = 1ul << 40 | 1ul << 16 | 1;

    fixture_boot();
    const word_t registry = object_new(OBJ_REGISTRY, 0), to = slot_new();
    CHECK_EQUAL(mutate(to, registry, badge), seL4_IllegalOperation);
    CHECK_EQUAL(mutate(to, registry, 0), seL4_IllegalOperation);
    CHECK(slot_empty(root_slot(to)) && !cap_of(registry)->badge);
}
