/* SPDX-License-Identifier: BSD-2-Clause
 * Extra capabilities: all that a message names must be there before anything happens, whatever the message is sent to. */
#include "../core/invariants.h"
#include "../object/endpoint.h"
#include "../object/notification.h"
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

static void send_with_nowhere(long call, word_t cap, word_t reply_cap, word_t dest)
{
    do_syscall((word_t)call, cap, &(struct message){ .label = 1, .length = 1, .caps = 1, .cap = { NOWHERE } }, reply_cap, dest);
}

TEST(a_signal_that_names_a_capability_that_is_not_there_is_a_fault)
{
    struct thread *t;
    const struct notification *n;

    boot();
    n = root_slot(notification)->cap.object;
    t = actor_new(20);
    send_with_nowhere(SYS_Send, notification, 0, 0);
    CHECK_EQUAL(t->state, THREAD_INACTIVE);
    CHECK_EQUAL(t->fault.kind, FAULT_CAP);
    CHECK_EQUAL(t->fault.words[0], NOWHERE);
    CHECK(!n->pending);
}

TEST(where_nothing_may_block_such_a_signal_is_lost)
{
    boot();
    struct thread *const t = actor_new(20);
    send_with_nowhere(SYS_NBSend, notification, 0, 0);
    CHECK(host_current() == t && !((const struct notification *)root_slot(notification)->cap.object)->pending);
}

TEST(what_is_not_there_is_found_before_the_right_to_send)
{
    struct thread *t;
    word_t mute;

    boot();
    mute = minted(endpoint, RIGHT_READ, 0);
    t = actor_new(20);
    send_with_nowhere(SYS_Call, mute, 0, 0);
    CHECK_EQUAL(t->fault.kind, FAULT_CAP);
}

/* A caller that waits in reply, and the server that runs. */
static struct thread *called(struct thread **server)
{
    struct thread *client;

    boot();
    *server = actor_new(20);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    client = actor_new(15);
    CHECK(do_call(endpoint, 1, 0) == *server);
    return client;
}

TEST(an_answer_that_names_a_capability_that_is_not_there_is_a_fault_and_the_caller_waits_on)
{
    struct thread *server, *client = called(&server);

    send_with_nowhere(SYS_Send, reply, 0, 0);
    CHECK_EQUAL(server->fault.kind, FAULT_CAP);
    CHECK_EQUAL(client->state, THREAD_BLOCKED_ON_REPLY);
}

TEST(in_reply_and_receive_such_an_answer_is_lost_and_its_caller_is_cancelled_by_the_receive)
{
    struct thread *server, *client = called(&server);

    send_with_nowhere(SYS_ReplyRecv, endpoint, reply, 0);
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_RECEIVE);
    CHECK_EQUAL(client->state, THREAD_INACTIVE);    /* its reply object was offered for the next caller */
    CHECK(client->frame.pc == client->frame.restart);
}

/* Somebody waits to send to `endpoint` and donates nothing; t, which runs, could give its context to a passive receiver at
 * the endpoint that is returned. */
static word_t passive_receiver_and_sender(struct thread **sender, struct thread **t)
{
    boot();
    const word_t other = object_new(OBJ_ENDPOINT, 0);
    struct thread *const receiver = actor_new(30);

    CHECK(do_recv(other, reply) == fixture.root);
    actor_make_passive(receiver);
    *sender = actor_new(25);
    CHECK(do_send(endpoint, 9, 0) == fixture.root);
    *t = actor_new(20);
    return other;
}

TEST(who_keeps_its_context_because_its_message_is_lost_drops_no_sender)
{
    struct thread *sender, *t;
    const word_t other = passive_receiver_and_sender(&sender, &t);

    send_with_nowhere(SYS_NBSendWait, endpoint, 0, other);
    CHECK(host_current() == sender);
    CHECK_EQUAL(sender->counters.drops, 0);
    CHECK_EQUAL(got_label(t), 9);
}

TEST(who_may_not_send_to_a_passive_receiver_drops_no_sender)
{
    struct thread *sender, *t;
    const word_t other = passive_receiver_and_sender(&sender, &t);

    do_syscall((word_t)SYS_Call, ROOT_CNODE,
               &(struct message){ .label = CNodeMint, .length = 6, .caps = 1, .cap = { ROOT_CNODE },
                                  .words = { fixture.free, 64, other, 64, RIGHT_READ, 0 } }, 0, 0);
    CHECK_EQUAL(got_label(t), seL4_NoError);
    do_syscall((word_t)SYS_NBSendWait, endpoint, &(struct message){ .label = 1 }, 0, fixture.free);
    CHECK_EQUAL(sender->counters.drops, 0);
    CHECK_EQUAL(got_label(t), 9);
}

TEST(a_receive_that_faults_for_its_reply_argument_drops_no_sender)
{
    struct thread *sender, *t;
    const word_t other = passive_receiver_and_sender(&sender, &t);

    do_syscall((word_t)SYS_NBSendRecv, endpoint, &(struct message){ .label = 1 }, ROOT_CNODE, other);
    CHECK_EQUAL(sender->counters.drops, 0);
    CHECK_EQUAL(t->fault.kind, FAULT_CAP);
    CHECK(!t->sc);
}
