/* SPDX-License-Identifier: BSD-2-Clause
 * Delete and Revoke: what goes with what, in steps that leave every invariant true, whatever contains whatever. */
#include "../core/derivation.h"
#include "../core/invariants.h"
#include "fixture.h"

static struct cap *cap_of(word_t slot) { return &root_slot(slot)->cap; }

static void boot(void)
{
    fixture_boot();
    host_set_check(invariants_check);
}

static word_t made_from(word_t untyped, enum object_type type, word_t size_bits)
{
    const word_t slot = slot_new();

    CHECK_EQUAL(do_op(untyped, UntypedRetype, ARGS(type, size_bits, 0, 0, slot, 1), CAPS(ROOT_CNODE)), seL4_NoError);
    return slot;
}

static void mint(word_t cnode, word_t index, word_t depth, word_t from, word_t badge)
{
    CHECK_EQUAL(do_op(cnode, CNodeMint, ARGS(index, depth, from, WORD_BITS, RIGHT_ALL, badge), CAPS(ROOT_CNODE)),
                seL4_NoError);
}

static word_t copy_of(word_t from)
{
    const word_t to = slot_new();

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(to, WORD_BITS, from, WORD_BITS, RIGHT_ALL), CAPS(ROOT_CNODE)),
                seL4_NoError);
    return to;
}

static void move_into(word_t cnode, word_t index, word_t depth, word_t from)
{
    CHECK_EQUAL(do_op(cnode, CNodeMove, ARGS(index, depth, from, WORD_BITS), CAPS(ROOT_CNODE)), seL4_NoError);
}

static void delete_at(word_t slot)
{
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeDelete, ARGS(slot, WORD_BITS), NO_CAPS), seL4_NoError);
}

static void revoke(word_t slot)
{
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeRevoke, ARGS(slot, WORD_BITS), NO_CAPS), seL4_NoError);
}

static bool childless(word_t untyped)
{
    return !root_slot(untyped)->next || !derivation_has_children(root_slot(untyped));
}

TEST(revoking_a_badged_capability_takes_its_copies_and_nothing_else)
{
    boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), a = slot_new(), b = slot_new();
    mint(ROOT_CNODE, a, WORD_BITS, endpoint, 5);
    mint(ROOT_CNODE, b, WORD_BITS, endpoint, 6);
    const word_t a_copy = copy_of(a), plain = copy_of(endpoint);
    revoke(a);
    CHECK(slot_empty(root_slot(a_copy)));
    CHECK(!slot_empty(root_slot(a)) && !slot_empty(root_slot(b)) && !slot_empty(root_slot(plain)));
    revoke(plain); /* a copy is nobody's parent */
    CHECK(!slot_empty(root_slot(a)) && !slot_empty(root_slot(endpoint)));
    revoke(endpoint);
    CHECK(slot_empty(root_slot(a)) && slot_empty(root_slot(b)) && slot_empty(root_slot(plain)));
    CHECK(!slot_empty(root_slot(endpoint)));
}

TEST(deleting_the_original_leaves_its_copies)
{
    boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), copy = copy_of(endpoint);
    delete_at(endpoint);
    CHECK_EQUAL(cap_of(copy)->type, CAP_ENDPOINT);
}

TEST(the_end_of_a_cnode_empties_its_slots)
{
    boot();
    const word_t cnode = object_new(OBJ_CNODE, 4), endpoint = object_new(OBJ_ENDPOINT, 0);
    for (word_t i = 0; i < 16; i++)
        mint(cnode, i, 4, endpoint, i + 1);
    CHECK(derivation_has_children(root_slot(endpoint)));
    const word_t second = copy_of(cnode);
    delete_at(cnode);
    CHECK(derivation_has_children(root_slot(endpoint))); /* not the last capability to it */
    delete_at(second);
    CHECK(!derivation_has_children(root_slot(endpoint)));
}

