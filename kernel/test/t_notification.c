/* SPDX-License-Identifier: BSD-2-Clause
 * Notifications: bits that are merged and never lost, bound threads, and contexts that are lent. */
#include "../object/notification.h"
#include "../object/sched_context.h"
#include "actors.h"

static word_t notification, endpoint, reply, bit1, bit4;

static void boot(void)
{
    actors_boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    bit1 = minted(notification, RIGHT_ALL, 1);
    bit4 = minted(notification, RIGHT_ALL, 4);
}

static struct notification *the_notification(void) { return root_slot(notification)->cap.object; }

TEST(signals_sent_before_the_wait_are_merged_not_lost)
{
    boot();
    do_signal(bit1);
    do_signal(bit4);
    CHECK(do_wait(notification) == fixture.root);
    CHECK_EQUAL(message_badge(fixture.root), 5);
    CHECK(!the_notification()->pending && !the_notification()->bits);
}

TEST(a_signal_wakes_one_waiter_with_its_bits)
{
    struct thread *a, *b;

    boot();
    a = actor_new(20);
    do_wait(notification);
    b = actor_new(30);
    do_wait(notification);
    CHECK(do_signal(bit4) == b);
    CHECK_EQUAL(message_badge(b), 4);
    CHECK_EQUAL(a->state, THREAD_BLOCKED_ON_NOTIFICATION);
}

TEST(a_wait_that_may_not_block_gets_nothing_or_what_is_there)
{
    boot();
    do_nbwait(notification);
    CHECK_EQUAL(message_badge(fixture.root), 0);
    do_signal(bit1);
    do_nbwait(notification);
    CHECK_EQUAL(message_badge(fixture.root), 1);
}

TEST(signalling_needs_the_write_right_and_changes_nothing_without_it)
{
    word_t read_only;

    boot();
    read_only = minted(notification, RIGHT_READ, 2);
    do_call(read_only, 0, 0);
    CHECK_EQUAL(got_label(fixture.root), seL4_InvalidCapability);
    CHECK(!the_notification()->pending);
}

static void bind(const struct thread *t)
{
    CHECK_EQUAL(do_op(actor_tcb(t), TCBBindNotification, NO_ARGS, CAPS(notification)), seL4_NoError);
}

TEST(a_bound_thread_that_receives_from_an_endpoint_is_woken_by_a_signal)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    do_recv(endpoint, reply);
    bind(t);
    CHECK(do_signal(bit4) == t);
    CHECK_EQUAL(message_badge(t), 4);
    CHECK(!t->reply);
}

TEST(a_bound_thread_finds_its_signals_first_when_it_receives)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    do_recv(endpoint, reply);
    bind(t);
    CHECK(do_call(endpoint, 1, 0) == t);
    do_signal(bit1);
    CHECK(do_recv(endpoint, reply) == t);
    CHECK_EQUAL(message_badge(t), 1);
}

TEST(nobody_else_may_wait_on_a_bound_notification)
{
    struct thread *t;

    boot();
    t = actor_stopped(20);
    bind(t);
    CHECK(!do_wait(notification));
    CHECK_EQUAL(fixture.root->fault.kind, FAULT_CAP);
}

TEST(a_signal_stays_pending_when_the_bound_thread_is_passive_and_a_context_delivers_it)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    do_recv(endpoint, reply);
    bind(t);
    actor_make_passive(t);
    CHECK(do_signal(bit4) == fixture.root);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_RECEIVE);
    CHECK(the_notification()->pending);
    CHECK_EQUAL(do_op(actor_sc(t), SchedContextBind, NO_ARGS, CAPS(actor_tcb(t))), seL4_NoError);
    CHECK(host_current() == t);
    CHECK_EQUAL(message_badge(t), 4);
}

TEST(a_notification_lends_its_context_to_a_passive_waiter_and_gets_it_back_when_it_waits_again)
{
    struct thread *t;
    struct sched_context *sc;

    boot();
    t = actor_new(20);
    do_wait(notification);
    actor_make_passive(t);
    sc = root_slot(actor_sc(t))->cap.object;
    CHECK_EQUAL(do_op(actor_sc(t), SchedContextBind, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK(do_signal(bit4) == t);
    CHECK(t->sc == sc && sc->thread == t);
    CHECK(do_wait(notification) == fixture.root);
    CHECK(!t->sc && !sc->thread && the_notification()->sc == sc);
    CHECK(do_signal(bit1) == t);
}

TEST(a_bound_passive_server_serves_calls_on_the_callers_context_and_signals_on_its_notifications)
{
    struct thread *t;

    boot();
    t = actor_new(20);
    do_recv(endpoint, reply);
    bind(t);
    actor_make_passive(t);
    CHECK_EQUAL(do_op(actor_sc(t), SchedContextBind, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK(do_signal(bit4) == t);
    CHECK(do_recv(endpoint, reply) == fixture.root);
    CHECK(!t->sc);
    CHECK(do_call(endpoint, 1, 0) == t);
    CHECK(t->sc != the_notification()->sc);
    CHECK(do_reply_recv(endpoint, reply, 2, 0) == fixture.root);
    CHECK(!t->sc && fixture.root->sc);
}

/* A passive thread, and behind it b, which could run; a signal that only b could take is pending. */
static struct thread *behind_a_passive_one(struct thread **passive)
{
    struct thread *b;

    boot();
    b = actor_new(20);
    do_wait(notification);
    *passive = actor_new(30);
    do_wait(notification);
    actor_make_passive(*passive);
    CHECK(do_signal(bit4) == fixture.root);
    CHECK(the_notification()->pending);
    return b;
}

TEST(a_pending_signal_is_delivered_when_the_passive_waiter_before_goes)
{
    struct thread *passive, *const b = behind_a_passive_one(&passive);

    CHECK_EQUAL(do_op(actor_tcb(passive), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == b);
    CHECK_EQUAL(message_badge(b), 4);
}

TEST(a_pending_signal_is_delivered_when_a_waiter_that_can_run_comes_first)
{
    struct thread *passive, *const b = behind_a_passive_one(&passive);

    CHECK_EQUAL(do_op(actor_tcb(passive), TCBSetPriority, ARGS(15), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK(host_current() == b);
    CHECK_EQUAL(message_badge(b), 4);
}

TEST(a_pending_signal_is_delivered_when_the_lent_context_is_free_again)
{
    struct thread *a, *b;

    boot();
    a = actor_new(20);
    do_wait(notification);
    b = actor_new(15);
    do_wait(notification);
    actor_make_passive(a);
    actor_make_passive(b);
    CHECK_EQUAL(do_op(actor_sc(a), SchedContextBind, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK(do_signal(bit4) == a);
    CHECK(do_recv(endpoint, reply) == fixture.root);        /* keeps the context: it is not bound to the notification */
    CHECK(a->sc);
    CHECK(do_signal(bit1) == fixture.root);
    CHECK(the_notification()->pending);
    deleted(actor_tcb(a));
    CHECK(host_current() == b);
    CHECK_EQUAL(message_badge(b), 1);
}

TEST(deleting_a_notification_wakes_its_waiters_and_unbinds)
{
    enum { MANY = 30 };
    struct thread *waiters[MANY];

    boot();
    for (unsigned i = 0; i < MANY; i++) {
        waiters[i] = actor_new(20);
        do_wait(notification);
        CHECK_EQUAL(do_op(actor_tcb(waiters[i]), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    }
    deleted(bit1);
    deleted(bit4);
    preempted_at(1);
    deleted(notification);
    for (unsigned i = 0; i < MANY; i++)
        CHECK_EQUAL(waiters[i]->state, THREAD_RESTART);
}
