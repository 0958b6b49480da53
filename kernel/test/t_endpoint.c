/* SPDX-License-Identifier: BSD-2-Clause
 * Endpoints: messages, badges, capabilities, waiting, and the messages that are dropped. */
#include "../object/endpoint.h"
#include "actors.h"

static word_t endpoint, reply;

static void boot(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
}

static struct endpoint *the_endpoint(void) { return root_slot(endpoint)->cap.object; }

TEST(a_message_reaches_the_receiver_that_waits_with_badge_label_and_words)
{
    struct thread *receiver;
    word_t badged;

    boot();
    badged = minted(endpoint, RIGHT_ALL, 42);
    receiver = actor_new(20);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    CHECK_EQUAL(receiver->state, THREAD_BLOCKED_ON_RECEIVE);
    CHECK(do_send(badged, 7, 1234) == receiver);
    CHECK_EQUAL(message_badge(receiver), 42);
    CHECK_EQUAL(got_label(receiver), 7);
    CHECK_EQUAL(got_length(receiver), 1);
    CHECK_EQUAL(got_word(receiver, 0), 1234);
}

TEST(a_sender_waits_until_somebody_receives_and_then_goes_on)
{
    struct thread *sender;

    boot();
    sender = actor_new(20);
    CHECK(do_send(endpoint, 7, 1234) == fixture.root);
    CHECK_EQUAL(sender->state, THREAD_BLOCKED_ON_SEND);
    CHECK(do_recv(endpoint, reply) == sender);
    CHECK_EQUAL(got_word(fixture.root, 0), 1234);
    CHECK_EQUAL(the_endpoint()->state, ENDPOINT_IDLE);
}

TEST(a_send_that_may_not_block_is_lost_when_nobody_receives)
{
    boot();
    CHECK(do_nbsend(endpoint, 7, 1) == fixture.root);
    CHECK_EQUAL(the_endpoint()->state, ENDPOINT_IDLE);
    CHECK(do_nbrecv(endpoint, reply) == fixture.root);
    CHECK_EQUAL(message_badge(fixture.root), 0);
}

TEST(long_messages_travel_through_the_buffers)
{
    struct message m = { .label = 3, .length = MSG_MAX_LENGTH }, got;
    struct thread *receiver;

    boot();
    for (word_t i = 0; i < MSG_MAX_LENGTH; i++)
        m.words[i] = i * i;
    receiver = actor_new(20);
    do_recv(endpoint, reply);
    CHECK(do_syscall((word_t)SYS_Send, endpoint, &m, 0, 0) == receiver);
    message_read(receiver, &got);
    CHECK_EQUAL(got.length, MSG_MAX_LENGTH);
    for (word_t i = 0; i < MSG_MAX_LENGTH; i++)
        CHECK_EQUAL(got.words[i], i * i);
}

TEST(without_a_buffer_only_the_words_in_registers_arrive)
{
    struct message m = { .length = 10 };
    struct thread *receiver;

    boot();
    receiver = actor_new(20);
    do_recv(endpoint, reply);
    CHECK_EQUAL(do_op(actor_tcb(receiver), TCBSetIPCBuffer, ARGS(0), CAPS(0)), seL4_NoError);
    CHECK(do_syscall((word_t)SYS_Send, endpoint, &m, 0, 0) == receiver);
    CHECK_EQUAL(got_length(receiver), MSG_REGS);
}

static void buffer_word(const struct thread *t, size_t offset, word_t value)
{
    *(word_t *)(void *)((char *)t->buffer + offset) = value;
}

static void receive_into(const struct thread *t, word_t slot)
{
    buffer_word(t, offsetof(struct ipc_buffer, receive_cnode), ROOT_CNODE);
    buffer_word(t, offsetof(struct ipc_buffer, receive_index), slot);
    buffer_word(t, offsetof(struct ipc_buffer, receive_depth), 64);
}

