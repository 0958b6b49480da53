/* SPDX-License-Identifier: BSD-2-Clause
 * Finding capabilities: guards, radixes and depths, and what is said when an address leads nowhere: to the caller of a
 * CNode's method as an error, to the handler of a thread that invokes it as a fault. */
#include "harness/conform.h"

/* A thread whose capabilities are in node, seen with that guard. */
static struct thread *thread_in(seL4_CPtr node, seL4_Word guard, seL4_Word guard_bits)
{
    struct thread *t = thread_new(HIGH);

    t->cspace = node;
    t->cspace_data = seL4_CNode_CapData_new(guard, guard_bits).words[0];
    return t;
}

/* ---- by methods */

CASE(a_slot_is_found_by_its_index_at_the_nodes_radix, "§3.3.1")
{
    const seL4_CPtr node = cnode_new(5);

    OK(seL4_CNode_Copy(node, 17, 5, ROOT, endpoint_new(), DEPTH, seL4_AllRights));
    CHECK(!slot_empty_in(node, 17, 5));
    CHECK(slot_empty_in(node, 16, 5));
}

CASE(bits_of_an_index_above_its_depth_do_not_count, "§3.3.2")
{
    const seL4_CPtr node = cnode_new(5);

    OK(seL4_CNode_Copy(node, 0xabc0 | 17, 5, ROOT, endpoint_new(), DEPTH, seL4_AllRights));
    CHECK(!slot_empty_in(node, 17, 5));
}

CASE(a_depth_of_0_is_out_of_range, "§10.1 Range Error")
{
    REFUSED_SAYING(seL4_RangeError, 1, seL4_CNode_Delete(ROOT, endpoint_new(), 0));
    CHECK_EQUAL(seL4_GetMR(1), seL4_WordBits);
}

CASE(a_depth_above_the_words_bits_is_out_of_range, "§10.1 Range Error")
{
    const seL4_CPtr endpoint = endpoint_new();

    REFUSED_SAYING(seL4_RangeError, 1, seL4_CNode_Delete(ROOT, endpoint, seL4_WordBits + 1));
    CHECK_EQUAL(seL4_GetMR(1), seL4_WordBits);
    CHECK(!slot_empty(endpoint));
}

CASE(a_guard_that_differs_is_a_guard_mismatch, "§3.4.4")
{
    const seL4_CPtr node = cnode_guarded(4, 0x5, 4);

    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_CNode_Delete(node, 0x63, 8));
    CHECK_EQUAL(seL4_GetMR(1), seL4_GuardMismatch);
    CHECK_EQUAL(seL4_GetMR(2), 8);
    CHECK_EQUAL(seL4_GetMR(3), 0x5);
    CHECK_EQUAL(seL4_GetMR(4), 4);
    OK(seL4_CNode_Delete(node, 0x53, 8));
}

CASE(a_guard_longer_than_the_depth_is_a_guard_mismatch, "§3.4.4")
{
    const seL4_CPtr node = cnode_guarded(4, 0, 6);

    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_CNode_Delete(node, 0, 5));
    CHECK_EQUAL(seL4_GetMR(1), seL4_GuardMismatch);
    CHECK_EQUAL(seL4_GetMR(2), 5);
    CHECK_EQUAL(seL4_GetMR(4), 6);
}

CASE(a_depth_that_ends_within_a_node_is_a_depth_mismatch, "§3.4.3")
{
    const seL4_CPtr node = cnode_guarded(4, 0, 2);

    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_CNode_Delete(node, 0, 5));
    CHECK_EQUAL(seL4_GetMR(1), seL4_DepthMismatch);
    CHECK_EQUAL(seL4_GetMR(2), 5);
    CHECK_EQUAL(seL4_GetMR(3), 6);
}

CASE(a_depth_that_goes_beyond_a_slot_is_a_depth_mismatch, "§3.4.3")
{
    const seL4_CPtr node = cnode_new(4);

    OK(seL4_CNode_Copy(node, 3, 4, ROOT, endpoint_new(), DEPTH, seL4_AllRights));
    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_CNode_Delete(node, 0x30, 8));
    CHECK_EQUAL(seL4_GetMR(1), seL4_DepthMismatch);
    CHECK_EQUAL(seL4_GetMR(2), 4);
    CHECK_EQUAL(seL4_GetMR(3), 0);
    CHECK(!slot_empty_in(node, 3, 4));
}

CASE(a_second_level_that_fails_says_how_many_bits_are_left, "§3.4.4")
{
    const seL4_CPtr outer = cnode_new(4), inner = cnode_guarded(4, 0x3, 2);

    OK(seL4_CNode_Move(outer, 9, 4, ROOT, inner, DEPTH));
    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_CNode_Delete(outer, 9 << 6 | 2 << 4 | 1, 10));
    CHECK_EQUAL(seL4_GetMR(1), seL4_GuardMismatch);
    CHECK_EQUAL(seL4_GetMR(2), 6);
    CHECK_EQUAL(seL4_GetMR(3), 0x3);
    CHECK_EQUAL(seL4_GetMR(4), 2);
    OK(seL4_CNode_Delete(outer, 9 << 6 | 3 << 4 | 1, 10));
}

CASE(a_depth_limit_names_the_node_and_not_what_is_in_it, "§3.3.2")
{
    const seL4_CPtr outer = cnode_new(4), inner = cnode_new(4);

    OK(seL4_CNode_Move(outer, 9, 4, ROOT, inner, DEPTH));
    OK(seL4_CNode_Copy(outer, 9 << 4 | 2, 8, ROOT, endpoint_new(), DEPTH, seL4_AllRights));
    CHECK(!slot_empty_in(outer, 9 << 4 | 2, 8));
    OK(seL4_CNode_Delete(outer, 9, 4));
    CHECK(slot_empty_in(outer, 9, 4));
}

