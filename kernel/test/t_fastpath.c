/* SPDX-License-Identifier: BSD-2-Clause
 * Fast path: a call to a passive server that waits, and its answer; then each thing that keeps a call or an answer from it,
 * and what must happen instead. */
#include <string.h>

#include "../object/endpoint.h"
#include "../object/notification.h"
#include "../object/reply.h"
#include "../object/sched_context.h"
#include "actors.h"

enum { SERVER_PRIORITY = 40, CLIENT_PRIORITY = 30, BETWEEN = 35 };

static word_t endpoint, reply;
static struct thread *server, *client, *other;

static void boot_objects(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
}

/* A server that receives, with a context or without; a client and another thread that do not run yet. */
static void boot_server(uint8_t priority, bool passive)
{
    boot_objects();
    server = actor_new(priority);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    if (passive)
        actor_make_passive(server);
    client = actor_stopped(CLIENT_PRIORITY);
    other = actor_stopped(BETWEEN);
}

static void client_runs(void)
{
    thread_start(actor_tcb(client), 0x400000);
    CHECK(host_current() == client);
}

static void boot(void)
{
    boot_server(SERVER_PRIORITY, true);
    client_runs();
}

/* By who runs: t may run too. */
static void resumed(const struct thread *t)
{
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
}

static bool has_context(const struct thread *t) { return t->sc && t->sc->thread == t; }

static bool server_waits(void)
{
    const struct endpoint *e = root_slot(endpoint)->cap.object;

    return server->state == THREAD_BLOCKED_ON_RECEIVE && wait_queue_head(&e->queue) == server && !server->sc;
}

TEST(a_call_and_its_answer_go_there_and_back)
{
    boot_server(SERVER_PRIORITY, true);
    const word_t badged = minted(endpoint, RIGHT_ALL, 99);
    client_runs();
    for (unsigned i = 0; i < 3; i++) {
        CHECK(do_call(badged, 7, 70 + i) == server);
        CHECK(has_context(server) && !client->sc && !server->reply);
        CHECK_EQUAL(client->state, THREAD_BLOCKED_ON_REPLY);
        CHECK_EQUAL(got_label(server), 7);
        CHECK_EQUAL(got_word(server, 0), 70 + i);
        CHECK_EQUAL(message_badge(server), 99);
        CHECK_EQUAL(server->counters.switches, 2 + i);
        CHECK(do_reply_recv(endpoint, reply, 8, 80 + i) == client);
        CHECK(has_context(client) && server_waits() && !client->reply);
        CHECK_EQUAL(got_label(client), 8);
        CHECK_EQUAL(got_word(client, 0), 80 + i);
        CHECK_EQUAL(message_badge(client), 0);
    }
}

TEST(a_short_message_changes_no_register_beyond_it)
{
    boot();
    server->frame.mr[1] = 1111;
    client->frame.mr[1] = 2222;     /* nobody's to see */
    CHECK(do_call(endpoint, 7, 70) == server);
    CHECK_EQUAL(got_length(server), 1);
    CHECK_EQUAL(server->frame.mr[1], 1111);
}

TEST(every_word_of_a_long_message_arrives)
{
    struct message m = { .label = 5 }, got;

    boot();
    for (m.length = 0; m.length <= MSG_MAX_LENGTH; m.length += m.length < 8 ? 1 : 16) {
        for (unsigned i = 0; i < m.length; i++)
            m.words[i] = 1000 * m.length + i;
        CHECK(do_syscall((word_t)SYS_Call, endpoint, &m, 0, 0) == server);
        message_read(server, &got);
        CHECK_EQUAL(got.length, m.length);
        CHECK(!memcmp(got.words, m.words, m.length * sizeof(word_t)));
        CHECK(do_syscall((word_t)SYS_ReplyRecv, endpoint, &m, reply, 0) == client);
        message_read(client, &got);
        CHECK_EQUAL(got.length, m.length);
        CHECK(!memcmp(got.words, m.words, m.length * sizeof(word_t)));
    }
}