TEST(a_capability_travels_into_the_receive_slot_when_the_sender_may_grant)
{
    const struct message m = { .length = 0, .caps = 1, .cap = { 0 } };
    struct message with_cap = m;
    struct thread *receiver;
    word_t slot, given;

    boot();
    given = object_new(OBJ_NOTIFICATION, 0);
    slot = slot_new();
    with_cap.cap[0] = given;
    receiver = actor_new(20);
    receive_into(receiver, slot);
    do_recv(endpoint, reply);
    CHECK(do_syscall((word_t)SYS_Send, endpoint, &with_cap, 0, 0) == receiver);
    CHECK_EQUAL(receiver->frame.info >> 7 & 3, 1);
    CHECK(root_slot(slot)->cap.object == root_slot(given)->cap.object);
}

TEST(no_capability_travels_without_the_grant_right)
{
    struct message with_cap = { .caps = 1 };
    struct thread *receiver;
    word_t slot, plain;

    boot();
    with_cap.cap[0] = object_new(OBJ_NOTIFICATION, 0);
    slot = slot_new();
    plain = minted(endpoint, RIGHT_WRITE, 0);
    receiver = actor_new(20);
    receive_into(receiver, slot);
    do_recv(endpoint, reply);
    CHECK(do_syscall((word_t)SYS_Send, plain, &with_cap, 0, 0) == receiver);
    CHECK_EQUAL(receiver->frame.info >> 7 & 3, 0);
    CHECK(slot_empty(root_slot(slot)));
}

TEST(a_capability_to_the_endpoint_itself_arrives_as_its_badge)
{
    struct message with_caps = { .caps = 2 };
    struct thread *receiver;
    word_t slot;

    boot();
    with_caps.cap[0] = minted(endpoint, RIGHT_ALL, 77);
    with_caps.cap[1] = object_new(OBJ_NOTIFICATION, 0);
    slot = slot_new();
    receiver = actor_new(20);
    receive_into(receiver, slot);
    do_recv(endpoint, reply);
    CHECK(do_syscall((word_t)SYS_Send, endpoint, &with_caps, 0, 0) == receiver);
    CHECK_EQUAL(receiver->frame.info >> 7 & 31, 1 << 2 | 2);      /* the first unwrapped; two in all */
    CHECK_EQUAL(receiver->buffer->caps_or_badges[0], 77);
    CHECK_EQUAL(root_slot(slot)->cap.type, CAP_NOTIFICATION);
}

TEST(sending_needs_the_write_right_and_receiving_the_read_right)
{
    word_t read_only, write_only;

    boot();
    read_only = minted(endpoint, RIGHT_READ, 0);
    write_only = minted(endpoint, RIGHT_WRITE, 0);
    do_call(read_only, 1, 0);
    CHECK_EQUAL(got_label(fixture.root), seL4_InvalidCapability);
    CHECK(!do_recv(write_only, reply));         /* a fault, and nobody handles it: nobody is left to run */
    CHECK_EQUAL(fixture.root->fault.kind, FAULT_CAP);
    CHECK_EQUAL(fixture.root->fault.words[1], 1);
}

TEST(senders_are_received_by_priority_and_a_change_of_priority_counts)
{
    struct thread *a, *b;

    boot();
    a = actor_new(20);
    do_send(endpoint, 1, 0);
    b = actor_new(30);
    do_send(endpoint, 2, 0);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBSetPriority, ARGS(40), CAPS(ROOT_TCB)), seL4_NoError);
    do_recv(endpoint, reply);
    CHECK_EQUAL(got_label(fixture.root), 1);
    CHECK(b->state == THREAD_BLOCKED_ON_SEND);
}

/* ---- the rule: a message that donates nothing never wakes a thread without a context */

static struct thread *passive_server(void)
{
    struct thread *server = actor_new(20);

    CHECK(do_recv(endpoint, reply) == fixture.root);
    actor_make_passive(server);
    return server;
}

