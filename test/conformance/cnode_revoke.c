/* SPDX-License-Identifier: BSD-2-Clause
 * CNode: Revoke, and so the shape of the derivation tree. */
#include "harness/conform.h"

CASE(revoke_deletes_the_copies_and_not_the_capability, "§3.2")
{
    const seL4_CPtr endpoint = endpoint_new(), a = copy(endpoint), b = mint(endpoint, 3);

    slot_revoke(endpoint);
    CHECK(slot_empty(a) && slot_empty(b) && !slot_empty(endpoint));
}

CASE(revoke_of_a_copy_deletes_nothing, "§3.1.5")
{
    const seL4_CPtr endpoint = endpoint_new(), a = copy(endpoint), b = copy(endpoint);

    slot_revoke(a);
    CHECK(!slot_empty(endpoint) && !slot_empty(a) && !slot_empty(b));
}

CASE(copies_of_a_copy_are_its_siblings, "§3.1.5")
{
    const seL4_CPtr endpoint = endpoint_new(), first = copy(endpoint), second = copy(first);

    slot_revoke(first);
    CHECK(!slot_empty(second));
    slot_revoke(endpoint);
    CHECK(slot_empty(first) && slot_empty(second));
}

CASE(a_badged_capability_has_children_of_its_own, "§3.1.5")
{
    const seL4_CPtr endpoint = endpoint_new(), badged = mint(endpoint, 1), child = copy(badged), other = mint(endpoint, 2);

    slot_revoke(badged);
    CHECK(slot_empty(child));
    CHECK(!slot_empty(badged) && !slot_empty(other) && !slot_empty(endpoint));
}

CASE(a_copy_of_a_badged_capabilitys_copy_is_the_badged_ones_child, "§3.1.5")
{
    const seL4_CPtr badged = mint(endpoint_new(), 1), child = copy(badged), grandchild = copy(child);

    slot_revoke(child);
    CHECK(!slot_empty(grandchild));
    slot_revoke(badged);
    CHECK(slot_empty(child) && slot_empty(grandchild));
}

CASE(two_badged_capabilities_with_the_same_badge_are_not_each_others_children, "§3.1.5")
{
    const seL4_CPtr endpoint = endpoint_new(), one = mint(endpoint, 7), other = mint(endpoint, 7), child = copy(one);

    slot_revoke(one);
    CHECK(slot_empty(child) && !slot_empty(other));
    slot_revoke(other);
    CHECK(!slot_empty(one));
}

CASE(a_badge_minted_from_a_copy_is_the_originals_child, "§3.1.5")
{
    const seL4_CPtr endpoint = endpoint_new(), plain = copy(endpoint), badged = mint(plain, 4);

    slot_revoke(plain);
    CHECK(!slot_empty(badged));
    slot_revoke(endpoint);
    CHECK(slot_empty(plain) && slot_empty(badged));
}

CASE(notifications_derive_as_endpoints_do, "§3.1.5")
{
    const seL4_CPtr notification = notification_new(), badged = mint(notification, 1), child = copy(badged);

    slot_revoke(badged);
    CHECK(slot_empty(child) && !slot_empty(badged));
    slot_revoke(notification);
    CHECK(slot_empty(badged) && !slot_empty(notification));
}

CASE(a_copy_of_an_untyped_is_its_child, "§3.1.5")
{
    const seL4_CPtr memory = untyped_new(12), child = copy(memory), grandchild = copy(child);

    slot_revoke(child);
    CHECK(slot_empty(grandchild) && !slot_empty(child));
    slot_revoke(memory);
    CHECK(slot_empty(child) && !slot_empty(memory));
}

CASE(what_a_copy_of_an_untyped_made_is_below_both, "§3.1.5")
{
    const seL4_CPtr memory = untyped_new(12), child = copy(memory), object = make_in(child, seL4_EndpointObject, 0);

    slot_revoke(child);
    CHECK(slot_empty(object) && !slot_empty(child));
    const seL4_CPtr again = make_in(child, seL4_EndpointObject, 0);
    slot_revoke(memory);
    CHECK(slot_empty(child) && slot_empty(again));
    OK(seL4_Untyped_Retype(memory, seL4_ARM_SmallPageObject, 0, ROOT, 0, 0, slot_new(), 1));
}

