/* SPDX-License-Identifier: BSD-2-Clause
 * Who runs when: priorities, slices, budgets, time-outs, and an account of every tick. */
#include "../core/refill.h"
#include "../core/sched.h"
#include "../object/sched_context.h"
#include "../object/sched_control.h"
#include "actors.h"

#include <stdlib.h>

enum { US = 10 };   /* the host's ticks in a microsecond */

static struct sched_context *context_of(const struct thread *t) { return root_slot(actor_sc(t))->cap.object; }

static seL4_Error configure(const struct thread *t, word_t budget, word_t period, word_t extra, word_t flags)
{
    return do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(budget, period, extra, 99, flags), CAPS(actor_sc(t)));
}

TEST(a_thread_that_is_stopped_gets_no_time_and_one_that_resumes_competes_by_priority)
{
    struct thread *t;

    actors_boot();
    t = actor_new(20);
    CHECK(host_current() == t);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root);
}

TEST(a_thread_whose_budget_is_spent_waits_for_the_next_period)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    CHECK_EQUAL(configure(t, 100, 1000, 0, 0), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == t);
    CHECK(host_advance(99 * US) == t);
    CHECK(host_advance(1 * US) == fixture.root);
    CHECK(context_of(t)->in_release);
    CHECK(host_advance(899 * US) == fixture.root);
    CHECK(host_advance(1 * US) == t);
}

TEST(a_spinning_thread_of_high_priority_uses_its_budget_in_every_period_and_no_more)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(200);
    CHECK_EQUAL(configure(t, 300, 1000, 3, 1), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    host_advance(100 * 1000 * US);
    CHECK_EQUAL(do_op(actor_sc(t), SchedContextConsumed, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(reply_word(0) >= 100 * 300 && reply_word(0) <= 101 * 300);
}

TEST(yield_gives_the_rest_of_the_slice_to_others_of_the_priority)
{
    struct thread *a, *b;

    actors_boot();
    a = actor_stopped(20);
    b = actor_stopped(20);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(30), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(b), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(10), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK(host_current() == a);
    CHECK(do_yield() == b);
    CHECK(do_yield() == a);
    CHECK_EQUAL(context_of(a)->consumed, 0);        /* given away is not used */
}

TEST(yield_with_nobody_else_to_run_goes_on_with_a_new_slice)
{
    actors_boot();
    host_advance(100);
    CHECK(do_yield() == fixture.root);
    CHECK_EQUAL(refill_first(fixture.root->sc)->amount, fixture.root->sc->budget);
}

TEST(yield_ends_a_sporadic_budget_until_it_comes_back)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    CHECK_EQUAL(configure(t, 100, 1000, 0, 1), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    host_advance(10 * US);
    CHECK(do_yield() == fixture.root);
    CHECK(host_advance(989 * US) == fixture.root);
    CHECK(host_advance(1 * US) == t);
}

TEST(budgets_outside_the_range_are_refused_and_the_reply_names_it)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    CHECK_EQUAL(configure(t, MIN_BUDGET_US - 1, 1000, 0, 0), seL4_RangeError);
    CHECK_EQUAL(reply_word(0), MIN_BUDGET_US);
    CHECK_EQUAL(configure(t, 1000, 999, 0, 0), seL4_RangeError);
    CHECK_EQUAL(reply_word(1), 999);
    CHECK_EQUAL(configure(t, 1000, MAX_PERIOD_US + 1, 0, 0), seL4_RangeError);
    CHECK_EQUAL(configure(t, 100, 1000, sc_refill_capacity(SC_MIN_BITS) - 1, 0), seL4_RangeError);
    CHECK_EQUAL(reply_word(1), sc_refill_capacity(SC_MIN_BITS) - SC_MIN_REFILLS);
    CHECK_EQUAL(configure(t, 100, 1000, sc_refill_capacity(SC_MIN_BITS) - SC_MIN_REFILLS, 0), seL4_NoError);
    CHECK_EQUAL(configure(t, MAX_PERIOD_US, MAX_PERIOD_US, 0, 0), seL4_NoError);
}

TEST(a_context_that_is_configured_while_it_runs_starts_anew)
{
    actors_boot();
    host_advance(500);
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(200, 1000, 0, 0, 0), CAPS(ROOT_SC)), seL4_NoError);
    CHECK(host_current() == fixture.root);
    CHECK_EQUAL(host_deadline(), arch_time() + 200 * US);
    CHECK(!host_advance(200 * US));
    CHECK(host_advance(800 * US) == fixture.root);
}

