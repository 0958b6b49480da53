/* SPDX-License-Identifier: BSD-2-Clause
 * Endpoint: who meets whom, in what order, and CancelBadgedSends. What a message carries is in messages.c. */
#include "harness/conform.h"

CASE(a_sender_waits_until_somebody_receives, "§4.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *s = sender(endpoint, HIGH, 42);

    CHECK(!s->returned);
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_GetMR(0), 42);
    CHECK(s->returned);
}

CASE(a_receiver_waits_until_somebody_sends, "§4.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *r = receiver(endpoint, reply_new(), HIGH);

    CHECK(!r->returned);
    seL4_SetMR(0, 43);
    seL4_Send(endpoint, tag(0, 0, 1));
    CHECK_EQUAL(r->returned, 1);
    CHECK_EQUAL(r->word[0], 43);
}

CASE(nbsend_without_a_receiver_is_dropped, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new();

    seL4_NBSend(endpoint, tag(0, 0, 1));
    CHECK(nothing_at(endpoint));
}

CASE(nbsend_reaches_a_receiver_that_waits, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *r = receiver(endpoint, reply_new(), HIGH);

    seL4_SetMR(0, 44);
    seL4_NBSend(endpoint, tag(0, 0, 1));
    CHECK_EQUAL(r->word[0], 44);
}

CASE(nbrecv_does_not_wait, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    seL4_Word badge = 5;

    seL4_NBRecv(endpoint, &badge, reply_new());
    CHECK_EQUAL(badge, 0);
}

CASE(nbrecv_takes_a_message_that_waits, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *s = sender(mint(endpoint, 6), HIGH, 45);
    seL4_Word badge = 0;

    seL4_NBRecv(endpoint, &badge, reply_new());
    CHECK_EQUAL(badge, 6);
    CHECK_EQUAL(seL4_GetMR(0), 45);
    CHECK(s->returned);
}

CASE(wait_receives_from_an_endpoint, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    seL4_Word badge = 0;

    sender(mint(endpoint, 6), HIGH, 46);
    seL4_Wait(endpoint, &badge);
    CHECK_EQUAL(badge, 6);
    CHECK_EQUAL(seL4_GetMR(0), 46);
}

CASE(an_unbadged_sender_has_badge_0, "§4.2.1")
{
    const seL4_CPtr endpoint = endpoint_new();
    seL4_Word badge = 9;

    sender(endpoint, HIGH, 1);
    seL4_Recv(endpoint, &badge, reply_new());
    CHECK_EQUAL(badge, 0);
}

CASE(the_badge_is_that_of_the_capability_that_was_invoked, "§4.2.1")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    seL4_Word badge;

    sender(mint(endpoint, 1), HIGH, 1);
    sender(mint(endpoint, 2), HIGH, 2);
    seL4_Recv(endpoint, &badge, reply);
    CHECK(badge == 1 && seL4_GetMR(0) == 1);
    seL4_Recv(endpoint, &badge, reply);
    CHECK(badge == 2 && seL4_GetMR(0) == 2);
}

CASE(the_badge_stays_that_of_the_moment_of_sending, "§4.2.1")
{
    const seL4_CPtr endpoint = endpoint_new(), badged = mint(endpoint, 7);
    seL4_Word badge = 0;

    sender(badged, HIGH, 1);
    slot_delete(badged);
    seL4_Recv(endpoint, &badge, reply_new());
    CHECK_EQUAL(badge, 7);
}

CASE(senders_of_equal_priority_are_heard_in_turn, "§4.2")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();

    for (seL4_Word i = 1; i <= 4; i++)
        sender(endpoint, HIGH, i);
    for (seL4_Word i = 1; i <= 4; i++) {
        seL4_Recv(endpoint, NULL, reply);
        CHECK_EQUAL(seL4_GetMR(0), i);
    }
}

CASE(the_sender_of_highest_priority_is_heard_first, "§4.2")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();

    sender(endpoint, HIGH, 1);
    sender(endpoint, HIGH + 2, 2);
    sender(endpoint, HIGH + 1, 3);
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 2);
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 3);
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 1);
}

CASE(the_receiver_of_highest_priority_is_served_first, "§4.2")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *low = receiver(endpoint, reply_new(), HIGH), *high = receiver(endpoint, reply_new(), HIGH + 1);

    seL4_Send(endpoint, tag(0, 0, 0));
    CHECK(high->returned && !low->returned);
    seL4_Send(endpoint, tag(0, 0, 0));
    CHECK(low->returned);
}

CASE(a_priority_that_changes_changes_the_place_in_a_queue, "§6.1.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *first = sender(endpoint, HIGH, 1);

    sender(endpoint, HIGH + 1, 2);
    OK(seL4_TCB_SetPriority(first->tcb, self, HIGH + 2));
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 1);
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 2);
}

CASE(a_suspended_sender_leaves_the_queue, "§6.1.3")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *s = sender(endpoint, HIGH, 1);

    OK(seL4_TCB_Suspend(s->tcb));
    CHECK(nothing_at(endpoint));
    OK(seL4_TCB_Resume(s->tcb));    /* it sends again */
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_GetMR(0), 1);
    CHECK(s->returned);
}