CASE(the_failure_of_a_source_is_said_to_be_the_sources, "§10.1 Failed Lookup")
{
    const seL4_CPtr node = cnode_guarded(4, 0x5, 4), to = slot_new();

    REFUSED_SAYING(seL4_FailedLookup, 1, seL4_CNode_Copy(ROOT, to, DEPTH, node, 0x63, 8, seL4_AllRights));
    CHECK_EQUAL(seL4_GetMR(1), seL4_GuardMismatch);
    REFUSED_SAYING(seL4_FailedLookup, 0, seL4_CNode_Copy(node, 0x63, 8, ROOT, endpoint_new(), DEPTH, seL4_AllRights));
    CHECK_EQUAL(seL4_GetMR(1), seL4_GuardMismatch);
    CHECK(slot_empty(to));
}

/* ---- by invocations */

CASE(the_root_of_a_thread_is_seen_with_the_guard_it_is_given, "§3.3.1")
{
    const seL4_CPtr node = cnode_new(4), notification = notification_new();
    struct thread *t = thread_in(node, 0x7, seL4_WordBits - 4);

    OK(seL4_CNode_Mint(node, 5, 4, ROOT, notification, DEPTH, seL4_AllRights, 6));
    thread_cspace(t, node, t->cspace_data);
    t->cap = 0x75;
    OK(seL4_CNode_Copy(node, 1, 4, ROOT, t->tcb, DEPTH, seL4_AllRights));
    t->tcb_in_own_space = 0x71;
    thread_start(t, job_signal);
    CHECK(t->finished);
    CHECK_EQUAL(signalled(notification), 6);
}

CASE(an_address_with_another_guard_faults, "§6.2.1")
{
    struct thread *t = thread_in(cnode_new(4), 0x7, seL4_WordBits - 4);

    t->cap = 0x65;
    fault_of(t, job_send, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), 0x65);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_InRecvPhase), 0);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_GuardMismatch);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_BitsLeft), seL4_WordBits);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_GuardMismatch_GuardFound), 0x7);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_GuardMismatch_BitsFound), seL4_WordBits - 4);
}

CASE(an_address_that_ends_within_a_node_faults, "§6.2.1")
{
    const seL4_CPtr outer = cnode_new(4), inner = cnode_new(8);
    struct thread *t = thread_in(outer, 0, seL4_WordBits - 8);

    OK(seL4_CNode_Move(outer, 5, 4, ROOT, inner, DEPTH));
    t->cap = 0x50;
    fault_of(t, job_send, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_DepthMismatch);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_BitsLeft), 4);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_DepthMismatch_BitsFound), 8);
}

CASE(bits_left_behind_a_capability_that_is_no_cnode_do_not_count, "§3.3.1")
{
    const seL4_CPtr node = cnode_new(4), notification = notification_new();
    struct thread *t = thread_in(node, 0, 0);

    OK(seL4_CNode_Mint(node, 5, 4, ROOT, notification, DEPTH, seL4_AllRights, 6));
    OK(seL4_CNode_Copy(node, 1, 4, ROOT, t->tcb, DEPTH, seL4_AllRights));
    thread_cspace(t, node, 0);
    t->cap = 0x5fffffffffffffff;
    t->tcb_in_own_space = 0x1234567812345678;
    thread_start(t, job_signal);
    CHECK_EQUAL(signalled(notification), 6);
}

CASE(a_thread_without_a_cspace_has_an_invalid_root, "§3.4.1")
{
    struct thread *t = thread_in(cnode_new(4), 0, seL4_WordBits - 4);
    const seL4_CPtr endpoint = endpoint_new(), node = t->cspace;

    t->cap = 3;
    thread_handler(t, endpoint);
    slot_revoke(node);              /* the thread's own copy too */
    thread_start(t, job_send);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_NBRecv(endpoint, NULL, reply_new())), seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), 3);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_InvalidRoot);
}

CASE(calling_an_empty_slot_is_an_error_and_no_fault, "§10.1 Invalid Capability")
{
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_Call(slot_new(), tag(0, 0, 0))), seL4_InvalidCapability);
    CHECK_EQUAL(seL4_GetMR(0), 0);
    seL4_Send(slot_new(), tag(0, 0, 0));
}

CASE(receiving_from_an_empty_slot_faults, "§6.2.1")
{
    struct thread *t = thread_new(HIGH);

    t->cap = slot_new();
    t->reply = reply_new();
    fault_of(t, job_recv, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), t->cap);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_LookupFailureType), seL4_MissingCapability);
}

CASE(receiving_from_what_is_no_endpoint_faults, "§6.2.1")
{
    struct thread *t = thread_new(HIGH);

    t->cap = frame_new();
    t->reply = reply_new();
    fault_of(t, job_nbrecv, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), t->cap);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
}

CASE(receiving_with_a_reply_that_is_none_faults, "§6.2.1")
{
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint_new();
    t->reply = frame_new();
    fault_of(t, job_recv, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), t->reply);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
}

CASE(nbsend_to_an_address_that_leads_nowhere_does_nothing, "§6.2.1")
{
    struct thread *t = thread_in(cnode_new(4), 0x7, seL4_WordBits - 4);
    const seL4_CPtr node = t->cspace;

    OK(seL4_CNode_Copy(node, 1, 4, ROOT, t->tcb, DEPTH, seL4_AllRights));
    t->tcb_in_own_space = 0x71;
    thread_cspace(t, node, t->cspace_data);
    t->cap = 0x65;
    thread_start(t, job_nbsend);
    CHECK(t->finished);
}
