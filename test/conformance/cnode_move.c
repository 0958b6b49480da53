/* SPDX-License-Identifier: BSD-2-Clause
 * CNode: Move, Mutate and Rotate. */
#include "harness/conform.h"

static seL4_Error move_to(seL4_CPtr to, seL4_CPtr from)
{
    return seL4_CNode_Move(ROOT, to, DEPTH, ROOT, from, DEPTH);
}

static seL4_Error rotate(seL4_CPtr to, seL4_CPtr pivot, seL4_CPtr from)
{
    return seL4_CNode_Rotate(ROOT, to, DEPTH, 0, ROOT, pivot, DEPTH, 0, ROOT, from, DEPTH);
}

/* Which notification does the slot name? The badge tells. */
static bool names(seL4_CPtr slot, seL4_CPtr notification, seL4_Word badge)
{
    seL4_Signal(slot);
    return signalled(notification) == badge;
}

CASE(move_empties_the_source, "§3.1.2")
{
    const seL4_CPtr notification = notification_new(), from = mint(notification, 3), to = slot_new();

    OK(move_to(to, from));
    CHECK(slot_empty(from));
    CHECK(names(to, notification, 3));
}

CASE(move_keeps_rights_and_badge, "§3.1.2")
{
    const seL4_CPtr notification = notification_new(), to = slot_new();

    OK(move_to(to, mint_with(notification, seL4_CanWrite, 6)));
    CHECK(names(to, notification, 6));
    struct thread *t = thread_new(HIGH);
    t->cap = to;
    fault_of(t, job_wait, seL4_Fault_CapFault);
}

CASE(move_to_the_same_slot_is_refused, "§3.1.2")
{
    const seL4_CPtr endpoint = endpoint_new();

    REFUSED(seL4_DeleteFirst, move_to(endpoint, endpoint));
    CHECK(!slot_empty(endpoint));
}

CASE(move_refuses_an_occupied_slot, "§10.1 Delete First")
{
    const seL4_CPtr notification = notification_new(), a = mint(notification, 1), b = mint(notification, 2);

    REFUSED(seL4_DeleteFirst, move_to(b, a));
    CHECK(names(a, notification, 1) && names(b, notification, 2));
}

CASE(move_refuses_an_empty_source, "§3.4.2")
{
    const seL4_CPtr from = slot_new(), to = slot_new();

    REFUSED_SAYING(seL4_FailedLookup, 1, move_to(to, from));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MissingCapability);
    CHECK_EQUAL(seL4_GetMR(2), DEPTH);
}

CASE(move_keeps_the_capabilitys_children, "§3.1.5")
{
    const seL4_CPtr endpoint = endpoint_new(), child = copy(endpoint), to = slot_new();

    OK(move_to(to, endpoint));
    slot_revoke(to);
    CHECK(slot_empty(child) && !slot_empty(to));
}

CASE(move_keeps_the_capability_a_child, "§3.1.5")
{
    const seL4_CPtr endpoint = endpoint_new(), child = copy(endpoint), to = slot_new();

    OK(move_to(to, child));
    slot_revoke(endpoint);
    CHECK(slot_empty(to));
}

CASE(irq_control_can_be_moved_and_is_still_the_only_one, "§3.1.5")
{
    const seL4_CPtr to = slot_new();

    OK(move_to(to, seL4_CapIRQControl));
    CHECK(slot_empty(seL4_CapIRQControl));
    OK(move_to(seL4_CapIRQControl, to));
}

CASE(move_of_a_mapped_frame_keeps_its_mapping, "§3.1.2")
{
    const seL4_CPtr frame = frame_new(), to = slot_new();
    volatile seL4_Word *page = map(frame);
    struct thread *t = thread_new(HIGH);

    OK(move_to(to, frame));
    *page = 3;
    t->word[0] = (seL4_Word)page;
    OK(seL4_ARM_Page_Unmap(to));
    fault_of(t, do_load, seL4_Fault_VMFault);
    CHECK_EQUAL(*(volatile seL4_Word *)map(to), 3);
}

/* ---- Mutate */

CASE(mutate_moves_a_cnode_and_sets_its_guard, "§3.1.2")
{
    const seL4_CPtr node = cnode_new(3), to = slot_new();

    OK(seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, node, 0, 0, 5, 1));
    OK(seL4_CNode_Mutate(ROOT, to, DEPTH, ROOT, node, DEPTH, seL4_CNode_CapData_new(9, 4).words[0]));
    CHECK(slot_empty(node));
    CHECK(!slot_empty_in(to, 9 << 3 | 5, 7));
}

CASE(mutate_changes_no_endpoints_badge, "API seL4_CNode_Mutate")
{
    const seL4_CPtr endpoint = endpoint_new(), badged = mint(endpoint, 3), to = slot_new();

    REFUSED(seL4_IllegalOperation, seL4_CNode_Mutate(ROOT, to, DEPTH, ROOT, badged, DEPTH, 4));
    CHECK(slot_empty(to) && !slot_empty(badged));
}

CASE(mutate_refuses_an_occupied_slot, "§10.1 Delete First")
{
    const seL4_CPtr node = cnode_new(3), other = endpoint_new();

    REFUSED(seL4_DeleteFirst, seL4_CNode_Mutate(ROOT, other, DEPTH, ROOT, node, DEPTH, 0));
    CHECK(!slot_empty(node) && !slot_empty(other));
}