TEST(an_interrupted_revoke_keeps_what_it_did_and_goes_on)
{
    boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), first = fixture.free;
    const struct message m = { .label = CNodeRevoke, .length = 2, .words = { endpoint, WORD_BITS } };
    for (word_t i = 0; i < 8; i++)
        mint(ROOT_CNODE, slot_new(), WORD_BITS, endpoint, i + 1);
    host_raise_after(3, arch_irq_timer());
    do_syscall((word_t)SYS_Call, ROOT_CNODE, &m, 0, 0);
    CHECK(host_current() == fixture.root && fixture.root->frame.pc == fixture.root->frame.restart);
    word_t left = 0;
    for (word_t i = 0; i < 8; i++)
        left += !slot_empty(root_slot(first + i));
    CHECK_EQUAL(left, 5);
    host_syscall((word_t)SYS_Call);
    CHECK(fixture.root->frame.pc != fixture.root->frame.restart);
    CHECK(!derivation_has_children(root_slot(endpoint)) && !slot_empty(root_slot(endpoint)));
}

TEST(an_interrupted_revoke_also_takes_what_was_derived_and_moved_meanwhile)
{
    boot();
    const word_t endpoint = object_new(OBJ_ENDPOINT, 0), first = fixture.free;
    const struct message m = { .label = CNodeRevoke, .length = 2, .words = { endpoint, WORD_BITS } };
    for (word_t i = 0; i < 8; i++)
        mint(ROOT_CNODE, slot_new(), WORD_BITS, endpoint, i + 1);
    host_raise_after(3, arch_irq_timer());
    do_syscall((word_t)SYS_Call, ROOT_CNODE, &m, 0, 0);
    const struct arch_frame call = fixture.root->frame;
    const word_t next = slot_empty(root_slot(first)) ? first + 7 : first, moved = slot_new(), late = copy_of(endpoint);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeMove, ARGS(moved, WORD_BITS, next, WORD_BITS), CAPS(ROOT_CNODE)), seL4_NoError);
    fixture.root->frame = call;
    host_syscall((word_t)SYS_Call);
    CHECK(slot_empty(root_slot(moved)) && slot_empty(root_slot(late)));
    CHECK(!derivation_has_children(root_slot(endpoint)));
}

TEST(the_end_of_a_cnode_can_be_interrupted_at_every_step)
{
    boot();
    for (unsigned polls = 1; polls < 20; polls++) {
        const word_t cnode = object_new(OBJ_CNODE, 4), endpoint = object_new(OBJ_ENDPOINT, 0);
        for (word_t i = 0; i < 16; i += 3)
            mint(cnode, i, 4, endpoint, i + 1);
        host_raise_after(polls, arch_irq_timer());
        delete_at(cnode);
        CHECK(slot_empty(root_slot(cnode)) && !derivation_has_children(root_slot(endpoint)));
    }
}

TEST(a_zombie_can_be_neither_invoked_nor_copied)
{
    boot();
    const word_t cnode = object_new(OBJ_CNODE, 4), to = slot_new();
    const struct message m = { .label = CNodeDelete, .length = 2, .words = { cnode, WORD_BITS } };
    host_raise_after(2, arch_irq_timer());
    do_syscall((word_t)SYS_Call, ROOT_CNODE, &m, 0, 0);
    CHECK_EQUAL(cap_of(cnode)->type, CAP_ZOMBIE);
    fixture.root->frame.pc += 4; /* give up on it: another call instead */
    CHECK_EQUAL(do_op(cnode, CNodeDelete, ARGS(0, 4), NO_CAPS), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(to, WORD_BITS, cnode, WORD_BITS, 15), CAPS(ROOT_CNODE)),
                seL4_IllegalOperation);
    delete_at(cnode);
    CHECK(slot_empty(root_slot(cnode)));
}

TEST(a_cnode_that_holds_its_only_capability_ends_with_its_untyped)
{
    boot();
    for (word_t index = 0; index < 16; index++) {
        const word_t untyped = object_new(OBJ_UNTYPED, 12), cnode = made_from(untyped, OBJ_CNODE, 4);
        const word_t endpoint = object_new(OBJ_ENDPOINT, 0);
        for (word_t i = 0; i < 16; i++)
            if (i != index)
                mint(cnode, i, 4, endpoint, i + 1);
        move_into(cnode, index, 4, cnode);
        host_raise_after((unsigned)index + 1, arch_irq_timer());
        revoke(untyped);
        CHECK(childless(untyped));
        CHECK(!derivation_has_children(root_slot(endpoint)));
        delete_at(endpoint);
    }
}

TEST(a_cnode_that_also_contains_itself_ends_with_its_last_outer_capability_and_untyped)
{
    boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 12), cnode = made_from(untyped, OBJ_CNODE, 4);
    mint(cnode, 3, 4, cnode, 0);
    delete_at(cnode); /* it is kept by itself, out of reach */
    CHECK(!childless(untyped));
    revoke(untyped);
    CHECK(childless(untyped));
}

