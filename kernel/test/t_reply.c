/* SPDX-License-Identifier: BSD-2-Clause
 * Replies: answers, once; and contexts that travel along chains of calls and come home. */
#include "../object/reply.h"
#include "../object/sched_context.h"
#include "actors.h"

static word_t endpoint, second_endpoint, reply, second_reply;

static void boot(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    second_endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    second_reply = object_new(OBJ_REPLY, 0);
}

static struct thread *server_at(word_t cap, word_t with_reply, bool passive)
{
    struct thread *server = actor_new(20);

    CHECK(do_recv(cap, with_reply) == fixture.root);
    if (passive)
        actor_make_passive(server);
    return server;
}

TEST(a_call_waits_for_its_answer_and_the_server_for_the_next_call)
{
    struct thread *server;

    boot();
    server = server_at(endpoint, reply, false);
    CHECK(do_call(endpoint, 1, 10) == server);
    CHECK_EQUAL(fixture.root->state, THREAD_BLOCKED_ON_REPLY);
    CHECK(do_reply_recv(endpoint, reply, 2, 20) == fixture.root);
    CHECK_EQUAL(got_label(fixture.root), 2);
    CHECK_EQUAL(got_word(fixture.root, 0), 20);
    CHECK_EQUAL(message_badge(fixture.root), 0);
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_RECEIVE);
}

TEST(a_reply_answers_once)
{
    struct thread *server;

    boot();
    server = server_at(endpoint, reply, false);
    CHECK(do_call(endpoint, 1, 10) == server);
    CHECK(do_send(reply, 2, 20) == server);
    CHECK(do_send(reply, 3, 30) == server);
    CHECK_EQUAL(got_label(fixture.root), 2);
    CHECK(!((struct reply *)root_slot(reply)->cap.object)->thread);
}

TEST(a_call_lends_its_context_to_a_passive_server_without_touching_the_timer_and_the_answer_brings_it_home)
{
    struct thread *server;
    struct sched_context *sc;
    ticks_t deadline;

    boot();
    sc = fixture.root->sc;
    server = server_at(endpoint, reply, true);
    deadline = host_deadline();
    host_advance(50);
    for (unsigned i = 0; i < 3; i++) {
        CHECK(do_call(endpoint, 1, 10) == server);
        CHECK(server->sc == sc && !fixture.root->sc && sc->thread == server);
        CHECK_EQUAL(host_deadline(), deadline);
        CHECK(do_reply_recv(endpoint, reply, 2, 20) == fixture.root);
        CHECK(fixture.root->sc == sc && !server->sc);
        CHECK_EQUAL(host_deadline(), deadline);
    }
    CHECK_EQUAL(sc->consumed, 0);       /* nobody was charged: the context never changed */
}

/* Root calls the first server, which calls the second. */
static void chain(struct thread **first, struct thread **second)
{
    boot();
    *first = server_at(endpoint, reply, true);
    *second = server_at(second_endpoint, second_reply, true);
    CHECK(do_call(endpoint, 1, 0) == *first);
    CHECK(do_call(second_endpoint, 2, 0) == *second);
}

TEST(a_context_travels_along_a_chain_of_calls_and_back)
{
    struct thread *first, *second;

    chain(&first, &second);
    CHECK(second->sc && !first->sc && !fixture.root->sc);
    CHECK(do_reply_recv(second_endpoint, second_reply, 3, 0) == first);
    CHECK(first->sc && !second->sc);
    CHECK(do_reply_recv(endpoint, reply, 4, 0) == fixture.root);
    CHECK(fixture.root->sc);
}

TEST(an_answer_from_the_middle_of_a_chain_breaks_it_and_leaves_the_context_where_it_is)
{
    struct thread *first, *second;

    chain(&first, &second);
    CHECK(do_send(reply, 4, 0) == second);      /* it answers root, past the first server */
    CHECK(second->sc && !fixture.root->sc);
    CHECK_EQUAL(fixture.root->state, THREAD_RUNNING);
    CHECK(do_reply_recv(second_endpoint, second_reply, 3, 0) == first);
    CHECK(first->sc);
}

TEST(a_third_thread_that_answers_sends_the_context_home_from_the_server_that_had_it)
{
    struct thread *server, *other, *client;

    boot();
    server = server_at(endpoint, reply, true);
    other = actor_stopped(60);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    CHECK_EQUAL(do_op(actor_tcb(other), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == other);
    do_send(reply, 2, 0);
    CHECK(client->sc && !server->sc && !server->ready.next);
    CHECK(do_wait(minted(endpoint, RIGHT_ALL, 0)) == client);
}

TEST(deleting_the_newest_reply_brings_the_context_home_to_a_caller_that_is_left_stopped)
{
    struct thread *server, *client;

    boot();
    server = server_at(endpoint, reply, true);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeDelete, ARGS(reply, 64), NO_CAPS), seL4_NoError);
    CHECK(client->sc && !server->sc);
    CHECK_EQUAL(client->state, THREAD_INACTIVE);
    CHECK(host_current() == fixture.root);
}

TEST(suspending_a_caller_leaves_its_context_with_the_server)
{
    struct thread *server, *client;

    boot();
    server = server_at(endpoint, reply, true);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    CHECK_EQUAL(do_op(actor_tcb(client), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(server->sc && !client->sc && host_current() == server);
    CHECK_EQUAL(client->frame.pc, 0x400000);
    CHECK(!((struct reply *)root_slot(reply)->cap.object)->thread);
}

TEST(a_call_without_the_right_to_grant_an_answer_stops_the_caller)
{
    struct thread *server, *client;
    word_t plain;

    boot();
    plain = minted(endpoint, RIGHT_WRITE, 0);
    server = server_at(endpoint, reply, false);
    client = actor_new(30);
    CHECK(do_call(plain, 1, 0) == server);
    CHECK_EQUAL(client->state, THREAD_INACTIVE);
    CHECK(!((struct reply *)root_slot(reply)->cap.object)->thread);
}

TEST(ending_the_context_of_a_chain_leaves_no_one_with_it)
{
    struct thread *first, *second;

    chain(&first, &second);
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeDelete, ARGS(ROOT_SC, 64), NO_CAPS), seL4_NoError);
    CHECK(!first->sc && !second->sc && !host_current());
}

TEST(a_reply_in_use_that_is_offered_again_lets_its_caller_go)
{
    struct thread *server, *client;

    boot();
    server = server_at(endpoint, reply, false);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    do_recv(endpoint, reply);
    CHECK_EQUAL(client->state, THREAD_INACTIVE);
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_RECEIVE);
}
