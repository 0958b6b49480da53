/* SPDX-License-Identifier: BSD-2-Clause
 * Notification: signals, who gets them, and binding to a thread. */
#include "harness/conform.h"

CASE(a_signal_stays_until_it_is_taken, "§5.2")
{
    const seL4_CPtr notification = notification_new();
    seL4_Word badge = 0;

    seL4_Signal(mint(notification, 4));
    seL4_Wait(notification, &badge);
    CHECK_EQUAL(badge, 4);
    CHECK_EQUAL(signalled(notification), 0);
}

CASE(signals_are_or_ed, "§5.2")
{
    const seL4_CPtr notification = notification_new();

    seL4_Signal(mint(notification, 5));
    seL4_Signal(mint(notification, 6));
    seL4_Signal(mint(notification, 8));
    CHECK_EQUAL(signalled(notification), 15);
}

CASE(taking_a_signal_clears_the_word, "§5.2")
{
    const seL4_CPtr notification = notification_new(), one = mint(notification, 1);

    seL4_Signal(one);
    CHECK_EQUAL(signalled(notification), 1);
    seL4_Signal(mint(notification, 2));
    CHECK_EQUAL(signalled(notification), 2);
}

CASE(a_signal_wakes_a_waiter, "§5.2")
{
    const seL4_CPtr notification = notification_new();
    struct thread *w = waiter(notification, HIGH);

    CHECK(!w->returned);
    seL4_Signal(mint(notification, 9));
    CHECK(w->returned && w->badge == 9);
    CHECK_EQUAL(signalled(notification), 0);
}

CASE(a_signal_wakes_one_waiter, "§5.2")
{
    const seL4_CPtr notification = notification_new(), one = mint(notification, 1);
    struct thread *a = waiter(notification, HIGH), *b = waiter(notification, HIGH);

    seL4_Signal(one);
    CHECK(a->returned && !b->returned);
    seL4_Signal(one);
    CHECK(b->returned);
}

CASE(the_waiter_of_highest_priority_is_woken_first, "§5.2")
{
    const seL4_CPtr notification = notification_new(), one = mint(notification, 1);
    struct thread *low = waiter(notification, HIGH), *high = waiter(notification, HIGH + 1);

    seL4_Signal(one);
    CHECK(high->returned && !low->returned);
}

CASE(an_unbadged_signal_wakes_with_0, "§5.2")
{
    const seL4_CPtr notification = notification_new();
    struct thread *w = waiter(notification, HIGH);

    w->badge = 7;
    seL4_Signal(notification);
    CHECK(w->returned && w->badge == 0);
}

CASE(call_signals_and_returns, "§2.2")
{
    const seL4_CPtr notification = notification_new();

    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_Call(mint(notification, 4), tag(0, 0, 0))), seL4_NoError);
    CHECK_EQUAL(signalled(notification), 4);
}

CASE(poll_does_not_wait, "§5.2")
{
    CHECK_EQUAL(signalled(notification_new()), 0);
}

CASE(recv_takes_signals_too, "§2.2")
{
    const seL4_CPtr notification = notification_new();
    seL4_Word badge = 0;

    seL4_Signal(mint(notification, 4));
    seL4_Recv(notification, &badge, seL4_CapNull);
    CHECK_EQUAL(badge, 4);
}

CASE(a_suspended_waiter_leaves_the_queue, "§6.1.3")
{
    const seL4_CPtr notification = notification_new(), one = mint(notification, 1);
    struct thread *a = waiter(notification, HIGH), *b = waiter(notification, HIGH);

    OK(seL4_TCB_Suspend(a->tcb));
    seL4_Signal(one);
    CHECK(b->returned && !a->returned);
}

/* ---- bound to a thread */

static struct thread *bound_receiver(seL4_CPtr endpoint, seL4_CPtr notification)
{
    struct thread *t = thread_new(HIGH);

    OK(seL4_TCB_BindNotification(t->tcb, notification));
    t->cap = endpoint;
    t->reply = reply_new();
    thread_start(t, job_recv_twice);
    return t;
}

CASE(a_signal_reaches_the_bound_thread_at_its_endpoint, "§5.3")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new();
    struct thread *t = bound_receiver(endpoint, notification);

    seL4_Signal(mint(notification, 3));
    CHECK_EQUAL(t->returned, 1);
    CHECK_EQUAL(t->badge, 3);
    seL4_SetMR(0, 6);
    seL4_Send(endpoint, tag(0, 0, 1));
    CHECK_EQUAL(t->returned, 2);
    CHECK_EQUAL(t->word[0], 6);
}

CASE(a_pending_signal_is_taken_before_a_message, "§5.3")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new();

    sender(endpoint, HIGHER, 6);
    seL4_Signal(mint(notification, 3));
    struct thread *t = bound_receiver(endpoint, notification);
    CHECK_EQUAL(t->returned, 2);
    CHECK_EQUAL(t->badge, 0);
    CHECK_EQUAL(t->word[0], 6);
}

