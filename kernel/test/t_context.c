/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduling contexts: whom they may be bound to, what YieldTo answers, and their parameters. */
#include "../core/refill.h"
#include "../core/sched.h"
#include "../object/notification.h"
#include "../object/sched_context.h"
#include "../object/sched_control.h"
#include "actors.h"

enum { US = 10 };   /* the host's ticks in a microsecond */

static struct sched_context *context(word_t slot) { return root_slot(slot)->cap.object; }

static seL4_Error configure(word_t sc, word_t budget, word_t period)
{
    return do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(budget, period, 0, 0, 0), CAPS(sc));
}

static seL4_Error bind(word_t sc, word_t to) { return do_op(sc, SchedContextBind, NO_ARGS, CAPS(to)); }
static seL4_Error unbind(word_t sc, word_t from) { return do_op(sc, SchedContextUnbindObject, NO_ARGS, CAPS(from)); }

static word_t context_new(word_t budget, word_t period)
{
    const word_t sc = object_new(OBJ_SC, SC_MIN_BITS);

    CHECK_EQUAL(configure(sc, budget, period), seL4_NoError);
    return sc;
}

TEST(parameters_out_of_range_are_told_the_range_and_change_nothing)
{
    static const struct { word_t budget, period, min, max;
    } bad[] = {
        {MIN_BUDGET_US - 1, 1000, MIN_BUDGET_US, MAX_PERIOD_US},
        {MAX_PERIOD_US + 1, 1000, MIN_BUDGET_US, MAX_PERIOD_US},
        {1000, MIN_BUDGET_US - 1, MIN_BUDGET_US, MAX_PERIOD_US},
        {1000, MAX_PERIOD_US + 1, MIN_BUDGET_US, MAX_PERIOD_US},
        {1001, 1000, MIN_BUDGET_US, 1000},
    };

    fixture_boot();
    const word_t sc = context_new(700, 900);
    for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_EQUAL(configure(sc, bad[i].budget, bad[i].period), seL4_RangeError);
        CHECK_EQUAL(reply_word(0), bad[i].min);
        CHECK_EQUAL(reply_word(1), bad[i].max);
        CHECK(context(sc)->budget == 700 * US && context(sc)->period == 900 * US);
    }
    CHECK_EQUAL(configure(ROOT_TCB, 700, 900), seL4_InvalidCapability);
    CHECK_EQUAL(reply_word(0), 1);
    CHECK_EQUAL(configure(sc, MIN_BUDGET_US, MAX_PERIOD_US), seL4_NoError);
}

TEST(a_context_and_a_thread_are_bound_once)
{
    actors_boot();
    struct thread *const t = actor_stopped(20), *const other = actor_stopped(20);
    const word_t sc = context_new(1000, 1000), notification = object_new(OBJ_NOTIFICATION, 0);

    CHECK_EQUAL(bind(sc, actor_tcb(t)), seL4_IllegalOperation);                 /* it has one */
    CHECK_EQUAL(bind(actor_sc(t), actor_tcb(other)), seL4_IllegalOperation);    /* it is another's */
    CHECK(!context(sc)->thread && t->sc == context(actor_sc(t)));
    CHECK_EQUAL(bind(sc, ROOT_CNODE), seL4_InvalidCapability);
    CHECK_EQUAL(bind(sc, notification), seL4_NoError);
    CHECK_EQUAL(bind(sc, object_new(OBJ_NOTIFICATION, 0)), seL4_IllegalOperation);
    CHECK_EQUAL(bind(actor_sc(t), notification), seL4_IllegalOperation);
    CHECK(!context(actor_sc(t))->notification);
}