TEST(a_send_to_a_passive_server_is_dropped_and_counted_and_the_server_stays)
{
    struct thread *server;

    boot();
    server = passive_server();
    CHECK(do_send(endpoint, 1, 0) == fixture.root);
    CHECK(do_nbsend(endpoint, 1, 0) == fixture.root);
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_RECEIVE);
    CHECK_EQUAL(fixture.root->counters.drops, 2);
    CHECK(do_call(endpoint, 5, 6) == server);
    CHECK_EQUAL(got_label(server), 5);
}

/* The current thread (the server, at work) starts each of them, and each waits to send. */
static void senders_queue(struct thread **senders, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
        CHECK(host_current() == senders[i]);
        do_send(endpoint, 9, i);
        CHECK_EQUAL(senders[i]->state, THREAD_BLOCKED_ON_SEND);
    }
}

TEST(a_passive_server_that_goes_back_to_receive_drops_the_senders_that_donate_nothing)
{
    enum { MANY = 20 };
    struct thread *server, *senders[MANY], *client;

    boot();
    server = passive_server();
    for (unsigned i = 0; i < MANY; i++)
        senders[i] = actor_stopped(50);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    senders_queue(senders, MANY);
    CHECK(host_current() == server);
    preempted_at(1);                    /* preempted on the way: made again */
    do_reply_recv(endpoint, reply, 3, 4);
    CHECK_EQUAL(client->state, THREAD_BLOCKED_ON_REPLY);
    for (unsigned i = 0; i < MANY; i++)
        if (host_current() == senders[i])
            CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    while (host_current() != client) {
        if (host_current() == server)
            do_reply_recv(endpoint, reply, 3, 4);
        else
            do_op(actor_tcb(host_current()), TCBSuspend, NO_ARGS, NO_CAPS);
    }
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_RECEIVE);
    CHECK(!server->sc && client->sc);
    CHECK_EQUAL(got_label(client), 3);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(senders[i]->counters.drops, 1);
}

TEST(behind_the_dropped_senders_a_caller_is_served)
{
    struct thread *server, *senders[2], *client;

    boot();
    server = passive_server();
    senders[0] = actor_stopped(50);
    senders[1] = actor_stopped(40);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    CHECK_EQUAL(do_op(actor_tcb(senders[0]), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    do_send(endpoint, 9, 0);
    CHECK_EQUAL(do_op(actor_tcb(senders[1]), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    do_call(endpoint, 8, 0);                    /* waits behind the other: its priority is lower */
    CHECK(do_reply_recv(endpoint, reply, 3, 4) == senders[0]);
    CHECK(server->sc && server->sc == root_slot(actor_sc(senders[1]))->cap.object);
    CHECK_EQUAL(got_label(server), 8);
    CHECK(client->sc && client->state == THREAD_RUNNING);
}

TEST(a_message_with_a_capability_that_is_not_there_is_lost_and_its_sender_receives)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    do_syscall((word_t)SYS_NBSendRecv, endpoint,
               &(struct message){ .label = 1, .length = 1, .caps = 1, .cap = { ~(word_t)0 >> 1 } }, reply, endpoint);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_RECEIVE);
}

TEST(a_call_that_goes_on_to_receive_changes_no_thread_and_no_slot_before)
{
    struct thread *t, *other;
    word_t copy;

    boot();
    other = actor_new(20);
    CHECK(host_current() == other);
    do_wait(object_new(OBJ_NOTIFICATION, 0));
    copy = minted(endpoint, RIGHT_ALL, 1);
    t = actor_new(30);
    do_nbsend_recv(actor_tcb(other), endpoint, reply, TCBSuspend, 0);
    CHECK_EQUAL(other->state, THREAD_BLOCKED_ON_NOTIFICATION);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_RECEIVE);
    do_send(copy, 1, 0);
    CHECK(host_current() == t);
    do_reply_recv(endpoint, actor_tcb(other), TCBSuspend, 0);
    CHECK_EQUAL(other->state, THREAD_BLOCKED_ON_NOTIFICATION);
}
