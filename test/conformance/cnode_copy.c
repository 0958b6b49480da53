/* SPDX-License-Identifier: BSD-2-Clause
 * CNode: Copy and Mint, the rights and badges of what they make, and what cannot be derived. */
#include "harness/conform.h"

static seL4_Error copy_to(seL4_CPtr to, seL4_CPtr from)
{
    return seL4_CNode_Copy(ROOT, to, DEPTH, ROOT, from, DEPTH, seL4_AllRights);
}

static seL4_Error mint_to(seL4_CPtr to, seL4_CPtr from, seL4_Word badge)
{
    return seL4_CNode_Mint(ROOT, to, DEPTH, ROOT, from, DEPTH, seL4_AllRights, badge);
}

CASE(a_copy_names_the_same_object, "§3.1.2")
{
    const seL4_CPtr notification = notification_new(), other = copy(mint(notification, 4));

    seL4_Signal(other);
    CHECK_EQUAL(signalled(notification), 4);
}

CASE(a_copy_keeps_the_badge, "§3.1.2")
{
    const seL4_CPtr notification = notification_new();

    seL4_Signal(copy(mint(notification, 0x55)));
    CHECK_EQUAL(signalled(notification), 0x55);
}

CASE(a_badge_has_all_64_bits, "§4.2.1")
{
    const seL4_CPtr notification = notification_new();

    seL4_Signal(mint(notification, 0xfedcba9876543210));
    CHECK_EQUAL(signalled(notification), 0xfedcba9876543210);
}

CASE(copy_refuses_an_occupied_slot_and_leaves_it, "§10.1 Delete First")
{
    const seL4_CPtr a = notification_new(), b = notification_new();

    REFUSED(seL4_DeleteFirst, copy_to(b, a));
    seL4_Signal(mint(b, 2));
    CHECK_EQUAL(signalled(b), 2);
    CHECK_EQUAL(signalled(a), 0);
}

CASE(copy_refuses_an_empty_source_and_says_so, "§3.4.2")
{
    const seL4_CPtr from = slot_new(), to = slot_new();

    REFUSED_SAYING(seL4_FailedLookup, 1, copy_to(to, from));
    CHECK_EQUAL(seL4_GetMR(1), seL4_MissingCapability);
    CHECK_EQUAL(seL4_GetMR(2), DEPTH);
    CHECK(slot_empty(to));
}

CASE(copy_refuses_a_source_root_that_is_no_cnode, "§3.4.1")
{
    const seL4_CPtr root = endpoint_new(), to = slot_new();

    REFUSED_SAYING(seL4_FailedLookup, 1, seL4_CNode_Copy(ROOT, to, DEPTH, root, 1, DEPTH, seL4_AllRights));
    CHECK_EQUAL(seL4_GetMR(1), seL4_InvalidRoot);
    CHECK(slot_empty(to));
}

CASE(mint_makes_a_badged_capability_of_an_unbadged_one, "§4.2.1")
{
    const seL4_CPtr endpoint = endpoint_new();

    sender(mint(endpoint, 0x1234), HIGH, 1);
    seL4_Word badge;
    seL4_Recv(endpoint, &badge, reply_new());
    CHECK_EQUAL(badge, 0x1234);
}

CASE(a_badged_endpoint_is_not_badged_again, "§4.2.1")
{
    const seL4_CPtr badged = mint(endpoint_new(), 5), to = slot_new();

    REFUSED(seL4_IllegalOperation, mint_to(to, badged, 6));
    REFUSED(seL4_IllegalOperation, mint_to(to, badged, 5));
    REFUSED(seL4_IllegalOperation, mint_to(to, badged, 0));
    CHECK(slot_empty(to));
}

CASE(a_badged_notification_is_not_badged_again, "§5.1")
{
    const seL4_CPtr badged = mint(notification_new(), 5), to = slot_new();

    REFUSED(seL4_IllegalOperation, mint_to(to, badged, 6));
    REFUSED(seL4_IllegalOperation, mint_to(to, badged, 0));
    CHECK(slot_empty(to));
}