TEST(only_what_is_bound_is_unbound_and_nobody_unbinds_itself)
{
    actors_boot();
    struct thread *const t = actor_stopped(20), *const other = actor_stopped(20);
    const word_t notification = object_new(OBJ_NOTIFICATION, 0), stranger = object_new(OBJ_NOTIFICATION, 0);

    CHECK_EQUAL(bind(actor_sc(t), notification), seL4_NoError);
    CHECK_EQUAL(unbind(actor_sc(t), actor_tcb(other)), seL4_IllegalOperation);
    CHECK_EQUAL(unbind(actor_sc(t), stranger), seL4_IllegalOperation);
    CHECK_EQUAL(unbind(actor_sc(t), ROOT_CNODE), seL4_InvalidCapability);
    CHECK_EQUAL(unbind(ROOT_SC, ROOT_TCB), seL4_IllegalOperation);
    CHECK(fixture.root->sc && t->sc && context(actor_sc(t))->notification);
    CHECK_EQUAL(unbind(actor_sc(t), notification), seL4_NoError);
    CHECK(!context(actor_sc(t))->notification && t->sc);
}

TEST(a_thread_that_waits_is_given_a_context_that_is_ready_and_no_other)
{
    actors_boot();
    struct thread *const t = actor_new(20);
    CHECK(do_wait(object_new(OBJ_NOTIFICATION, 0)) == fixture.root);
    actor_make_passive(t);

    const word_t bare = object_new(OBJ_SC, SC_MIN_BITS), spent = actor_sc(actor_stopped(20));
    CHECK_EQUAL(bind(bare, actor_tcb(t)), seL4_IllegalOperation);       /* never configured */

    CHECK_EQUAL(configure(spent, 100, 100000), seL4_NoError);
    struct thread *const spender = context(spent)->thread;
    thread_start(actor_tcb(spender), 0x400000);
    CHECK(host_current() == spender);
    CHECK(host_advance(100 * US) == fixture.root);
    CHECK_EQUAL(unbind(spent, actor_tcb(spender)), seL4_NoError);
    CHECK_EQUAL(bind(spent, actor_tcb(t)), seL4_IllegalOperation);      /* nothing left before its period ends */
    CHECK(!t->sc && !context(spent)->thread);
    CHECK(host_advance(100000 * US) == fixture.root);
    CHECK_EQUAL(bind(spent, actor_tcb(t)), seL4_NoError);
    CHECK(t->sc == context(spent));
}

TEST(a_runnable_thread_with_a_context_that_was_never_configured_runs_once_it_is)
{
    actors_boot();
    struct thread *const t = actor_stopped(20);
    const word_t bare = object_new(OBJ_SC, SC_MIN_BITS);

    actor_make_passive(t);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(bind(bare, actor_tcb(t)), seL4_NoError);
    CHECK(host_current() == fixture.root && !ready_queued(t));
    CHECK_EQUAL(do_op(ROOT_DOMAIN, DomainSetSet, ARGS(1), CAPS(actor_tcb(t))), seL4_NoError);
    CHECK(!ready_queued(t));
    CHECK_EQUAL(do_op(ROOT_DOMAIN, DomainSetSet, ARGS(0), CAPS(actor_tcb(t))), seL4_NoError);
    CHECK_EQUAL(configure(bare, 1000, 1000), seL4_NoError);
    CHECK(host_current() == t);
}

TEST(a_null_context_takes_a_threads_own_away_but_not_the_callers)
{
    actors_boot();
    struct thread *const t = actor_stopped(20);

    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSchedParams, ARGS(20, 20), CAPS(ROOT_TCB, 0, 0)), seL4_NoError);
    CHECK(!t->sc && !context(actor_sc(t))->thread && t->priority == 20);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetSchedParams, ARGS(21, 21), CAPS(ROOT_TCB, 0, 0)),
                seL4_NoError); /* it has none */
    CHECK(!t->sc && t->priority == 21);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetSchedParams, ARGS(20, 20), CAPS(ROOT_TCB, 0, 0)), seL4_IllegalOperation);
    CHECK(fixture.root->sc && fixture.root->priority == ROOT_PRIORITY_LOW);
}

