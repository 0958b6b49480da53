/* SPDX-License-Identifier: BSD-2-Clause
 * CNode: Delete, and the end of objects with their last capability, however they are nested. */
#include "harness/conform.h"

/* Is all of that untyped free? What was unreachable in it is gone then. */
static void all_free(seL4_CPtr memory, seL4_Word bits)
{
    slot_revoke(memory);
    OK(seL4_Untyped_Retype(memory, seL4_UntypedObject, bits, ROOT, 0, 0, slot_new(), 1));
}

CASE(delete_empties_the_slot, "§3.2")
{
    const seL4_CPtr endpoint = endpoint_new();

    slot_delete(endpoint);
    CHECK(slot_empty(endpoint));
}

CASE(delete_leaves_other_capabilities_to_the_object, "§3.2")
{
    const seL4_CPtr notification = notification_new(), other = mint(notification, 2), third = copy(notification);

    slot_delete(notification);
    seL4_Signal(other);
    CHECK_EQUAL(signalled(third), 2);
}

CASE(delete_of_an_empty_slot_does_nothing, "§3.2")
{
    slot_delete(slot_new());
}

CASE(an_endpoint_that_goes_lets_its_senders_go_on, "§3.2")
{
    const seL4_CPtr endpoint = endpoint_new(), other = copy(endpoint);
    struct thread *s = sender(endpoint, HIGH, 1);

    slot_delete(endpoint);
    CHECK(!s->returned);
    slot_delete(other);
    CHECK(s->returned);             /* the message is sent again, to nothing */
}

CASE(an_endpoint_that_goes_makes_its_receivers_fault, "§3.2")
{
    const seL4_CPtr endpoint = endpoint_new(), faults = endpoint_new();
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->reply = reply_new();
    thread_handler(t, faults);
    thread_start(t, job_recv);
    slot_delete(endpoint);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_NBRecv(faults, NULL, reply_new())), seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), endpoint);
}

CASE(an_endpoint_that_goes_makes_its_callers_calls_fail, "§3.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *c = caller(endpoint, HIGH, 1);

    slot_delete(endpoint);
    CHECK(c->returned);
    CHECK_EQUAL(seL4_MessageInfo_get_label(c->tag), seL4_InvalidCapability);
}

CASE(who_waits_for_a_reply_does_not_need_the_endpoint, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = caller(endpoint, HIGH, 1);

    seL4_Recv(endpoint, NULL, reply);
    slot_delete(endpoint);
    CHECK(!c->returned);
    seL4_SetMR(0, 77);
    seL4_Send(reply, tag(0, 0, 1));
    CHECK_EQUAL(c->word[0], 77);
}

CASE(a_notification_that_goes_makes_its_waiters_fault, "§3.2")
{
    const seL4_CPtr notification = notification_new(), faults = endpoint_new();
    struct thread *t = thread_new(HIGH);

    t->cap = notification;
    thread_handler(t, faults);
    thread_start(t, job_wait);
    slot_delete(notification);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_NBRecv(faults, NULL, reply_new())), seL4_Fault_CapFault);
}

CASE(a_bound_notification_that_goes_is_unbound, "§5.3")
{
    const seL4_CPtr first = notification_new(), second = notification_new();
    struct thread *t = thread_new(HIGH);

    OK(seL4_TCB_BindNotification(t->tcb, first));
    slot_delete(first);
    OK(seL4_TCB_BindNotification(t->tcb, second));
}

CASE(a_thread_that_goes_runs_no_more, "§6.1.3")
{
    struct thread *t = thread_new(LOW);

    thread_start(t, job_spin);
    slot_delete(t->tcb);
    others_run();
    CHECK_EQUAL(t->returned, 0);
}

CASE(a_thread_that_goes_leaves_the_endpoints_queue, "§3.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *first = sender(endpoint, HIGH, 1);

    sender(endpoint, HIGH, 2);
    slot_delete(first->tcb);
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_GetMR(0), 2);
    CHECK(nothing_at(endpoint));
}

CASE(a_thread_that_goes_frees_its_context_and_notification, "§3.2")
{
    const seL4_CPtr notification = notification_new();
    struct thread *t = thread_new(HIGH), *u = thread_passive(HIGH);

    OK(seL4_TCB_BindNotification(t->tcb, notification));
    slot_delete(t->tcb);
    OK(seL4_SchedContext_Bind(t->sc, u->tcb));
    OK(seL4_TCB_BindNotification(u->tcb, notification));
}

CASE(a_caller_that_goes_makes_its_reply_nothing, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = caller(endpoint, HIGH, 1);

    seL4_Recv(endpoint, NULL, reply);
    slot_delete(c->tcb);
    seL4_Send(reply, tag(0, 0, 0));
    struct thread *d = caller(endpoint, HIGH, 2);
    seL4_Recv(endpoint, NULL, reply);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(d->returned && !c->returned);
}

CASE(a_context_that_goes_stops_its_thread, "§6.1.1")
{
    struct thread *t = waiter(notification_new(), HIGH);

    slot_delete(t->sc);
    seL4_Signal(t->cap);
    CHECK(!t->returned);
    OK(seL4_SchedContext_Bind(context_new(1000, 1000), t->tcb));
    CHECK(t->returned);
}

CASE(a_reply_that_goes_leaves_its_caller_stopped, "§6.1.9")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = caller(endpoint, HIGH, 5);

    seL4_Recv(endpoint, NULL, reply);
    slot_delete(reply);
    CHECK(!c->returned);
    OK(seL4_TCB_Resume(c->tcb));    /* it calls again */
    const seL4_CPtr other = reply_new();
    seL4_Recv(endpoint, NULL, other);
    CHECK_EQUAL(seL4_GetMR(0), 5);
    seL4_Send(other, tag(0, 0, 0));
    CHECK(c->returned);
}