TEST(cnodes_that_contain_each_other_end_with_their_untyped)
{
    boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 13), a = made_from(untyped, OBJ_CNODE, 4),
                 b = made_from(untyped, OBJ_CNODE, 4);
    move_into(a, 7, 4, b);
    CHECK_EQUAL(do_op(a, CNodeCopy, ARGS(8, 4, a, WORD_BITS, 15), CAPS(ROOT_CNODE)), seL4_NoError);
    const word_t b_again = slot_new();
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(b_again, WORD_BITS, 7, 4, 15), CAPS(a)), seL4_NoError);
    CHECK_EQUAL(do_op(b_again, CNodeMove, ARGS(0, 4, a, WORD_BITS), CAPS(ROOT_CNODE)), seL4_NoError);
    delete_at(b_again);
    host_raise_after(5, arch_irq_timer());
    revoke(untyped);
    CHECK(childless(untyped));
}

TEST(a_chain_of_cnodes_ends_without_deep_stacks)
{
    enum { LENGTH = 200 };
    boot();
    host_set_check(NULL); /* two hundred times everything is slow */
    const word_t untyped = object_new(OBJ_UNTYPED, 16);
    word_t inner = made_from(untyped, OBJ_CNODE, 1);
    for (unsigned i = 0; i < LENGTH; i++) {
        const word_t outer = made_from(untyped, OBJ_CNODE, 1);
        move_into(outer, i & 1, 1, inner);
        inner = outer;
    }
    delete_at(inner);
    invariants_check();
    revoke(untyped);
    invariants_check();
    CHECK(childless(untyped));
}

TEST(the_end_of_a_thread_gives_up_what_it_held)
{
    boot();
    const word_t tcb = thread_new(10, true);
    CHECK(!derivation_is_final(root_slot(ROOT_VSPACE)));
    delete_at(tcb);
    CHECK(slot_empty(root_slot(tcb)));
    const struct slot *next = root_slot(ROOT_VSPACE)->next, *prev = root_slot(ROOT_VSPACE)->prev;
    CHECK((next && next->cap.object == cap_of(ROOT_VSPACE)->object) ||
          prev->cap.object == cap_of(ROOT_VSPACE)->object); /* the root thread's own is still there */
}

TEST(a_thread_can_revoke_its_own_cspace_from_inside)
{
    boot();
    const word_t untyped = object_new(OBJ_UNTYPED, 15), cnode = made_from(untyped, OBJ_CNODE, 8), guarded = slot_new();
    mint(ROOT_CNODE, guarded, WORD_BITS, cnode, 56);
    CHECK_EQUAL(do_op(cnode, CNodeCopy, ARGS(2, 8, guarded, WORD_BITS, 15), CAPS(ROOT_CNODE)), seL4_NoError);
    move_into(cnode, 5, 8, untyped);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetSpace, ARGS(0, 0), CAPS(0, guarded, ROOT_VSPACE)), seL4_NoError);
    const struct message m = { .label = CNodeRevoke, .length = 2, .words = { 5, WORD_BITS } };
    do_syscall((word_t)SYS_Call, 2, &m, 0, 0);
    CHECK(slot_empty(thread_slot(fixture.root, SLOT_CSPACE)));
}

TEST(an_interrupt_whose_handler_ended_inside_a_cnode_can_be_had_again)
{
    enum { IRQ = 33 };
    boot();
    const word_t cnode = object_new(OBJ_CNODE, 4), handler = slot_new(), notification = object_new(OBJ_NOTIFICATION, 0);
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(IRQ, handler, WORD_BITS), CAPS(ROOT_CNODE)),
                seL4_NoError);
    CHECK_EQUAL(do_op(handler, IRQSetIRQHandler, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK(!host_irq_masked(IRQ));
    move_into(cnode, 3, 4, handler);
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(IRQ, handler, WORD_BITS), CAPS(ROOT_CNODE)),
                seL4_RevokeFirst);
    delete_at(cnode);
    CHECK(host_irq_masked(IRQ));
    CHECK(!derivation_has_children(root_slot(notification)));
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(IRQ, handler, WORD_BITS), CAPS(ROOT_CNODE)),
                seL4_NoError);
}