TEST(a_notification_that_ends_gives_its_context_up)
{
    fixture_boot();
    const word_t sc = context_new(1000, 1000), notification = object_new(OBJ_NOTIFICATION, 0);

    CHECK_EQUAL(bind(sc, notification), seL4_NoError);
    deleted(notification);
    CHECK(!context(sc)->notification);
    CHECK_EQUAL(bind(sc, object_new(OBJ_NOTIFICATION, 0)), seL4_NoError);
}

/* ---- YieldTo */

static struct thread *target;

/* A target and two yielders of one priority; the first yielder runs. */
static void yielders(struct thread **a, struct thread **b)
{
    actors_boot();
    target = actor_stopped(20);
    *a = actor_stopped(20);
    *b = actor_stopped(20);
    (*a)->mcp = (*b)->mcp = 20;
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(30), CAPS(ROOT_TCB)), seL4_NoError);
    thread_start(actor_tcb(*a), 0x400000);
    thread_start(actor_tcb(*b), 0x400000);
    thread_start(actor_tcb(target), 0x400000);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(ROOT_PRIORITY_LOW), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK(host_current() == *a);
}

TEST(a_context_that_two_threads_yield_to_answers_the_first_when_the_second_comes)
{
    struct thread *a, *b;

    yielders(&a, &b);
    CHECK(do_call(actor_sc(target), SchedContextYieldTo, 0) == target);
    CHECK(a->yield_to == target->sc && target->sc->yield_from == a);
    CHECK_EQUAL(do_op(actor_tcb(a), TCBSetPriority, ARGS(5), CAPS(ROOT_TCB)), seL4_NoError);
    host_advance(7 * US);
    CHECK(do_wait(object_new(OBJ_NOTIFICATION, 0)) == b);
    CHECK(a->yield_to);
    a->frame.info = 0;
    CHECK_EQUAL(target->state, THREAD_BLOCKED_ON_NOTIFICATION);
    CHECK(do_call(actor_sc(target), SchedContextYieldTo, 0) == b);      /* it does not compete: answered at once */
    CHECK(!a->yield_to && !target->sc->yield_from && !b->yield_to);
    CHECK_EQUAL(got_length(a), 1);
    CHECK(got_word(a, 0) >= 7);                 /* what it consumed since then: told once */
    CHECK_EQUAL(got_word(b, 0), 0);
}

TEST(who_yields_without_waiting_for_an_answer_gets_none)
{
    struct thread *a, *b;

    yielders(&a, &b);
    CHECK(do_send(actor_sc(target), SchedContextYieldTo, 99) == target);
    CHECK(!a->yield_to && !target->sc->yield_from);
    CHECK_EQUAL(got_word(a, 0), 99);            /* its registers stay its own */
}

TEST(nobody_yields_to_itself_or_to_more_than_it_may)
{
    struct thread *a, *b;

    yielders(&a, &b);
    CHECK(do_call(actor_sc(a), SchedContextYieldTo, 0) == a);
    CHECK_EQUAL(got_label(a), seL4_IllegalOperation);
    a->mcp = 19;
    CHECK(do_call(actor_sc(target), SchedContextYieldTo, 0) == a);
    CHECK_EQUAL(got_label(a), seL4_IllegalOperation);
    CHECK(!a->yield_to && !target->sc->yield_from);
    const word_t alone = context_new(1000, 1000);
    CHECK(do_call(alone, SchedContextYieldTo, 0) == a);
    CHECK_EQUAL(got_label(a), seL4_IllegalOperation);
}

/* ---- accounts */

