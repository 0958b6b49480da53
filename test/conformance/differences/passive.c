/* SPDX-License-Identifier: BSD-2-Clause
 * Differences from seL4, each on purpose: a message that donates nothing never wakes a thread without a scheduling
 * context. It is lost, and the receiver goes on waiting for one that it can answer. */
#include "../harness/conform.h"

static struct thread *passive_receiver(seL4_CPtr endpoint)
{
    struct thread *r = receiver(endpoint, reply_new(), HIGH);

    OK(seL4_SchedContext_UnbindObject(r->sc, r->tcb));
    return r;
}

CASE(a_send_to_a_passive_server_is_dropped, "seL4: the receiver takes it and never runs again")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *server = passive_server(endpoint, reply_new(), HIGH);

    seL4_Send(endpoint, tag(0, 0, 0));
    seL4_NBSend(endpoint, tag(0, 0, 0));
    CHECK(!server->returned);
    seL4_SetMR(0, 5);
    seL4_Call(endpoint, tag(0, 0, 1));
    CHECK(server->returned == 1 && seL4_GetMR(0) == 5);
}

CASE(a_waiting_send_is_dropped_when_a_passive_thread_receives, "seL4: the receiver takes it and never runs again")
{
    const seL4_CPtr first = endpoint_new(), endpoint = endpoint_new();
    struct thread *t = thread_new(HIGH), *s, *c;

    /* Takes the runner's call, and answering it receives where a send waits, and behind it a call. */
    t->cap = first;
    t->reply = reply_new();
    t->dest = endpoint;
    thread_start(t, job_serve_then);
    OK(seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    s = sender(endpoint, HIGHER, 1);
    c = caller(endpoint, HIGH, 2);
    CHECK(!s->returned && !c->returned);
    seL4_Call(first, tag(0, 0, 0));
    CHECK(s->returned && c->returned);
    CHECK_EQUAL(c->word[0], 2);
}

CASE(a_call_without_a_right_to_be_answered_does_not_wake_a_passive_server, "seL4: the receiver takes it and never runs again")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *server = passive_server(endpoint, reply_new(), HIGH);
    struct thread *c = caller(copy_with(endpoint, seL4_CanWrite), HIGH, 1);

    CHECK(!server->returned && !c->returned);
    seL4_Call(endpoint, tag(0, 0, 0));
    CHECK_EQUAL(server->returned, 1);
}

CASE(a_passive_thread_with_a_context_again_takes_sends, "seL4: the same")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *r = passive_receiver(endpoint);

    seL4_NBSend(endpoint, tag(0, 0, 0));
    CHECK(!r->returned);
    OK(seL4_SchedContext_Bind(r->sc, r->tcb));
    CHECK(!r->returned);
    seL4_NBSend(endpoint, tag(0, 0, 0));
    CHECK(r->returned);
}
