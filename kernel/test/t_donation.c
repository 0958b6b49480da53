/* SPDX-License-Identifier: BSD-2-Clause
 * Messages without a context, that a passive server finds in a queue when it goes back to receive; and contexts that
 * travel with NBSendRecv. */
#include "../object/reply.h"
#include "../object/sched_context.h"
#include "actors.h"

static word_t endpoint, queue, reply, second_reply;     /* the server serves endpoint, and then receives from queue */
static struct thread *server, *client, *waiting;

static void boot(void)
{
    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    queue = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    second_reply = object_new(OBJ_REPLY, 0);
    server = actor_new(20);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    actor_make_passive(server);
}

/* A client calls; the server answers and receives from queue, where `waiting` waits. */
static void serve_one(void)
{
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    do_reply_recv(queue, reply, 2, 0);
    CHECK(!server->sc && client->sc);
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_RECEIVE);
    CHECK_EQUAL(waiting->counters.drops, 1);
}

TEST(a_caller_that_lost_its_context_calls_again_when_it_has_one)
{
    boot();
    waiting = actor_new(50);
    do_call(queue, 1, 0);
    actor_make_passive(waiting);
    serve_one();
    CHECK_EQUAL(waiting->state, THREAD_RESTART);
    CHECK_EQUAL(waiting->frame.pc, 0x400000);
}

TEST(a_caller_that_may_not_be_answered_is_stopped)
{
    word_t plain;

    boot();
    plain = minted(queue, RIGHT_WRITE, 0);
    waiting = actor_new(50);
    do_call(plain, 1, 0);
    serve_one();
    CHECK_EQUAL(waiting->state, THREAD_INACTIVE);
}

static void handled_by_queue(struct thread *t)
{
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSpace, ARGS(0, 0), CAPS(queue, ROOT_CNODE, ROOT_VSPACE)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetTimeoutEndpoint, NO_ARGS, CAPS(queue)), seL4_NoError);
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(100, 100000, 0, 0, 0), CAPS(actor_sc(t))),
                seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == t);
}

TEST(a_fault_of_a_thread_that_lost_its_context_stops_it_as_if_nobody_handled_it)
{
    boot();
    waiting = actor_stopped(50);
    handled_by_queue(waiting);
    host_vm_fault(0x1000, false, false);
    CHECK_EQUAL(waiting->state, THREAD_BLOCKED_ON_SEND);
    actor_make_passive(waiting);
    serve_one();
    CHECK_EQUAL(waiting->state, THREAD_INACTIVE);
}

TEST(a_time_out_that_a_passive_handler_may_not_take_lets_the_thread_wait_for_its_budget)
{
    boot();
    waiting = actor_stopped(50);
    handled_by_queue(waiting);
    host_advance(1000);
    CHECK(waiting->state == THREAD_BLOCKED_ON_SEND && waiting->fault.kind == FAULT_TIMEOUT);
    serve_one();
    CHECK(waiting->state == THREAD_RUNNING && waiting->sc->in_release && waiting->fault.kind == FAULT_NONE);
}

TEST(a_time_out_with_a_passive_handler_waiting_is_as_if_nobody_handled_it)
{
    boot();
    waiting = actor_stopped(50);
    CHECK_EQUAL(do_op(actor_tcb(waiting), TCBSetTimeoutEndpoint, NO_ARGS, CAPS(endpoint)), seL4_NoError);
    CHECK_EQUAL(
        do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(100, 1000, 0, 0, 0), CAPS(actor_sc(waiting))),
        seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(waiting), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_advance(1000) == fixture.root);
    CHECK(waiting->sc->in_release && server->state == THREAD_BLOCKED_ON_RECEIVE);
}