CASE(a_suspended_receiver_leaves_the_queue, "§6.1.3")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *r = receiver(endpoint, reply_new(), HIGH), *other = receiver(endpoint, reply_new(), HIGH);

    OK(seL4_TCB_Suspend(r->tcb));
    seL4_Send(endpoint, tag(0, 0, 0));
    CHECK(other->returned && !r->returned);
}

CASE(resuming_a_blocked_thread_makes_its_call_again, "§6.1.2")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();

    struct thread *first = sender(endpoint, HIGH, 1);
    sender(endpoint, HIGH, 2);
    OK(seL4_TCB_Resume(first->tcb));    /* to the end of the queue */
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 2);
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 1);
}

CASE(a_call_with_neither_grant_nor_grant_reply_stops_the_caller, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = caller(copy_with(endpoint, seL4_CanWrite), HIGH, 8);

    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 8);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(!c->returned);
}

CASE(grant_reply_alone_lets_a_call_be_answered, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = caller(copy_with(endpoint, seL4_CapRights_new(1, 0, 0, 1)), HIGH, 8);

    seL4_Recv(endpoint, NULL, reply);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(c->returned);
}

CASE(grant_alone_lets_a_call_be_answered, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = caller(copy_with(endpoint, seL4_CapRights_new(0, 1, 0, 1)), HIGH, 8);

    seL4_Recv(endpoint, NULL, reply);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(c->returned);
}

/* ---- CancelBadgedSends: a sender that is cancelled sends again, through a capability that is no more */

CASE(cancelling_badged_sends_ends_those_with_the_badge, "API seL4_CNode_CancelBadgedSends")
{
    const seL4_CPtr endpoint = endpoint_new(), badged = mint(endpoint, 5), other = mint(endpoint, 6);
    const seL4_CPtr of_client = copy(badged), reply = reply_new();
    struct thread *a = sender(of_client, HIGH, 1), *b = sender(other, HIGH, 2), *c = sender(of_client, HIGH, 3);

    slot_delete(of_client);
    OK(seL4_CNode_CancelBadgedSends(ROOT, badged, DEPTH));
    CHECK(a->returned && c->returned && !b->returned);
    seL4_Word badge;
    seL4_Recv(endpoint, &badge, reply);
    CHECK(badge == 6 && seL4_GetMR(0) == 2);
    CHECK(nothing_at(endpoint));
}

CASE(a_cancelled_sender_that_still_can_sends_again, "API seL4_CNode_CancelBadgedSends")
{
    const seL4_CPtr endpoint = endpoint_new(), badged = mint(endpoint, 5);
    struct thread *a = sender(badged, HIGH, 1);

    OK(seL4_CNode_CancelBadgedSends(ROOT, badged, DEPTH));
    CHECK(!a->returned);
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK(a->returned);
}

CASE(cancelling_needs_all_rights, "API seL4_CNode_CancelBadgedSends")
{
    const seL4_CPtr endpoint = endpoint_new(), badged = mint(endpoint, 5), of_client = copy(badged);
    struct thread *a = sender(of_client, HIGH, 1);

    slot_delete(of_client);
    REFUSED(seL4_IllegalOperation, seL4_CNode_CancelBadgedSends(ROOT, copy_with(badged, seL4_NoWrite), DEPTH));
    REFUSED(seL4_IllegalOperation, seL4_CNode_CancelBadgedSends(ROOT, copy_with(badged, seL4_NoRead), DEPTH));
    REFUSED(seL4_IllegalOperation, seL4_CNode_CancelBadgedSends(ROOT, copy_with(badged, seL4_ReadWrite), DEPTH));
    CHECK(!a->returned);
}

CASE(only_an_endpoints_sends_can_be_cancelled, "API seL4_CNode_CancelBadgedSends")
{
    REFUSED(seL4_IllegalOperation, seL4_CNode_CancelBadgedSends(ROOT, mint(notification_new(), 5), DEPTH));
    REFUSED(seL4_IllegalOperation, seL4_CNode_CancelBadgedSends(ROOT, slot_new(), DEPTH));
}

CASE(cancelling_leaves_receivers_alone, "API seL4_CNode_CancelBadgedSends")
{
    const seL4_CPtr endpoint = endpoint_new(), badged = mint(endpoint, 5);
    struct thread *r = receiver(endpoint, reply_new(), HIGH);

    OK(seL4_CNode_CancelBadgedSends(ROOT, badged, DEPTH));
    seL4_Send(badged, tag(0, 0, 0));
    CHECK(r->returned == 1 && r->badge == 5);
}

CASE(cancelling_with_an_unbadged_capability_cancels_nothing, "API seL4_CNode_CancelBadgedSends")
{
    const seL4_CPtr endpoint = endpoint_new(), of_client = copy(endpoint);
    struct thread *a = sender(of_client, HIGH, 1);

    slot_delete(of_client);
    OK(seL4_CNode_CancelBadgedSends(ROOT, endpoint, DEPTH));
    CHECK(!a->returned);
}