/* ---- containers */

CASE(a_cnode_that_goes_takes_its_capabilities, "§3.2")
{
    const seL4_CPtr node = cnode_new(3), endpoint = endpoint_new();
    struct thread *s = sender(endpoint, HIGH, 1);

    OK(seL4_CNode_Move(node, 6, 3, ROOT, endpoint, DEPTH));
    CHECK(!s->returned);
    slot_delete(node);
    CHECK(s->returned);
}

CASE(a_cnode_with_another_capability_stays, "§3.2")
{
    const seL4_CPtr node = cnode_new(3), other = copy(node);

    OK(seL4_CNode_Copy(node, 6, 3, ROOT, endpoint_new(), DEPTH, seL4_AllRights));
    slot_delete(node);
    CHECK(!slot_empty_in(other, 6, 3));
}

CASE(a_thread_that_goes_takes_its_copies_of_capabilities, "§3.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *s = sender(endpoint, HIGH, 1), *t = thread_new(HIGH);

    thread_handler(t, endpoint);
    slot_delete(endpoint);          /* the thread's own is the last */
    CHECK(!s->returned);
    slot_delete(t->tcb);
    CHECK(s->returned);
}

CASE(a_cnode_that_contains_itself_goes_with_its_memory, "§3.2")
{
    const seL4_CPtr memory = untyped_new(16), node = make_in(memory, seL4_CapTableObject, 3);

    OK(seL4_CNode_Copy(node, 2, 3, ROOT, node, DEPTH, seL4_AllRights));
    slot_delete(node);
    all_free(memory, 16);
}

CASE(a_cnode_whose_only_capability_is_in_itself_goes_with_its_memory, "§3.2")
{
    const seL4_CPtr memory = untyped_new(16), node = make_in(memory, seL4_CapTableObject, 3);

    OK(seL4_CNode_Move(node, 2, 3, ROOT, node, DEPTH));
    CHECK(slot_empty(node));
    all_free(memory, 16);
}

CASE(a_cnode_found_in_an_ending_one_becomes_unreachable, "§3.2")
{
    const seL4_CPtr memory = untyped_new(16), outer = make_in(memory, seL4_CapTableObject, 3);
    const seL4_CPtr inner = make_in(memory, seL4_CapTableObject, 3), endpoint = endpoint_new();
    struct thread *s = sender(endpoint, HIGH, 1);

    OK(seL4_CNode_Move(inner, 0, 3, ROOT, endpoint, DEPTH));
    OK(seL4_CNode_Move(outer, 1, 3, ROOT, inner, DEPTH));
    slot_delete(outer);
    CHECK(s->returned);             /* its first slot was needed for its own capability */
    all_free(memory, 16);
}

CASE(two_cnodes_in_each_other_go_with_their_memory, "§3.2")
{
    const seL4_CPtr memory = untyped_new(16);
    const seL4_CPtr a = make_in(memory, seL4_CapTableObject, 3), b = make_in(memory, seL4_CapTableObject, 3);

    OK(seL4_CNode_Copy(a, 1, 3, ROOT, b, DEPTH, seL4_AllRights));
    OK(seL4_CNode_Copy(b, 1, 3, ROOT, a, DEPTH, seL4_AllRights));
    slot_delete(a);
    slot_delete(b);
    all_free(memory, 16);
}

CASE(a_thread_in_its_own_cspace_goes_with_its_memory, "§3.2")
{
    const seL4_CPtr memory = untyped_new(16), node = make_in(memory, seL4_CapTableObject, 3);
    const seL4_CPtr tcb = make_in(memory, seL4_TCBObject, 0);

    OK(seL4_TCB_SetSpace(tcb, seL4_CapNull, node, 0, SPACE, 0));
    OK(seL4_CNode_Move(node, 1, 3, ROOT, tcb, DEPTH));
    slot_delete(node);
    all_free(memory, 16);
}

static void delete_own(struct thread *t)
{
    t->word[0] = (seL4_Word)seL4_CNode_Delete(t->cap, t->dest, DEPTH);
    t->returned++;
    seL4_Signal(t->reply);
    t->returned++;
}

CASE(a_thread_can_delete_the_root_of_its_cspace_and_go_on, "§3.2")
{
    const seL4_CPtr node = cnode_new(4);
    struct thread *t = thread_new(HIGH);

    t->cspace = node;
    t->cspace_data = seL4_CNode_CapData_new(0, seL4_WordBits - 4).words[0];
    OK(seL4_CNode_Mint(node, 2, 4, ROOT, node, DEPTH, seL4_AllRights, t->cspace_data));
    t->cap = t->dest = 2;
    t->reply = 9;
    OK(seL4_CNode_Mint(node, 9, 4, ROOT, notification_new(), DEPTH, seL4_AllRights, 1));
    fault_of(t, delete_own, seL4_Fault_CapFault);
    CHECK_EQUAL(t->word[0], seL4_NoError);
    CHECK_EQUAL(t->returned, 2);    /* the fault is its last, when it stops itself by what is not there */
}

static void delete_self(struct thread *t)
{
    seL4_CNode_Delete(ROOT, t->tcb, DEPTH);
    t->returned++;
}

CASE(a_thread_that_deletes_itself_is_gone, "§6.1.3")
{
    struct thread *t = thread_new(HIGH);

    thread_start(t, delete_self);
    CHECK(!t->returned && slot_empty(t->tcb));
}
