/* SPDX-License-Identifier: BSD-2-Clause
 * Donation: passive servers, and contexts that travel along calls and come back. */
#include "harness/conform.h"

/* Does the context belong to that thread now? It has none if it is unbound from it by this. */
static bool runs(seL4_CPtr sc, const struct thread *t)
{
    return seL4_SchedContext_UnbindObject(sc, t->tcb) == seL4_NoError;
}

CASE(a_passive_server_runs_on_its_callers_context, "§6.1.9")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *server = passive_server(endpoint, reply_new(), HIGH);

    for (seL4_Word i = 1; i <= 3; i++) {
        seL4_SetMR(0, i);
        seL4_Call(endpoint, tag(0, 0, 1));
        CHECK_EQUAL(seL4_GetMR(0), i);
        CHECK_EQUAL(server->returned, i);
    }
}

CASE(a_passive_server_of_lower_priority_answers_too, "§6.1.9")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *server = passive_server(endpoint, reply_new(), LOW);

    seL4_Call(endpoint, tag(0, 0, 0));
    CHECK_EQUAL(server->returned, 1);
}

CASE(the_context_returns_with_the_reply, "§6.1.9")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *server = passive_server(endpoint, reply_new(), HIGH), *c = caller(endpoint, HIGH, 1);

    CHECK(c->returned);
    CHECK(!runs(c->sc, server));
    CHECK(runs(c->sc, c));
}

/* Takes a call and keeps it: waits for a signal. */
static void keep(struct thread *t)
{
    job_recv(t);
    seL4_Wait(t->dest, NULL);
    t->returned++;
    seL4_Send(t->reply, tag(0, 0, 0));
}

static struct thread *keeper(seL4_CPtr endpoint, seL4_CPtr reply, seL4_CPtr notification)
{
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->reply = reply;
    t->dest = notification;
    thread_start(t, keep);
    OK(seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    return t;
}

CASE(the_context_is_with_the_server_until_it_answers, "§6.1.9")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new();
    struct thread *server = keeper(endpoint, reply_new(), notification), *c = caller(endpoint, HIGH, 1);

    CHECK_EQUAL(server->returned, 1);
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(c->sc, c->tcb));
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_Bind(c->sc, thread_passive(HIGH)->tcb));
    seL4_Signal(notification);
    CHECK(c->returned);
    CHECK(runs(c->sc, c));
}

CASE(a_server_with_a_context_of_its_own_takes_no_other, "§6.1.9")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new();
    struct thread *server = thread_new(HIGH);

    server->cap = endpoint;
    server->reply = reply_new();
    server->dest = notification;
    thread_start(server, keep);
    struct thread *c = caller(endpoint, HIGH, 1);
    CHECK_EQUAL(server->returned, 1);
    CHECK(runs(c->sc, c));
}

CASE(a_reply_that_is_deleted_gives_the_context_back, "§6.1.9")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *server = keeper(endpoint, reply, notification_new()), *c = caller(endpoint, HIGH, 1);

    slot_delete(reply);
    CHECK(!runs(c->sc, server));
    CHECK(runs(c->sc, c));
}

/* Takes a call, calls on, and answers. */
static void forward(struct thread *t)
{
    job_recv(t);
    seL4_Call(t->dest, tag(0, 0, 0));
    t->returned++;
    seL4_Send(t->reply, tag(0, 0, 0));      /* and with it goes the context */
    t->returned++;
}

static struct thread *forwarder(seL4_CPtr endpoint, seL4_CPtr reply, seL4_CPtr next)
{
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->reply = reply;
    t->dest = next;
    thread_start(t, forward);
    OK(seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    return t;
}

CASE(a_context_goes_along_a_chain_of_calls_and_back, "§6.1.9")
{
    const seL4_CPtr first = endpoint_new(), second = endpoint_new(), notification = notification_new();
    struct thread *c = keeper(second, reply_new(), notification), *b = forwarder(first, reply_new(), second);
    struct thread *a = caller(first, HIGH, 1);

    CHECK(b->returned == 1 && c->returned == 1 && !a->returned);
    seL4_Signal(notification);
    CHECK(c->returned == 2 && b->returned == 2 && a->returned == 1);
    CHECK(runs(a->sc, a));
}

CASE(a_chain_whose_middle_reply_goes_is_cut_there, "§6.1.9")
{
    const seL4_CPtr first = endpoint_new(), second = endpoint_new(), reply = reply_new(), notification = notification_new();
    struct thread *c = keeper(second, reply_new(), notification), *b = forwarder(first, reply, second);
    struct thread *a = caller(first, HIGH, 1);

    slot_delete(reply);             /* b's, for a; the context stays with c */
    CHECK(!a->returned);
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(a->sc, a->tcb));
    seL4_Signal(notification);      /* c answers b, which cannot answer a any more */
    CHECK(c->returned == 2 && b->returned == 3 && !a->returned);
}