TEST(what_the_running_thread_used_until_now_is_told)
{
    actors_boot();
    CHECK_EQUAL(do_op(ROOT_SC, SchedContextConsumed, NO_ARGS, NO_CAPS), seL4_NoError);
    host_advance(25 * US);
    CHECK_EQUAL(do_op(ROOT_SC, SchedContextConsumed, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), 25);
    CHECK_EQUAL(do_op(ROOT_SC, SchedContextConsumed, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(reply_word(0), 0);
}

/* What the thread that runs has left is kept; who does not run starts with the whole budget. */
TEST(a_context_that_is_configured_anew_keeps_what_was_spent_only_if_its_thread_may_run)
{
    actors_boot();
    struct thread *const t = actor_stopped(20);

    CHECK_EQUAL(configure(actor_sc(t), 400, 1000), seL4_NoError);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_advance(100 * US) == t);
    CHECK_EQUAL(configure(actor_sc(t), 400, 1000), seL4_NoError);
    CHECK_EQUAL(refill_first(t->sc)->amount, 300 * US);
    CHECK_EQUAL(do_op(actor_tcb(t), TCBSuspend, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK(host_current() == fixture.root);
    CHECK_EQUAL(configure(actor_sc(t), 400, 1000), seL4_NoError);
    CHECK_EQUAL(refill_first(t->sc)->amount, 400 * US);
    CHECK_EQUAL(t->sc->count, 1);
}

TEST(a_context_is_sporadic_until_it_is_configured_otherwise_or_its_memory_is_another)
{
    fixture_boot();
    const word_t memory = object_new(OBJ_UNTYPED, SC_MIN_BITS), sc = slot_new();
    const word_t retype[] = { OBJ_SC, SC_MIN_BITS, 0, 0, sc, 1 }, sporadic[] = { 100, 1000, 0, 0, 1 };

    for (unsigned i = 0; i < 2; i++) {
        CHECK_EQUAL(do_op(memory, UntypedRetype, 6, retype, CAPS(ROOT_CNODE)), seL4_NoError);
        CHECK(!context(sc)->sporadic);
        CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, 5, sporadic, CAPS(sc)), seL4_NoError);
        CHECK(context(sc)->sporadic);
        CHECK_EQUAL(do_op(ROOT_CNODE, CNodeDelete, ARGS(sc, WORD_BITS), NO_CAPS), seL4_NoError);
    }
    CHECK_EQUAL(do_op(memory, UntypedRetype, 6, retype, CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, 5, sporadic, CAPS(sc)), seL4_NoError);
    CHECK_EQUAL(configure(sc, 100, 1000), seL4_NoError);
    CHECK(!context(sc)->sporadic);
}

TEST(more_contexts_than_one_interrupt_releases_are_all_released)
{
    enum { MANY = 40 };
    struct thread *threads[MANY];

    actors_boot();
    for (unsigned i = 0; i < MANY; i++) {
        threads[i] = actor_stopped(20);
        CHECK_EQUAL(configure(actor_sc(threads[i]), 100, 100000), seL4_NoError);
    }
    for (unsigned i = 0; i < MANY; i++) {
        thread_start(actor_tcb(threads[i]), 0x400000);
        CHECK(host_current() == threads[i]);
        host_advance(100 * US);
        CHECK(threads[i]->sc->in_release);
    }
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(30), CAPS(ROOT_TCB)), seL4_NoError);
    CHECK_EQUAL(configure(ROOT_SC, 1000000, 1000000), seL4_NoError);
    host_advance(200000 * US);                  /* all due, long since */
    for (unsigned i = 0; i < MANY; i++)
        CHECK(!threads[i]->sc->in_release && ready_queued(threads[i]));
}

TEST(who_yields_to_a_context_that_was_never_configured_is_answered_at_once)
{
    struct thread *a, *b;

    yielders(&a, &b);
    const word_t bare = object_new(OBJ_SC, SC_MIN_BITS);
    CHECK_EQUAL(unbind(actor_sc(target), actor_tcb(target)), seL4_NoError);
    CHECK_EQUAL(bind(bare, actor_tcb(target)), seL4_NoError);
    CHECK(thread_runnable(target));
    CHECK(do_call(bare, SchedContextYieldTo, 0) == a);
    CHECK_EQUAL(got_label(a), seL4_NoError);
    CHECK(!a->yield_to && got_word(a, 0) == 0);
}
