/* SPDX-License-Identifier: BSD-2-Clause
 * Receiving where it cannot be, and by who has no context: faults that tell so, and messages that stay. */
#include "../object/endpoint.h"
#include "../object/notification.h"
#include "../object/sched_context.h"
#include "actors.h"

#define NOWHERE (~(word_t)0 >> 1)   /* no guard agrees */

static word_t endpoint, reply, notification;

static void boot(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    notification = object_new(OBJ_NOTIFICATION, 0);
}

static struct notification *the_notification(void) { return root_slot(notification)->cap.object; }

/* t, whom nobody handles, stopped at a fault of its receive: of what kind, for which address. */
static void faulted(const struct thread *t, word_t address, word_t kind)
{
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
    CHECK_EQUAL(t->fault.kind, FAULT_CAP);
    CHECK_EQUAL(t->fault.words[0], address);
    CHECK_EQUAL(t->fault.words[1], 1);
    CHECK_EQUAL(t->fault.words[2], kind);
    CHECK(t->frame.pc == t->frame.restart);
}

TEST(receiving_from_an_address_that_leads_nowhere_is_a_fault_that_tells_why)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    CHECK(do_recv(NOWHERE, reply) == fixture.root);
    faulted(t, NOWHERE, LOOKUP_GUARD_MISMATCH);
}

TEST(receiving_from_what_nobody_sends_to_is_a_fault)
{
    struct thread *t;

    boot();
    const word_t empty = slot_new();

    t = actor_new(20);
    CHECK(do_recv(ROOT_BUFFER, reply) == fixture.root);
    faulted(t, ROOT_BUFFER, LOOKUP_MISSING_CAPABILITY);
    t = actor_new(20);
    CHECK(do_wait(empty) == fixture.root);
    faulted(t, empty, LOOKUP_MISSING_CAPABILITY);
}

TEST(a_reply_argument_that_leads_nowhere_or_to_another_object_is_a_fault)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    CHECK(do_recv(endpoint, NOWHERE) == fixture.root);
    faulted(t, NOWHERE, LOOKUP_GUARD_MISMATCH);
    t = actor_new(20);
    CHECK(do_recv(endpoint, endpoint) == fixture.root);
    faulted(t, endpoint, LOOKUP_MISSING_CAPABILITY);
    CHECK_EQUAL(((struct endpoint *)root_slot(endpoint)->cap.object)->state, ENDPOINT_IDLE);
}

TEST(what_is_bound_to_another_thread_is_not_waited_for)
{
    struct thread *owner, *t;

    boot();
    owner = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(owner), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_NoError);
    t = actor_new(20);
    CHECK(do_wait(notification) == fixture.root);
    faulted(t, notification, LOOKUP_MISSING_CAPABILITY);
    thread_start(actor_tcb(owner), 0x400000);
    CHECK(do_wait(notification) == fixture.root);
    CHECK_EQUAL(owner->state, THREAD_BLOCKED_ON_NOTIFICATION);
}

TEST(an_answer_to_what_is_no_reply_is_sent_if_it_can_be_and_then_the_receive_is_a_fault)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    CHECK(do_reply_recv(endpoint, notification, 0, 0) == fixture.root);
    CHECK(the_notification()->pending);
    faulted(t, notification, LOOKUP_MISSING_CAPABILITY);
    t = actor_new(20);
    CHECK(do_reply_recv(endpoint, NOWHERE, 0, 0) == fixture.root);
    faulted(t, NOWHERE, LOOKUP_GUARD_MISMATCH);
    t = actor_new(20);
    CHECK(do_nbsend_recv(NOWHERE, endpoint, reply, 0, 0) == fixture.root);      /* lost, as it must not block */
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_RECEIVE);
}

TEST(an_invocation_before_a_receive_is_made_to_its_end_though_interrupted)
{
    struct thread *t;

    boot();
    const word_t frame = slot_new();
    const struct message retype = { .label = UntypedRetype, .length = 6, .caps = 1, .cap = { ROOT_CNODE },
                                    .words = { OBJ_FRAME_LARGE, 0, 0, 0, frame, 1 } };

    t = actor_new(20);
    preempted_at(3);
    CHECK(do_syscall((word_t)SYS_NBSendRecv, endpoint, &retype, reply, fixture.untyped) == t);
    CHECK(t->frame.pc == t->frame.restart && slot_empty(root_slot(frame)));
    CHECK_EQUAL(t->state, THREAD_RESTART);
    CHECK(host_syscall((word_t)SYS_NBSendRecv) == fixture.root);
    CHECK_EQUAL(root_slot(frame)->cap.type, CAP_FRAME);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_RECEIVE);
}

/* ---- without a context */

static struct thread *server, *client;
static word_t work;         /* the endpoint that the passive server serves */

/* The server works for the client, on the client's context. */
static void at_work(void)
{
    boot();
    work = object_new(OBJ_ENDPOINT, 0);
    server = actor_new(20);
    CHECK(do_recv(work, reply) == fixture.root);
    actor_make_passive(server);
    client = actor_new(30);
    CHECK(do_call(work, 1, 0) == server);
}