static void nbsend_recv(struct thread *t)
{
    seL4_NBSendRecv(t->dest, tag(0, 0, 0), t->cap, NULL, t->reply);
    t->returned++;
}

CASE(nbsendrecv_gives_the_context_to_a_passive_receiver, "§6.1.9")
{
    const seL4_CPtr to = endpoint_new(), from = endpoint_new();
    struct thread *r = receiver(to, reply_new(), HIGH), *t = thread_new(HIGH);

    OK(seL4_SchedContext_UnbindObject(r->sc, r->tcb));
    t->dest = to;
    t->cap = from;
    t->reply = reply_new();
    thread_start(t, nbsend_recv);
    CHECK(r->returned && !t->returned);
    CHECK(!runs(t->sc, t));
}

/* ---- contexts of notifications */

CASE(a_signal_lends_a_passive_waiter_the_notifications_context, "§6.1.9")
{
    const seL4_CPtr notification = notification_new(), sc = context_new(1000, 1000);
    struct thread *w = waiter(notification, HIGH);

    OK(seL4_SchedContext_UnbindObject(w->sc, w->tcb));
    OK(seL4_SchedContext_Bind(sc, notification));
    seL4_Signal(mint(notification, 4));
    CHECK(w->returned && w->badge == 4);
}

static void wait_for_ever(struct thread *t)
{
    for (;;)
        job_wait(t);
}

CASE(the_notifications_context_returns_when_the_thread_waits_again, "§6.1.9")
{
    const seL4_CPtr notification = notification_new(), one = mint(notification, 1);
    struct thread *t = thread_new(HIGH);

    t->cap = notification;
    thread_start(t, wait_for_ever);
    OK(seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    OK(seL4_SchedContext_Bind(t->sc, notification));
    seL4_Signal(one);
    CHECK_EQUAL(t->returned, 1);
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    seL4_Signal(one);
    CHECK_EQUAL(t->returned, 2);
}

CASE(a_context_can_be_bound_to_a_thread_and_a_notification, "§6.1.9")
{
    const seL4_CPtr notification = notification_new(), one = mint(notification, 1);
    struct thread *t = thread_new(HIGH);

    OK(seL4_SchedContext_Bind(t->sc, notification));
    t->cap = notification;
    thread_start(t, wait_for_ever);     /* which unbinds it from the thread */
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    seL4_Signal(one);
    CHECK_EQUAL(t->returned, 1);
}

CASE(a_passive_server_takes_signals_on_its_notifications_context, "§5.3")
{
    const seL4_CPtr endpoint = endpoint_new(), notification = notification_new();
    struct thread *t = thread_new(HIGH);

    OK(seL4_TCB_BindNotification(t->tcb, notification));
    OK(seL4_SchedContext_Bind(t->sc, notification));
    t->cap = endpoint;
    t->reply = reply_new();
    thread_start(t, job_serve);
    seL4_Signal(mint(notification, 5));
    CHECK(t->returned == 1 && t->badge == 5);
    seL4_SetMR(0, 8);
    seL4_Call(endpoint, tag(0, 0, 1));
    CHECK_EQUAL(seL4_GetMR(0), 8);
    CHECK_EQUAL(t->returned, 2);
    seL4_Signal(mint(notification, 6));
    CHECK(t->returned == 3 && t->badge == 6);
}

CASE(a_passive_waiter_without_a_context_takes_its_signal_when_it_has_one, "§6.1.7")
{
    const seL4_CPtr notification = notification_new();
    struct thread *w = waiter(notification, HIGH);

    OK(seL4_SchedContext_UnbindObject(w->sc, w->tcb));
    seL4_Signal(mint(notification, 4));
    CHECK(!w->returned);
    OK(seL4_SchedContext_Bind(w->sc, w->tcb));
    CHECK(w->returned && w->badge == 4);
}

CASE(a_passive_fault_handler_runs_on_the_faulting_threads_context, "§6.1.11")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *handler = receiver(endpoint, reply_new(), HIGHER), *t = thread_new(HIGH);

    OK(seL4_SchedContext_UnbindObject(handler->sc, handler->tcb));
    thread_handler(t, endpoint);
    thread_start(t, do_undefined);
    CHECK(handler->returned);
    CHECK_EQUAL(seL4_MessageInfo_get_label(handler->tag), seL4_Fault_UserException);
    CHECK(!runs(t->sc, t));
}