CASE(the_bound_thread_can_wait_at_the_notification, "§5.3")
{
    const seL4_CPtr notification = notification_new();
    struct thread *t = thread_new(HIGH);

    OK(seL4_TCB_BindNotification(t->tcb, notification));
    t->cap = notification;
    thread_start(t, job_wait);
    seL4_Signal(mint(notification, 3));
    CHECK(t->returned && t->badge == 3);
}

CASE(no_other_thread_can_wait_at_a_bound_notification, "§5.3")
{
    const seL4_CPtr notification = notification_new();
    struct thread *t = thread_new(HIGH), *other = thread_new(HIGH);

    OK(seL4_TCB_BindNotification(t->tcb, notification));
    other->cap = notification;
    fault_of(other, job_wait, seL4_Fault_CapFault);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_Addr), notification);
    CHECK_EQUAL(seL4_GetMR(seL4_CapFault_InRecvPhase), 1);
}

CASE(a_thread_has_one_bound_notification, "API seL4_TCB_BindNotification")
{
    const seL4_CPtr first = notification_new(), second = notification_new();
    struct thread *t = thread_new(HIGH);

    OK(seL4_TCB_BindNotification(t->tcb, first));
    REFUSED(seL4_IllegalOperation, seL4_TCB_BindNotification(t->tcb, second));
    OK(seL4_TCB_BindNotification(thread_new(HIGH)->tcb, second));
}

CASE(a_notification_is_bound_to_one_thread, "API seL4_TCB_BindNotification")
{
    const seL4_CPtr notification = notification_new();
    struct thread *a = thread_new(HIGH), *b = thread_new(HIGH);

    OK(seL4_TCB_BindNotification(a->tcb, notification));
    REFUSED(seL4_IllegalOperation, seL4_TCB_BindNotification(b->tcb, notification));
    OK(seL4_TCB_UnbindNotification(a->tcb));
    OK(seL4_TCB_BindNotification(b->tcb, notification));
}

CASE(a_notification_with_waiters_is_not_bound, "API seL4_TCB_BindNotification")
{
    const seL4_CPtr notification = notification_new();
    struct thread *w = waiter(notification, HIGH), *t = thread_new(HIGH);

    REFUSED(seL4_IllegalOperation, seL4_TCB_BindNotification(t->tcb, notification));
    seL4_Signal(mint(notification, 1));
    CHECK(w->returned);
    OK(seL4_TCB_BindNotification(t->tcb, notification));
}

CASE(binding_needs_the_read_right, "API seL4_TCB_BindNotification")
{
    const seL4_CPtr notification = notification_new();
    struct thread *t = thread_new(HIGH);

    REFUSED(seL4_IllegalOperation, seL4_TCB_BindNotification(t->tcb, copy_with(notification, seL4_CanWrite)));
    OK(seL4_TCB_BindNotification(t->tcb, notification));
}

CASE(only_notifications_are_bound, "API seL4_TCB_BindNotification")
{
    struct thread *t = thread_new(HIGH);

    REFUSED(seL4_IllegalOperation, seL4_TCB_BindNotification(t->tcb, endpoint_new()));
}

CASE(unbinding_needs_a_binding, "API seL4_TCB_UnbindNotification")
{
    struct thread *t = thread_new(HIGH);

    REFUSED(seL4_IllegalOperation, seL4_TCB_UnbindNotification(t->tcb));
}

CASE(an_unbound_notification_wakes_the_thread_no_more, "§5.3")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new();
    struct thread *t = bound_receiver(endpoint, notification);

    OK(seL4_TCB_UnbindNotification(t->tcb));
    seL4_Signal(mint(notification, 3));
    CHECK(!t->returned);
    CHECK_EQUAL(signalled(notification), 3);
}

CASE(a_signal_pending_at_binding_reaches_a_thread_that_receives, "§5.3")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new();
    struct thread *t = thread_new(HIGH);

    seL4_Signal(mint(notification, 3));
    OK(seL4_TCB_BindNotification(t->tcb, notification));
    t->cap = endpoint;
    t->reply = reply_new();
    thread_start(t, job_recv);
    CHECK(t->returned && t->badge == 3);
}

CASE(a_signal_does_not_reach_a_bound_thread_that_sends, "§5.3")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new();
    struct thread *t = thread_new(HIGH);

    OK(seL4_TCB_BindNotification(t->tcb, notification));
    t->cap = endpoint;
    t->tag = tag(0, 0, 1);
    t->word[0] = 5;
    thread_start(t, job_send);
    seL4_Signal(mint(notification, 3));
    CHECK(!t->returned);
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_GetMR(0), 5);
}