TEST(a_server_that_answers_and_then_receives_from_nowhere_faults_without_a_context)
{
    at_work();
    CHECK(do_reply_recv(NOWHERE, reply, 2, 0) == client);
    CHECK_EQUAL(got_label(client), 2);
    CHECK(client->sc && !server->sc);
    faulted(server, NOWHERE, LOOKUP_GUARD_MISMATCH);
}

TEST(a_server_that_answers_and_then_receives_from_an_empty_slot_faults_without_a_context)
{
    at_work();
    const word_t empty = fixture.free;

    CHECK(do_reply_recv(empty, reply, 2, 0) == client);
    faulted(server, empty, LOOKUP_MISSING_CAPABILITY);
}

TEST(a_fault_without_a_context_waits_for_its_handler_and_lends_it_what_it_gets_later)
{
    struct thread *handler;

    boot();
    work = object_new(OBJ_ENDPOINT, 0);
    server = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_tcb(server), TCBSetSpace, ARGS(0, 0), CAPS(endpoint, ROOT_CNODE, ROOT_VSPACE)),
                seL4_NoError);
    thread_start(actor_tcb(server), 0x400000);
    CHECK(do_recv(work, reply) == fixture.root);
    actor_make_passive(server);
    client = actor_new(30);
    CHECK(do_call(work, 1, 0) == server);
    CHECK(do_reply_recv(ROOT_BUFFER, reply, 2, 0) == client);
    CHECK(!server->sc && server->state == THREAD_BLOCKED_ON_SEND && !server->can_donate);
    do_wait(notification);
    handler = actor_new(40);
    CHECK(do_recv(endpoint, object_new(OBJ_REPLY, 0)) == handler);
    CHECK_EQUAL(got_label(handler), FAULT_CAP);
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_REPLY);
}

TEST(a_signal_that_waits_in_a_bound_notification_waits_until_its_thread_has_a_context)
{
    at_work();
    CHECK(do_syscall((word_t)SYS_Call, actor_tcb(server), &(struct message){ .label = TCBBindNotification, .caps = 1,
                     .cap = { notification } }, 0, 0) == server);
    CHECK(do_signal(notification) == server && the_notification()->pending);
    CHECK(do_reply_recv(work, reply, 2, 0) == client);
    CHECK(!server->sc && server->state == THREAD_BLOCKED_ON_RECEIVE && the_notification()->pending);
    CHECK(do_call(work, 3, 0) == server);               /* a call comes first: it brings one */
    CHECK_EQUAL(got_label(server), 3);
    CHECK(the_notification()->pending);
    CHECK(do_nbwait(notification) == server && !the_notification()->pending);
}

TEST(who_gives_its_context_away_waits_for_a_signal_that_is_there_already)
{
    struct thread *t;

    boot();
    work = object_new(OBJ_ENDPOINT, 0);
    server = actor_new(30);
    CHECK(do_recv(work, reply) == fixture.root);
    actor_make_passive(server);
    t = actor_new(20);
    CHECK(do_signal(notification) == t);
    CHECK(do_syscall((word_t)SYS_NBSendWait, notification, &(struct message){ .label = 5 }, 0, work) == server);
    CHECK(!t->sc && t->state == THREAD_BLOCKED_ON_NOTIFICATION && the_notification()->pending);
    CHECK(do_wait(object_new(OBJ_NOTIFICATION, 0)) == fixture.root);
    const word_t sc = object_new(OBJ_SC, SC_MIN_BITS);
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(1000, 1000, 0, 0, 0), CAPS(sc)),
                seL4_NoError);
    CHECK_EQUAL(do_op(sc, SchedContextBind, NO_ARGS, CAPS(actor_tcb(t))), seL4_NoError);
    CHECK(host_current() == t && !the_notification()->pending);
}

TEST(a_caller_that_lost_its_context_while_it_waited_is_served_without_one)
{
    boot();
    client = actor_new(20);
    CHECK(do_call(endpoint, 4, 0) == fixture.root);
    actor_make_passive(client);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    CHECK_EQUAL(got_label(fixture.root), 4);
    CHECK_EQUAL(client->state, THREAD_BLOCKED_ON_REPLY);
    CHECK(fixture.root->sc && !client->sc);
    CHECK(do_send(reply, 5, 0) == fixture.root);
    CHECK_EQUAL(client->state, THREAD_RUNNING);
    CHECK_EQUAL(got_label(client), 5);
}

TEST(a_call_may_be_answered_by_who_may_grant_the_reply_alone)
{
    boot();
    const word_t grant_reply = minted(endpoint, RIGHT_WRITE | RIGHT_GRANT_REPLY, 6);

    client = actor_new(20);
    CHECK(do_call(grant_reply, 4, 0) == fixture.root);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    CHECK_EQUAL(message_badge(fixture.root), 6);
    CHECK_EQUAL(client->state, THREAD_BLOCKED_ON_REPLY);
    CHECK(do_send(reply, 5, 0) == client);
    CHECK_EQUAL(got_label(client), 5);
}