TEST(a_long_message_to_a_thread_without_a_buffer_ends_with_the_registers)
{
    boot_server(SERVER_PRIORITY, true);
    CHECK_EQUAL(do_op(actor_tcb(server), TCBSetIPCBuffer, ARGS(0), CAPS(0)), seL4_NoError);
    client_runs();
    const struct message m = { .length = 8, .words = { 1, 2, 3, 4, 5, 6, 7, 8 } };
    CHECK(do_syscall((word_t)SYS_Call, endpoint, &m, 0, 0) == server);
    CHECK_EQUAL(got_length(server), MSG_REGS);
    CHECK_EQUAL(got_word(server, 3), 4);
}

TEST(servers_that_wait_at_one_endpoint_are_called_in_turn)
{
    boot_server(SERVER_PRIORITY, true);
    const word_t second_reply = object_new(OBJ_REPLY, 0);
    struct thread *const second = actor_new(SERVER_PRIORITY);
    CHECK(do_recv(endpoint, second_reply) == fixture.root);
    actor_make_passive(second);
    client_runs();
    CHECK(do_call(endpoint, 7, 70) == server);
    CHECK(do_reply_recv(endpoint, reply, 8, 80) == client);
    CHECK(do_call(endpoint, 7, 71) == second);
    CHECK(do_reply_recv(endpoint, second_reply, 8, 81) == client);
    CHECK(do_call(endpoint, 7, 72) == server);
}

TEST(a_signal_that_nobody_waits_for_stays_and_changes_no_register)
{
    struct message m = { .label = 3, .length = 2, .words = { 4, 5 } }, got;

    boot_objects();
    const word_t notification = object_new(OBJ_NOTIFICATION, 0), badged = minted(notification, RIGHT_WRITE, 6);
    CHECK(do_syscall((word_t)SYS_Send, badged, &m, 0, 0) == fixture.root);
    message_read(fixture.root, &got);
    CHECK(got.label == 3 && got.length == 2 && got.words[0] == 4 && got.words[1] == 5);
    CHECK_EQUAL(message_badge(fixture.root), badged);
    CHECK(do_nbwait(notification) == fixture.root);
    CHECK_EQUAL(message_badge(fixture.root), 6);
    CHECK(do_signal(minted(notification, RIGHT_READ, 7)) == fixture.root);
    CHECK(do_nbwait(notification) == fixture.root);
    CHECK_EQUAL(message_badge(fixture.root), 0);
}

/* ---- what keeps a call from it */