TEST(a_context_without_budget_makes_its_thread_wait_when_it_is_bound)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    CHECK_EQUAL(configure(t, 100, 1000, 0, 0), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_advance(100 * US) == fixture.root);
    actor_make_passive(t);
    CHECK(!context_of(t)->in_release);
    CHECK_EQUAL(do_op(actor_sc(t), SchedContextBind, NO_ARGS, CAPS(actor_tcb(t))), seL4_NoError);
    CHECK(context_of(t)->in_release && host_current() == fixture.root);
    CHECK(host_advance(900 * US) == t);
}

TEST(contexts_are_bound_to_one_thread_and_threads_to_one_context)
{
    struct thread *a, *b;

    actors_boot();
    a = actor_stopped(20);
    b = actor_stopped(20);
    CHECK_EQUAL(do_op(actor_sc(a), SchedContextBind, NO_ARGS, CAPS(actor_tcb(b))), seL4_IllegalOperation);
    actor_make_passive(b);
    CHECK_EQUAL(do_op(actor_sc(a), SchedContextBind, NO_ARGS, CAPS(actor_tcb(b))), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_sc(a), SchedContextUnbindObject, NO_ARGS, CAPS(actor_tcb(b))), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_sc(a), SchedContextBind, NO_ARGS, CAPS(ROOT_CNODE)), seL4_InvalidCapability);
    CHECK_EQUAL(do_op(ROOT_SC, SchedContextUnbind, NO_ARGS, NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_sc(a), SchedContextUnbind, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(!a->sc && !context_of(a)->thread);
}

TEST(a_context_may_be_a_threads_and_a_notifications_and_the_thread_gives_it_back_when_it_waits_there)
{
    struct thread *server;
    word_t notification, other;

    actors_boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    other = object_new(OBJ_NOTIFICATION, 0);
    server = actor_new(20);
    CHECK(do_wait(other) == fixture.root);
    CHECK_EQUAL(do_op(actor_sc(server), SchedContextBind, NO_ARGS, CAPS(notification)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_sc(server), SchedContextBind, NO_ARGS, CAPS(other)), seL4_IllegalOperation);
    CHECK(server->sc);
    CHECK(do_signal(other) == server);
    CHECK(do_wait(notification) == fixture.root);
    CHECK(!server->sc);
    CHECK(do_signal(notification) == server);
    CHECK(server->sc);
}

TEST(a_thread_that_waits_gets_only_a_context_that_has_budget)
{
    struct thread *t;
    word_t empty, notification;

    actors_boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    empty = object_new(OBJ_SC, SC_MIN_BITS);
    t = actor_new(20);
    CHECK(do_wait(notification) == fixture.root);
    actor_make_passive(t);
    CHECK_EQUAL(do_op(empty, SchedContextBind, NO_ARGS, CAPS(actor_tcb(t))), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSchedParams, ARGS(20, 20), CAPS(ROOT_TCB, empty, 0)), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(empty, SchedContextBind, NO_ARGS, CAPS(actor_tcb(t))), seL4_NoError);
}

TEST(configuring_a_context_again_gives_no_more_than_its_share)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(20);
    CHECK_EQUAL(configure(t, 100, 1000, 0, 0), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_advance(60 * US) == t);
    CHECK_EQUAL(configure(t, 100, 1000, 0, 0), seL4_NoError);      /* by itself */
    CHECK(host_advance(39 * US) == t);
    CHECK(host_advance(1 * US) == fixture.root);
    CHECK(host_advance(899 * US) == fixture.root);
    CHECK(host_advance(1 * US) == t);
}

