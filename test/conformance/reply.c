/* SPDX-License-Identifier: BSD-2-Clause
 * Reply: answers, once each, to the thread that called. */
#include "harness/conform.h"

/* The runner takes the message of a new caller. */
static struct thread *called(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word word)
{
    struct thread *c = caller(endpoint, HIGH, word);

    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), word);
    CHECK(!c->returned);
    return c;
}

CASE(a_call_waits_for_its_reply, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = called(endpoint, reply, 4);

    seL4_SetMR(0, 40);
    seL4_Send(reply, tag(9, 0, 1));
    CHECK(c->returned == 1 && c->word[0] == 40);
    CHECK_EQUAL(seL4_MessageInfo_get_label(c->tag), 9);
    CHECK_EQUAL(seL4_MessageInfo_get_length(c->tag), 1);
}

static void call_twice(struct thread *t)
{
    job_call(t);
    job_call(t);
}

CASE(a_reply_answers_once, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new(), second = reply_new();
    struct thread *c = thread_new(HIGH);

    c->cap = endpoint;
    thread_start(c, call_twice);
    seL4_Recv(endpoint, NULL, reply);
    seL4_Send(reply, tag(0, 0, 0));
    seL4_Recv(endpoint, NULL, second);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK_EQUAL(c->returned, 1);
    seL4_Send(second, tag(0, 0, 0));
    CHECK_EQUAL(c->returned, 2);
}

CASE(a_reply_to_nobody_does_nothing, "§4.2.4")
{
    const seL4_CPtr reply = reply_new();

    seL4_Send(reply, tag(0, 0, 0));
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_Call(reply, tag(0, 0, 0))), seL4_NoError);
    seL4_NBSend(reply, tag(0, 0, 0));
}

CASE(a_copy_of_a_reply_answers_too, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new(), other = copy(reply);
    struct thread *c = called(endpoint, reply, 4);

    seL4_Send(other, tag(0, 0, 0));
    CHECK(c->returned);
}

CASE(a_reply_answers_in_any_order, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), first = reply_new(), second = reply_new();
    struct thread *a = called(endpoint, first, 1), *b = called(endpoint, second, 2);

    seL4_Send(first, tag(0, 0, 0));
    CHECK(a->returned && !b->returned);
    seL4_Send(second, tag(0, 0, 0));
    CHECK(b->returned);
}

CASE(a_message_that_wants_no_answer_leaves_the_reply_alone, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *s = sender(endpoint, HIGH, 3);

    seL4_Recv(endpoint, NULL, reply);
    CHECK(s->returned);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK_EQUAL(s->returned, 1);
}

CASE(replyrecv_answers_and_receives, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *a = called(endpoint, reply, 1), *b = caller(endpoint, HIGH, 2);

    seL4_SetMR(0, 10);
    seL4_ReplyRecv(endpoint, tag(0, 0, 1), NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 2);
    CHECK(a->returned && a->word[0] == 10);
    CHECK(!b->returned);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(b->returned);
}

CASE(replyrecv_waits_when_nobody_sends, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *server = thread_new(HIGH);

    server->cap = endpoint;
    server->reply = reply;
    thread_start(server, job_recv_reply_recv);
    seL4_SetMR(0, 5);
    seL4_Call(endpoint, tag(0, 0, 1));
    CHECK_EQUAL(server->returned, 1);
    seL4_SetMR(0, 6);
    seL4_Send(endpoint, tag(0, 0, 1));
    CHECK_EQUAL(server->returned, 2);
    CHECK_EQUAL(server->word[0], 6);
}

CASE(replyrecv_without_a_caller_receives, "§2.2")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();

    sender(endpoint, HIGH, 7);
    seL4_ReplyRecv(endpoint, tag(0, 0, 0), NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 7);
}

CASE(receiving_with_a_reply_in_use_gives_up_its_caller, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *a = called(endpoint, reply, 1);

    struct thread *b = called(endpoint, reply, 2);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(b->returned && !a->returned);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(!a->returned);
}

CASE(a_caller_that_is_suspended_gets_no_answer, "§4.2.4")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = called(endpoint, reply, 1);

    OK(seL4_TCB_Suspend(c->tcb));
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(!c->returned);
    struct thread *d = called(endpoint, reply, 2);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(d->returned);
}

CASE(a_caller_that_is_resumed_calls_again, "§6.1.2")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = called(endpoint, reply, 1);

    OK(seL4_TCB_Resume(c->tcb));
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(!c->returned);
    seL4_Recv(endpoint, NULL, reply);
    CHECK_EQUAL(seL4_GetMR(0), 1);
    seL4_Send(reply, tag(0, 0, 0));
    CHECK(c->returned);
}

CASE(an_answer_of_every_length_arrives_whole, "§4.1")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *c = called(endpoint, reply, 1);

    for (int i = 0; i < seL4_MsgMaxLength; i++)
        seL4_SetMR(i, 50u + (seL4_Word)i);
    seL4_Send(reply, tag(0, 0, seL4_MsgMaxLength));
    CHECK_EQUAL(seL4_MessageInfo_get_length(c->tag), seL4_MsgMaxLength);
    for (int i = 0; i < seL4_MsgMaxLength; i++)
        CHECK_EQUAL(c->buffer->msg[i], 50 + i);
}

static void nbsend_recv(struct thread *t)
{
    seL4_SetMR(0, t->word[0]);
    seL4_NBSendRecv(t->dest, t->tag, t->cap, NULL, t->reply);
    t->returned++;
    t->word[1] = seL4_GetMR(0);
}

CASE(nbsendrecv_sends_and_waits_at_two_endpoints, "§6.1.9")
{
    const seL4_CPtr to = endpoint_new(), from = endpoint_new();
    struct thread *r = receiver(to, reply_new(), HIGHER), *t = thread_new(HIGH);

    t->dest = to;
    t->cap = from;
    t->reply = reply_new();
    t->tag = tag(0, 0, 1);
    t->word[0] = 12;
    thread_start(t, nbsend_recv);
    CHECK(r->returned && r->word[0] == 12);
    CHECK(!t->returned);
    seL4_SetMR(0, 13);
    seL4_Send(from, tag(0, 0, 1));
    CHECK(t->returned && t->word[1] == 13);
}

CASE(nbsendrecv_without_a_receiver_drops_and_waits, "§6.1.9")
{
    const seL4_CPtr to = endpoint_new(), from = endpoint_new();
    struct thread *t = thread_new(HIGH);

    t->dest = to;
    t->cap = from;
    t->reply = reply_new();
    t->tag = tag(0, 0, 1);
    thread_start(t, nbsend_recv);
    CHECK(nothing_at(to));
    seL4_Send(from, tag(0, 0, 0));
    CHECK(t->returned);
}

static void nbsend_wait(struct thread *t)
{
    seL4_Word badge = 0;

    seL4_NBSendWait(t->dest, t->tag, t->cap, &badge);
    t->badge = badge;
    t->returned++;
}

CASE(nbsendwait_sends_and_waits_for_a_signal, "API seL4_NBSendWait")
{
    const seL4_CPtr to = endpoint_new(), notification = notification_new();
    struct thread *r = receiver(to, reply_new(), HIGHER), *t = thread_new(HIGH);

    t->dest = to;
    t->cap = notification;
    t->tag = tag(3, 0, 0);
    thread_start(t, nbsend_wait);
    CHECK(r->returned && seL4_MessageInfo_get_label(r->tag) == 3);
    CHECK(!t->returned);
    seL4_Signal(mint(notification, 8));
    CHECK(t->returned && t->badge == 8);
}