TEST(a_call_through_two_cnodes_finds_what_it_names)
{
    const word_t low = 12;              /* an empty slot of the root CNode, and also an index of the CNode above it */
    word_t top, wrong;

    boot_server(SERVER_PRIORITY, true);
    top = object_new(OBJ_CNODE, 4);
    wrong = object_new(OBJ_ENDPOINT, 0);
    const word_t guard = WORD_BITS - 4 - root_slot(ROOT_CNODE)->cap.size_bits;
    CHECK_EQUAL(do_op(top, CNodeMint, ARGS(0, 4, ROOT_CNODE, 64, RIGHT_ALL, guard), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(top, CNodeCopy, ARGS(low, 4, wrong, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(low, 64, endpoint, 64, RIGHT_ALL), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(client), TCBSetSpace, ARGS(0, 0), CAPS(0, top, ROOT_VSPACE)), seL4_NoError);
    client_runs();
    CHECK(do_call(low, 7, 70) == server);
}

TEST(a_guard_that_does_not_agree_is_a_fault)
{
    boot();
    do_call(endpoint | (word_t)1 << 63, 7, 70);
    CHECK(server_waits());
    CHECK_EQUAL(client->last_fault, FAULT_CAP);
}

TEST(a_call_without_the_right_to_write_is_refused)
{
    boot_server(SERVER_PRIORITY, true);
    const word_t cap = minted(endpoint, RIGHT_READ | RIGHT_GRANT, 0);
    client_runs();
    CHECK(do_call(cap, 7, 70) == client);
    CHECK_EQUAL(got_label(client), seL4_InvalidCapability);
    CHECK(server_waits());
}

TEST(a_call_that_may_not_be_answered_wakes_nobody)
{
    boot_server(SERVER_PRIORITY, true);
    const word_t cap = minted(endpoint, RIGHT_WRITE | RIGHT_READ, 0);
    client_runs();
    CHECK(do_call(cap, 7, 70) == fixture.root);
    CHECK_EQUAL(client->state, THREAD_INACTIVE);
    CHECK(server_waits());
}

TEST(a_call_brings_its_capabilities)
{
    boot_server(SERVER_PRIORITY, true);
    const word_t badged = minted(endpoint, RIGHT_ALL, 5);
    const struct message m = { .label = 7, .caps = 1, .cap = { badged } };
    client_runs();
    CHECK(do_syscall((word_t)SYS_Call, endpoint, &m, 0, 0) == server);
    CHECK_EQUAL(server->frame.info >> 9 & 7, 1);        /* unwrapped: it is to the same endpoint */
}

TEST(a_call_to_nobody_waits_until_somebody_receives)
{
    boot_objects();
    client = actor_new(CLIENT_PRIORITY);
    CHECK(do_call(endpoint, 7, 70) == fixture.root);
    CHECK_EQUAL(client->state, THREAD_BLOCKED_ON_SEND);
    server = actor_new(SERVER_PRIORITY);
    CHECK(do_recv(endpoint, reply) == server);
    CHECK_EQUAL(got_word(server, 0), 70);
}

TEST(a_call_behind_one_that_waits_waits_too)
{
    boot_objects();
    client = actor_new(CLIENT_PRIORITY);
    CHECK(do_call(endpoint, 7, 70) == fixture.root);
    other = actor_new(CLIENT_PRIORITY);
    CHECK(do_call(endpoint, 8, 80) == fixture.root);
    CHECK_EQUAL(other->state, THREAD_BLOCKED_ON_SEND);
}

TEST(a_server_with_a_context_of_its_own_works_on_it)
{
    boot_server(SERVER_PRIORITY, false);
    client_runs();
    CHECK(do_call(endpoint, 7, 70) == server);
    CHECK(has_context(server) && has_context(client) && client->sc != server->sc);
}

TEST(a_passive_server_that_offers_no_reply_is_not_woken_by_a_call)
{
    boot_objects();
    server = actor_new(SERVER_PRIORITY);
    CHECK(do_wait(endpoint) == fixture.root);
    actor_make_passive(server);
    client = actor_new(CLIENT_PRIORITY);
    CHECK(do_call(endpoint, 7, 70) == fixture.root);
    CHECK_EQUAL(client->state, THREAD_INACTIVE);
    CHECK(server_waits());
}

TEST(who_outranks_the_server_runs_before_it)
{
    boot_server(CLIENT_PRIORITY - 15, true);
    client_runs();
    CHECK_EQUAL(do_op(actor_tcb(other), TCBSetPriority, ARGS(CLIENT_PRIORITY - 10), CAPS(ROOT_TCB)), seL4_NoError);
    resumed(other);
    CHECK(host_current() == client);
    CHECK(do_call(endpoint, 7, 70) == other);
    CHECK(has_context(server) && server->state == THREAD_RUNNING);
    CHECK_EQUAL(got_word(server, 0), 70);
}

TEST(who_does_not_outrank_the_server_runs_behind_it)
{
    boot_server(CLIENT_PRIORITY - 10, true);
    client_runs();
    CHECK_EQUAL(do_op(actor_tcb(other), TCBSetPriority, ARGS(CLIENT_PRIORITY - 10), CAPS(ROOT_TCB)), seL4_NoError);
    resumed(other);
    CHECK(do_call(endpoint, 7, 70) == server);
    CHECK(do_reply_recv(endpoint, reply, 8, 80) == client);
}

TEST(a_server_of_another_domain_waits_for_its_turn)
{
    boot_server(SERVER_PRIORITY, true);
    CHECK_EQUAL(do_op(ROOT_DOMAIN, DomainSetSet, ARGS(1), CAPS(actor_tcb(server))), seL4_NoError);
    client_runs();
    CHECK(do_call(endpoint, 7, 70) == fixture.root);
    CHECK(has_context(server) && server->state == THREAD_RUNNING);
}

/* ---- what keeps an answer from it */

static void boot_called(void)
{
    boot();
    CHECK(do_call(endpoint, 7, 70) == server);
}

TEST(a_server_takes_the_message_that_waits_when_it_has_answered)
{
    boot_called();
    CHECK_EQUAL(do_op(actor_tcb(other), TCBSetPriority, ARGS(SERVER_PRIORITY + 1), CAPS(ROOT_TCB)), seL4_NoError);
    resumed(other);
    CHECK(do_call(endpoint, 9, 90) == server);
    CHECK(do_reply_recv(endpoint, reply, 8, 80) == server);
    CHECK_EQUAL(got_word(server, 0), 90);
    CHECK(has_context(client) && has_context(server) && !other->sc);
    CHECK_EQUAL(got_word(client, 0), 80);
}

TEST(a_server_takes_the_signal_that_waits_when_it_has_answered)
{
    boot_server(SERVER_PRIORITY, true);
    const word_t notification = object_new(OBJ_NOTIFICATION, 0);
    CHECK_EQUAL(do_op(actor_tcb(server), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_sc(server), SchedContextBind, NO_ARGS, CAPS(notification)), seL4_NoError);
    client_runs();
    CHECK(do_call(endpoint, 7, 70) == server);
    CHECK(do_signal(notification) == server);
    CHECK(do_reply_recv(endpoint, reply, 8, 80) == server);
    CHECK_EQUAL(got_word(client, 0), 80);
    CHECK(has_context(server) && has_context(client));
    CHECK(!((struct notification *)root_slot(notification)->cap.object)->pending);
}

TEST(a_caller_that_got_another_context_does_not_get_its_own_back)
{
    boot_called();
    struct sched_context *lent = server->sc;
    CHECK_EQUAL(do_op(actor_sc(server), SchedContextBind, NO_ARGS, CAPS(actor_tcb(client))), seL4_NoError);
    CHECK(do_reply_recv(endpoint, reply, 8, 80) == client);
    CHECK(client->sc != lent && server->sc == lent);
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_RECEIVE);
}

TEST(who_answers_in_anothers_place_keeps_its_own_context)
{
    boot_called();
    struct sched_context *const lent = server->sc;
    CHECK_EQUAL(do_op(actor_tcb(other), TCBSetPriority, ARGS(SERVER_PRIORITY + 1), CAPS(ROOT_TCB)), seL4_NoError);
    resumed(other);
    CHECK(host_current() == other);
    CHECK(do_reply_recv(endpoint, reply, 8, 80) == client);
    CHECK(client->sc == lent && has_context(other) && !server->sc);
    CHECK_EQUAL(other->state, THREAD_BLOCKED_ON_RECEIVE);
}

TEST(an_answer_to_a_fault_is_no_message)
{
    boot_server(SERVER_PRIORITY, true);
    CHECK_EQUAL(do_op(actor_tcb(client), TCBSetSpace, ARGS(0, 0), CAPS(endpoint, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    client_runs();
    client->frame.mr[0] = 1234;
    CHECK(host_vm_fault(0xdead000, false, true) == server);
    CHECK(do_reply_recv(endpoint, reply, 0, 80) == client);
    CHECK_EQUAL(client->fault.kind, FAULT_NONE);
    CHECK_EQUAL(client->frame.mr[0], 1234);
    CHECK(server_waits());
}

TEST(an_answer_brings_its_capabilities)
{
    boot_called();
    const struct message m = { .label = 8, .caps = 1, .cap = { endpoint } };
    const word_t target[] = { ROOT_CNODE, fixture.free, 64 };
    memcpy((char *)client->buffer + offsetof(struct ipc_buffer, receive_cnode), target, sizeof target);
    CHECK(do_syscall((word_t)SYS_ReplyRecv, endpoint, &m, reply, 0) == client);
    CHECK_EQUAL(client->frame.info >> 7 & 3, 1);
    CHECK_EQUAL(root_slot(fixture.free)->cap.type, CAP_ENDPOINT);
}

TEST(who_answers_and_may_not_receive_has_answered)
{
    boot_server(SERVER_PRIORITY, true);
    const word_t cap = minted(endpoint, RIGHT_WRITE, 0);
    client_runs();
    CHECK(do_call(endpoint, 7, 70) == server);
    CHECK(do_reply_recv(cap, reply, 8, 80) == client);
    CHECK_EQUAL(got_word(client, 0), 80);
    CHECK_EQUAL(server->state, THREAD_INACTIVE);
    CHECK_EQUAL(server->last_fault, FAULT_CAP);
}

TEST(who_outranks_the_caller_runs_before_it)
{
    boot_called();
    resumed(other);
    CHECK(host_current() == server);
    CHECK(do_reply_recv(endpoint, reply, 8, 80) == other);
    CHECK(has_context(client) && client->state == THREAD_RUNNING);
    CHECK(server_waits());
}