TEST(a_budget_end_is_told_to_the_time_out_handler_and_its_reply_lets_the_thread_wait)
{
    struct thread *handler, *t;
    word_t endpoint, reply;

    actors_boot();
    endpoint = object_new(OBJ_ENDPOINT, 0);
    reply = object_new(OBJ_REPLY, 0);
    handler = actor_new(100);
    do_recv(endpoint, reply);
    t = actor_stopped(20);
    CHECK_EQUAL(configure(t, 100, 1000, 0, 0), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetTimeoutEndpoint, NO_ARGS, CAPS(minted(endpoint, RIGHT_ALL, 7))), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_advance(100 * US) == handler);
    CHECK_EQUAL(message_badge(handler), 7);
    CHECK_EQUAL(got_label(handler), FAULT_TIMEOUT);
    CHECK_EQUAL(got_word(handler, 0), 99);
    CHECK_EQUAL(got_word(handler, 1), 100);
    CHECK_EQUAL(t->state, THREAD_BLOCKED_ON_REPLY);
    CHECK(t->sc);
    do_syscall((word_t)SYS_ReplyRecv, endpoint, &(struct message){ 0 }, reply, 0);
    CHECK(t->state == THREAD_RESTART && context_of(t)->in_release);
    CHECK(host_advance(900 * US) == t);
}

TEST(yield_to_lets_another_run_and_tells_what_it_consumed)
{
    struct thread *t;

    actors_boot();
    t = actor_stopped(10);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(do_call(actor_sc(t), SchedContextYieldTo, 0) == t);
    host_advance(30 * US);
    CHECK(do_wait(object_new(OBJ_NOTIFICATION, 0)) == fixture.root);
    CHECK_EQUAL(got_label(fixture.root), seL4_NoError);
    CHECK_EQUAL(got_word(fixture.root, 0), 30);
    CHECK(!fixture.root->yield_to);
}

/* Everything that happens to time is somebody's: what all contexts consumed is what passed, but for idling. */
TEST(through_random_steps_the_contexts_consumed_every_tick_that_was_not_idle)
{
    enum { THREADS = 6, STEPS = 3000 };
    struct thread *t[THREADS];
    ticks_t begun, idle = 0, consumed = 0;

    actors_boot();
    srandom(3);
    for (unsigned i = 0; i < THREADS; i++) {
        t[i] = actor_stopped((uint8_t)(20 + i / 2));
        CHECK_EQUAL(configure(t[i], 50 + 20 * i, 100 + 150 * i, i % 4, i & 1), seL4_NoError);
    }
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(200), CAPS(ROOT_TCB)), seL4_NoError);
    for (unsigned i = 0; i < THREADS; i++)
        CHECK_EQUAL(do_op(actor_tcb(t[i]), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(100, 1000, 0, 0, 1), CAPS(ROOT_SC)), seL4_NoError);
    begun = arch_time() - this_cpu()->sc->consumed;
    for (unsigned step = 0; step < STEPS; step++) {
        if (!host_current()) {
            const ticks_t from = arch_time();

            host_advance(host_deadline() - from);
            idle += arch_time() - from;
        } else if (random() % 3 == 0) {
            do_yield();
        } else {
            const ticks_t deadline = host_deadline();
            ticks_t ticks = 1 + (ticks_t)random() % 700;

            if (arch_time() + ticks > deadline)
                ticks = deadline - arch_time();
            host_advance(ticks);
        }
    }
    sched_charge();
    for (unsigned i = 0; i < THREADS; i++)
        consumed += context_of(t[i])->consumed;
    consumed += fixture.root->sc->consumed;
    CHECK_EQUAL(consumed + idle, arch_time() - begun);
}