TEST(a_send_and_receive_in_one_lends_its_context_to_a_passive_receiver_and_drops_who_waits_without_one)
{
    struct thread *peer;

    boot();
    waiting = actor_new(50);
    do_send(queue, 1, 0);
    peer = actor_new(30);
    do_nbsend_recv(endpoint, queue, second_reply, 7, 8);
    CHECK_EQUAL(waiting->counters.drops, 1);
    CHECK(server->sc && !peer->sc);
    CHECK_EQUAL(peer->state, THREAD_BLOCKED_ON_RECEIVE);
    CHECK_EQUAL(got_label(server), 7);
    CHECK_EQUAL(do_op(actor_tcb(waiting), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == server);
    CHECK(do_nbsend_recv(queue, endpoint, reply, 9, 0) == peer);
    CHECK(peer->sc && !server->sc);
    CHECK_EQUAL(got_label(peer), 9);
}

/* `count` threads that wait at queue and donate nothing; they are the last that would run. */
static void senders_wait(struct thread **senders, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        senders[i] = actor_new(50);
        do_send(queue, 1, i);
        CHECK_EQUAL(do_op(actor_tcb(senders[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    }
}

TEST(however_many_wait_an_answer_by_send_and_receive_is_interrupted_before_it_gives_the_context_back)
{
    enum { MANY = 20 };
    struct thread *senders[MANY];
    unsigned dropped = 0;

    boot();
    senders_wait(senders, MANY);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    preempted_at(1);
    CHECK(do_nbsend_recv(reply, queue, second_reply, 2, 0) == server);
    CHECK(server->frame.pc == server->frame.restart && server->sc);
    CHECK_EQUAL(client->state, THREAD_BLOCKED_ON_REPLY);
    for (unsigned i = 0; i < MANY; i++)
        dropped += (unsigned)senders[i]->counters.drops;
    CHECK(dropped && dropped < MANY);
    CHECK(host_syscall((word_t)SYS_NBSendRecv) == client);
    CHECK(client->sc && !server->sc && server->state == THREAD_BLOCKED_ON_RECEIVE);
    CHECK_EQUAL(got_label(client), 2);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(senders[i]->counters.drops, 1);
}

TEST(way_is_made_where_a_server_may_receive_though_not_send)
{
    enum { MANY = 20 };
    struct thread *senders[MANY];
    word_t reader;

    boot();
    reader = minted(queue, RIGHT_READ, 0);
    senders_wait(senders, MANY);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    CHECK(do_reply_recv(reader, reply, 2, 0) == client);
    CHECK_EQUAL(server->state, THREAD_BLOCKED_ON_RECEIVE);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(senders[i]->counters.drops, 1);
}

/* Nobody made way there, and it cannot be done any more: the answer is given and the context with it. */
TEST(who_receives_without_a_context_where_its_answer_put_the_capability_faults_and_drops_nobody)
{
    struct thread *senders[1];
    word_t slot;

    boot();
    senders_wait(senders, 1);
    slot = slot_new();
    client = actor_stopped(30);
    client->buffer->receive_cnode = ROOT_CNODE;
    client->buffer->receive_index = slot;
    client->buffer->receive_depth = 64;
    thread_start(actor_tcb(client), 0x400000);
    CHECK(do_call(endpoint, 1, 0) == server);
    CHECK(do_syscall((word_t)SYS_ReplyRecv, slot, &(struct message){.caps = 1, .cap = {queue}}, reply, 0) == client);
    CHECK(root_slot(slot)->cap.object == root_slot(queue)->cap.object);
    CHECK_EQUAL(server->fault.kind, FAULT_CAP);
    CHECK_EQUAL(server->state, THREAD_INACTIVE);
    CHECK_EQUAL(senders[0]->counters.drops, 0);
    CHECK_EQUAL(senders[0]->state, THREAD_BLOCKED_ON_SEND);
}

TEST(a_chain_that_is_cut_at_its_end_and_in_its_middle_forgets_both_ways)
{
    struct thread *second;
    struct reply *older, *newer;

    boot();
    second = actor_new(20);
    CHECK(do_recv(queue, second_reply) == fixture.root);
    actor_make_passive(second);
    client = actor_new(30);
    CHECK(do_call(endpoint, 1, 0) == server);
    CHECK(do_call(queue, 1, 0) == second);
    older = root_slot(reply)->cap.object;
    newer = root_slot(second_reply)->cap.object;
    CHECK(newer->prev == older && older->next == newer && newer->sc == second->sc && !older->sc);
    CHECK_EQUAL(do_op(actor_tcb(server), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(!newer->thread && !newer->sc && !older->next && !second->sc->reply);
    CHECK_EQUAL(client->state, THREAD_BLOCKED_ON_REPLY);
}

TEST(deleting_a_reply_that_is_offered_stops_who_offered_it)
{
    boot();
    deleted(reply);
    CHECK_EQUAL(server->state, THREAD_INACTIVE);
    CHECK(!server->reply);
}

TEST(a_yield_is_answered_when_its_thread_runs_again_or_the_context_ends)
{
    struct thread *a, *b, *target;

    actors_boot();
    target = actor_stopped(20);
    a = actor_stopped(20);
    b = actor_stopped(20);
    a->mcp = b->mcp = 20;
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(30), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(b), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(target), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(10), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK(host_current() == a);
    CHECK(do_call(actor_sc(target), SchedContextYieldTo, 0) == target);
    CHECK(a->yield_to == target->sc);
    CHECK(do_yield() == a);             /* behind it in the queue: told at once */
    CHECK(!a->yield_to);
    CHECK_EQUAL(got_length(a), 1);
    CHECK(do_call(actor_sc(target), SchedContextYieldTo, 0) == target);
    do_syscall((word_t)SYS_Call, ROOT_CNODE,
               &(struct message){ .label = CNodeDelete, .length = 2, .words = { actor_sc(target), 64 } }, 0, 0);
    CHECK(!target->sc && !a->yield_to && host_current() == a);  /* the context ended: told what it had consumed */
}

TEST(a_receive_that_does_not_block_keeps_the_lent_context)
{
    actors_boot();
    const word_t other = object_new(OBJ_ENDPOINT, 0), notification = object_new(OBJ_NOTIFICATION, 0);
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    struct thread *const s = actor_new(50), *c;

    do_recv(other, reply);
    CHECK_EQUAL(do_op(actor_tcb(s), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_NoError);
    actor_make_passive(s);
    CHECK_EQUAL(do_op(actor_sc(s), SchedContextBind, NO_ARGS, CAPS(notification)), seL4_NoError);
    c = actor_new(20);
    do_call(endpoint, 1, 2);
    CHECK_EQUAL(c->state, THREAD_BLOCKED_ON_SEND);
    CHECK(do_signal(notification) == s);
    struct sched_context *const lent = s->sc;
    do_nbrecv(endpoint, reply);
    CHECK(s->sc == lent);
    CHECK(c->sc);
}