CASE(mutate_refuses_a_guard_that_does_not_fit, "§3.3.1")
{
    const seL4_CPtr node = cnode_new(3), to = slot_new();

    REFUSED(seL4_IllegalOperation,
            seL4_CNode_Mutate(ROOT, to, DEPTH, ROOT, node, DEPTH, seL4_CNode_CapData_new(0, seL4_WordBits - 2).words[0]));
    CHECK(slot_empty(to));
    CHECK(slot_empty_in(node, 1, 3));
}

/* ---- Rotate: with frames, which tell by their addresses which is where */

static seL4_Word frame_at(seL4_CPtr slot)
{
    const seL4_ARM_Page_GetAddress_t got = seL4_ARM_Page_GetAddress(slot);

    OK(got.error);
    return got.paddr;
}

CASE(rotate_moves_two_capabilities_at_once, "§3.1.2")
{
    const seL4_CPtr to = slot_new(), pivot = frame_new(), from = frame_new();
    const seL4_Word first = frame_at(pivot), second = frame_at(from);

    OK(rotate(to, pivot, from));
    CHECK(slot_empty(from));
    CHECK_EQUAL(frame_at(to), first);
    CHECK_EQUAL(frame_at(pivot), second);
}

CASE(rotate_with_equal_ends_swaps, "§3.1.2")
{
    const seL4_CPtr a = frame_new(), b = frame_new();
    const seL4_Word first = frame_at(a), second = frame_at(b);

    OK(rotate(a, b, a));
    CHECK_EQUAL(frame_at(a), second);
    CHECK_EQUAL(frame_at(b), first);
}

CASE(rotate_refuses_a_pivot_that_is_an_end, "API seL4_CNode_Rotate")
{
    const seL4_CPtr a = frame_new(), to = slot_new();

    REFUSED(seL4_IllegalOperation, rotate(to, a, a));
    REFUSED(seL4_IllegalOperation, rotate(a, a, frame_new()));
    CHECK(slot_empty(to) && !slot_empty(a));
}

CASE(rotate_refuses_an_occupied_target, "§10.1 Delete First")
{
    const seL4_CPtr to = frame_new(), pivot = frame_new(), from = frame_new();
    const seL4_Word first = frame_at(to), second = frame_at(pivot), third = frame_at(from);

    REFUSED(seL4_DeleteFirst, rotate(to, pivot, from));
    CHECK(frame_at(to) == first && frame_at(pivot) == second && frame_at(from) == third);
}

CASE(rotate_refuses_an_empty_source, "§3.4.2")
{
    const seL4_CPtr to = slot_new(), pivot = frame_new(), from = slot_new();

    REFUSED_SAYING(seL4_FailedLookup, 1, rotate(to, pivot, from));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MissingCapability);
    CHECK(slot_empty(to) && !slot_empty(pivot));
}

CASE(rotate_refuses_an_empty_pivot, "§3.4.2")
{
    const seL4_CPtr to = slot_new(), pivot = slot_new(), from = frame_new();

    REFUSED_SAYING(seL4_FailedLookup, 0, rotate(to, pivot, from));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MissingCapability);
    CHECK(slot_empty(to) && slot_empty(pivot) && !slot_empty(from));
}

CASE(rotate_gives_no_endpoint_a_badge, "API seL4_CNode_Rotate")
{
    const seL4_CPtr to = slot_new(), pivot = endpoint_new(), from = frame_new();

    REFUSED(seL4_IllegalOperation, seL4_CNode_Rotate(ROOT, to, DEPTH, 5, ROOT, pivot, DEPTH, 0, ROOT, from, DEPTH));
    CHECK(slot_empty(to) && !slot_empty(from));
    mint(pivot, 3);
}

CASE(rotate_sets_the_guards_of_both, "API seL4_CNode_Rotate")
{
    const seL4_CPtr to = slot_new(), pivot = cnode_new(3), from = cnode_new(4);
    const seL4_Word first = seL4_CNode_CapData_new(2, 4).words[0], second = seL4_CNode_CapData_new(5, 4).words[0];

    OK(seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, pivot, 0, 0, 1, 1));
    OK(seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, from, 0, 0, 1, 1));
    OK(seL4_CNode_Rotate(ROOT, to, DEPTH, first, ROOT, pivot, DEPTH, second, ROOT, from, DEPTH));
    CHECK(!slot_empty_in(to, 2 << 3 | 1, 7));
    CHECK(!slot_empty_in(pivot, 5 << 4 | 1, 8));
}

CASE(rotate_with_a_bad_guard_moves_neither, "§3.1.2")
{
    const seL4_CPtr to = slot_new(), pivot = frame_new(), from = cnode_new(4);
    const seL4_Word bad = seL4_CNode_CapData_new(0, seL4_WordBits - 1).words[0];

    REFUSED(seL4_IllegalOperation, seL4_CNode_Rotate(ROOT, to, DEPTH, 0, ROOT, pivot, DEPTH, bad, ROOT, from, DEPTH));
    CHECK(slot_empty(to) && frame_at(pivot) && !slot_empty(from));
}

CASE(rotate_keeps_children_with_their_parents, "§3.1.5")
{
    const seL4_CPtr a = frame_new(), b = frame_new(), of_a = copy(a), of_b = copy(b);

    OK(rotate(a, b, a));
    slot_revoke(a);
    CHECK(slot_empty(of_b) && !slot_empty(of_a));
    slot_revoke(b);
    CHECK(slot_empty(of_a));
}