TEST(a_preempted_thread_goes_on_before_the_others_of_its_priority)
{
    struct thread *a, *b, *high;
    word_t notification;

    actors_boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    a = actor_stopped(20);
    b = actor_stopped(20);
    high = actor_new(100);
    do_wait(notification);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(b), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == a);
    CHECK(do_signal(notification) == high);
    CHECK(do_wait(notification) == a);
}

/* t runs half of its budget, sleeps for long, and runs on: how much may it use at once? */
static ticks_t after_sleep(word_t flags)
{
    struct thread *t;
    word_t notification;

    actors_boot();
    notification = object_new(OBJ_NOTIFICATION, 0);
    t = actor_stopped(20);
    CHECK_EQUAL(configure(t, 400, 1000, 0, flags), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    host_advance(200 * US);
    do_wait(notification);
    host_advance(5000 * US);
    CHECK(do_signal(notification) == t);
    return host_deadline() - arch_time();
}

TEST(after_a_sleep_a_sporadic_context_has_its_whole_budget_as_one) { CHECK_EQUAL(after_sleep(1), 400 * US); }
TEST(after_a_sleep_a_constant_bandwidth_context_has_it_too) { CHECK_EQUAL(after_sleep(0), 400 * US); }

TEST(asking_what_was_consumed_costs_no_budget)
{
    actors_boot();
    const struct sched_context *const sc = fixture.root->sc;
    const ticks_t left = sc->refills[sc->head].amount;

    for (unsigned i = 0; i < 10; i++)
        CHECK_EQUAL(do_op(ROOT_SC, SchedContextConsumed, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(sc->refills[sc->head].amount, left);
}

TEST(who_is_suspended_while_it_yields_is_told_nothing)
{
    actors_boot();
    struct thread *const yielder = actor_stopped(20), *const t = actor_stopped(20);
    struct sched_context *const sc = root_slot(actor_sc(t))->cap.object;

    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(30), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(yielder), TCBSetMCPriority, ARGS(20), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(yielder), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(do_wait(object_new(OBJ_NOTIFICATION, 0)) == yielder);
    CHECK(do_call(actor_sc(t), SchedContextYieldTo, 0) == t);
    CHECK(yielder->yield_to == sc);
    do_call(actor_tcb(yielder), TCBSuspend, 0);
    CHECK(!yielder->yield_to && !sc->yield_from);
}

TEST(giving_a_lent_context_back_costs_no_budget)
{
    actors_boot();
    const word_t bell = object_new(OBJ_NOTIFICATION, 0);
    struct thread *const t = actor_new(20);
    struct sched_context *const sc = root_slot(actor_sc(t))->cap.object;
    const ticks_t left = sc->refills[sc->head].amount;

    CHECK(do_wait(bell) == fixture.root);
    CHECK_EQUAL(do_op(actor_sc(t), SchedContextBind, NO_ARGS, CAPS(bell)), seL4_NoError);
    CHECK(do_signal(bell) == t);
    CHECK(do_wait(bell) == fixture.root && !t->sc);
    CHECK_EQUAL(sc->refills[sc->head].amount, left);
}

TEST(yield_to_needs_the_bound_context_of_another_thread_of_a_priority_that_may_be_given)
{
    actors_boot();
    struct thread *const t = actor_stopped(20);

    CHECK_EQUAL(do_op(object_new(OBJ_SC, SC_MIN_BITS), SchedContextYieldTo, NO_ARGS, NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_SC, SchedContextYieldTo, NO_ARGS, NO_CAPS), seL4_IllegalOperation);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetMCPriority, ARGS(19), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(do_op(actor_sc(t), SchedContextYieldTo, NO_ARGS, NO_CAPS), seL4_IllegalOperation);
}

TEST(who_runs_is_told_what_it_consumed_up_to_now)
{
    actors_boot();
    CHECK_EQUAL(do_op(ROOT_SC, SchedContextConsumed, NO_ARGS, NO_CAPS), seL4_NoError);
    host_advance(30 * US);
    CHECK_EQUAL(do_op(ROOT_SC, SchedContextConsumed, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), 30);
}