CASE(a_copy_of_a_badged_capability_is_not_badged_again, "§4.2.1")
{
    const seL4_CPtr again = copy(mint(endpoint_new(), 5)), to = slot_new();

    REFUSED(seL4_IllegalOperation, mint_to(to, again, 6));
    CHECK(slot_empty(to));
}

CASE(minting_with_badge_0_leaves_it_unbadged, "§4.2.1")
{
    const seL4_CPtr notification = notification_new(), unbadged = mint(notification, 0);

    seL4_Signal(mint(unbadged, 9));
    CHECK_EQUAL(signalled(notification), 9);
}

CASE(mint_of_a_cnode_sets_its_guard, "§3.3.1")
{
    const seL4_CPtr node = cnode_guarded(4, 0x2a, 8);

    OK(seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, node, 0, 0, 3, 1));
    CHECK(!slot_empty_in(node, 0x2a << 4 | 3, 12));
}

CASE(a_guard_that_does_not_fit_the_word_is_refused, "§3.3.1")
{
    const seL4_CPtr node = cnode_new(4), to = slot_new();

    REFUSED(seL4_IllegalOperation, mint_to(to, node, seL4_CNode_CapData_new(0, seL4_WordBits - 3).words[0]));
    CHECK(slot_empty(to));
    OK(mint_to(to, node, seL4_CNode_CapData_new(0, seL4_WordBits - 4).words[0]));
}

CASE(bits_of_a_guard_beyond_its_size_do_not_count, "§3.3.1")
{
    const seL4_CPtr node = cnode_guarded(4, 0x7f5, 4);

    OK(seL4_Untyped_Retype(pool, seL4_EndpointObject, 0, node, 0, 0, 3, 1));
    CHECK(!slot_empty_in(node, 0x53, 8));
}

/* ---- rights */

CASE(an_endpoint_without_write_does_not_send, "§3.1.4")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *r = receiver(endpoint, reply_new(), HIGH);
    const seL4_CPtr weak = copy_with(endpoint, seL4_NoWrite);
    const seL4_MessageInfo_t info = seL4_Call(weak, tag(0, 0, 1));

    CHECK_EQUAL(seL4_MessageInfo_get_label(info), seL4_InvalidCapability);
    CHECK_EQUAL(seL4_GetMR(0), 0);
    seL4_Send(weak, tag(0, 0, 0));
    seL4_NBSend(weak, tag(0, 0, 0));
    CHECK(!r->returned);
    seL4_Send(endpoint, tag(0, 0, 0));
    CHECK(r->returned);
}

CASE(an_endpoint_without_read_does_not_receive, "§3.1.4")
{
    struct thread *t = thread_new(HIGH);

    t->cap = copy_with(endpoint_new(), seL4_NoRead);
    t->reply = reply_new();
    fault_of(t, job_recv, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), t->cap);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_MissingCapability);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_BitsLeft), 0);
}

CASE(a_notification_without_write_does_not_signal, "§3.1.4")
{
    const seL4_CPtr notification = notification_new(), badged = mint(notification, 3);
    const seL4_CPtr weak = copy_with(badged, seL4_CanRead);

    seL4_Signal(weak);
    CHECK_EQUAL(signalled(notification), 0);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_Call(weak, tag(0, 0, 0))), seL4_InvalidCapability);
    CHECK_EQUAL(signalled(notification), 0);
}

CASE(a_notification_without_read_does_not_wait, "§3.1.4")
{
    struct thread *t = thread_new(HIGH);

    t->cap = copy_with(notification_new(), seL4_CanWrite);
    fault_of(t, job_wait, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), t->cap);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
}

CASE(rights_that_the_source_lacks_are_silently_left_out, "§3.1.4")
{
    const seL4_CPtr notification = notification_new(), reader = copy_with(notification, seL4_CanRead);
    const seL4_CPtr hopeful = mint_with(reader, seL4_AllRights, 8);

    seL4_Signal(hopeful);
    CHECK_EQUAL(signalled(hopeful), 0);
    CHECK_EQUAL(signalled(notification), 0);
}