CASE(revoking_a_sub_untyped_leaves_its_siblings, "§3.2")
{
    const seL4_CPtr memory = untyped_new(13);
    const seL4_CPtr a = make_in(memory, seL4_UntypedObject, 12), b = make_in(memory, seL4_UntypedObject, 12);
    const seL4_CPtr in_a = make_in(a, seL4_EndpointObject, 0), in_b = make_in(b, seL4_EndpointObject, 0);

    slot_revoke(a);
    CHECK(slot_empty(in_a) && !slot_empty(in_b) && !slot_empty(a) && !slot_empty(b));
}

CASE(revoke_reaches_other_cnodes, "§3.2")
{
    const seL4_CPtr endpoint = endpoint_new(), node = cnode_new(2);

    OK(seL4_CNode_Copy(node, 1, 2, ROOT, endpoint, DEPTH, seL4_AllRights));
    slot_revoke(endpoint);
    CHECK(slot_empty_in(node, 1, 2));
}

CASE(revoke_of_a_frame_unmaps_its_copies, "§3.2")
{
    const seL4_CPtr frame = frame_new(), other = copy(frame);
    struct thread *t = thread_new(HIGH);

    t->word[0] = (seL4_Word)map(other);
    slot_revoke(frame);
    CHECK(slot_empty(other));
    fault_of(t, do_load, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_Addr), t->word[0]);
}

CASE(revoke_of_a_mapped_frame_leaves_its_own_mapping, "§3.2")
{
    const seL4_CPtr frame = frame_new(), other = copy(frame);
    volatile seL4_Word *page = map(frame);

    *page = 4;
    slot_revoke(frame);
    CHECK(slot_empty(other));
    CHECK_EQUAL(*page, 4);
}

CASE(revoke_of_a_thread_deletes_copies_and_lets_it_run, "§3.2")
{
    struct thread *t = waiter(notification_new(), HIGH);
    const seL4_CPtr other = copy(t->tcb);

    slot_revoke(t->tcb);
    CHECK(slot_empty(other));
    seL4_Signal(t->cap);
    CHECK(t->returned);
}

CASE(revoke_of_irq_control_deletes_handlers, "§3.2")
{
    const seL4_CPtr handler = slot_new();

    OK(seL4_IRQControl_Get(seL4_CapIRQControl, 40, ROOT, handler, DEPTH));
    const seL4_CPtr other = copy(handler);
    slot_revoke(seL4_CapIRQControl);
    CHECK(slot_empty(handler) && slot_empty(other));
    OK(seL4_IRQControl_Get(seL4_CapIRQControl, 40, ROOT, handler, DEPTH));
}

CASE(a_copy_of_an_irq_handler_is_its_child, "§3.1.5")
{
    const seL4_CPtr handler = slot_new();

    OK(seL4_IRQControl_Get(seL4_CapIRQControl, 41, ROOT, handler, DEPTH));
    const seL4_CPtr other = copy(handler);
    slot_revoke(handler);
    CHECK(slot_empty(other) && !slot_empty(handler));
}

CASE(revoke_of_an_empty_slot_does_nothing, "§3.2")
{
    slot_revoke(slot_new());
}

CASE(revoke_refuses_a_slot_that_does_not_exist, "§3.4.3")
{
    const seL4_CPtr node = cnode_new(4);

    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_CNode_Revoke(node, 0, 3));
    CHECK_EQUAL(seL4_GetMR(1), seL4_DepthMismatch);
}

CASE(revoke_of_an_untyped_deletes_many_objects, "§3.2")
{
    const seL4_CPtr memory = untyped_new(16), first = slots_new(200);

    OK(seL4_Untyped_Retype(memory, seL4_EndpointObject, 0, ROOT, 0, 0, first, 200));
    slot_revoke(memory);
    CHECK(slot_empty(first) && slot_empty(first + 99) && slot_empty(first + 199));
}

CASE(revoke_stops_when_its_own_capability_goes, "§3.2")
{
    const seL4_CPtr memory = untyped_new(16), node = make_in(memory, seL4_CapTableObject, 4);

    OK(seL4_CNode_Move(node, 3, 4, ROOT, memory, DEPTH));
    OK(seL4_CNode_Revoke(node, 3, 4));
    CHECK(slot_empty(memory));
    CHECK(slot_empty(node));
}