CASE(mint_narrows_rights_as_copy_does, "§3.1.4")
{
    const seL4_CPtr notification = notification_new(), reader = mint_with(notification, seL4_CanRead, 8);

    seL4_Signal(reader);
    CHECK_EQUAL(signalled(reader), 0);
}

CASE(a_frame_without_write_is_mapped_for_reading_only, "§3.1.4")
{
    const seL4_CPtr weak = copy_with(frame_new(), seL4_CanRead);
    const seL4_Word vaddr = (seL4_Word)map(weak);
    struct thread *t = thread_new(HIGH);

    t->word[0] = vaddr;
    t->word[1] = 1;
    fault_of(t, do_store, seL4_Fault_VMFault);
    CHECK_EQUAL(seL4_GetMR(seL4_VMFault_Addr), vaddr);
    CHECK_EQUAL(*(volatile seL4_Word *)vaddr, 0);
}

/* ---- what cannot be derived */

CASE(irq_control_is_not_copied, "§3.1.5")
{
    const seL4_CPtr to = slot_new();

    REFUSED(seL4_IllegalOperation, copy_to(to, seL4_CapIRQControl));
    REFUSED(seL4_IllegalOperation, mint_to(to, seL4_CapIRQControl, 1));
    CHECK(slot_empty(to));
}

CASE(an_untyped_with_children_is_not_copied, "§3.1.5")
{
    const seL4_CPtr memory = untyped_new(12), child = make_in(memory, seL4_EndpointObject, 0), to = slot_new();

    REFUSED(seL4_RevokeFirst, copy_to(to, memory));
    CHECK(slot_empty(to));
    slot_delete(child);
    OK(copy_to(to, memory));
}

CASE(a_page_table_that_is_not_mapped_is_not_copied, "§3.1.5")
{
    const seL4_CPtr table = make(seL4_ARM_PageTableObject, 0), vspace = vspace_new(), to = slot_new();

    REFUSED(seL4_IllegalOperation, copy_to(to, table));
    CHECK(slot_empty(to));
    OK(seL4_ARM_PageTable_Map(table, vspace, 0x10000000, seL4_ARM_Default_VMAttributes));
    OK(copy_to(to, table));
}

CASE(an_address_space_without_an_asid_is_not_copied, "§3.1.5")
{
    const seL4_CPtr vspace = make(seL4_ARM_VSpaceObject, 0), to = slot_new();

    REFUSED(seL4_IllegalOperation, copy_to(to, vspace));
    CHECK(slot_empty(to));
    OK(seL4_ARM_ASIDPool_Assign(seL4_CapInitThreadASIDPool, vspace));
    OK(copy_to(to, vspace));
}

CASE(threads_contexts_replies_and_pools_are_copied, "§3.1.5")
{
    struct thread *t = thread_new(LOW);

    OK(seL4_TCB_Suspend(copy(t->tcb)));
    CHECK_EQUAL(seL4_SchedContext_Consumed(copy(t->sc)).error, seL4_NoError);
    copy(reply_new());
    OK(seL4_ARM_ASIDPool_Assign(copy(seL4_CapInitThreadASIDPool), make(seL4_ARM_VSpaceObject, 0)));
    OK(seL4_SchedControl_Configure(copy(sched_control), t->sc, 1000, 1000, 0, 0));
}

CASE(a_copy_of_a_mapped_frame_is_mapped_nowhere, "§7.1.3")
{
    const seL4_CPtr frame = frame_new();
    volatile seL4_Word *page = map(frame);
    const seL4_CPtr other = copy(frame);

    *page = 5;
    OK(seL4_ARM_Page_Unmap(other));
    CHECK_EQUAL(*page, 5);
    CHECK_EQUAL(*(volatile seL4_Word *)map(other), 5);
}
