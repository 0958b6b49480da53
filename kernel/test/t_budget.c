/* SPDX-License-Identifier: BSD-2-Clause
 * Budget: what sleeping, being preempted and yielding do to it. */
#include "actors.h"

#include "../object/sched_context.h"

enum { BUDGET_US = 100, PERIOD_US = 1000, US = 10 /* ticks */, SPORADIC = 1 };

static void limit(const struct thread *t, word_t flags)
{
    CHECK_EQUAL(do_op(fixture.sched_control, SchedControlConfigureFlags, ARGS(BUDGET_US, PERIOD_US, 0, 0, flags),
                      CAPS(actor_sc(t))), seL4_NoError);
}

/* How long does it run without a break, when it is woken after it slept so long? */
static ticks_t run_after_sleep(word_t flags, unsigned sleep_us)
{
    actors_boot();
    struct thread *const t = actor_stopped(50);
    const word_t notification = object_new(OBJ_NOTIFICATION, 0);
    ticks_t ran = 0;

    limit(t, flags);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_current() == t);
    do_wait(notification);
    host_advance(sleep_us * US);
    CHECK(host_current() == fixture.root);
    CHECK(do_signal(notification) == t);
    for (; host_current() == t && ran < 100 * PERIOD_US * US; ran += US)
        host_advance(US);
    return ran / US;
}

TEST(a_constant_bandwidth_context_saves_up_no_budget_while_it_sleeps)
{
    CHECK_EQUAL(run_after_sleep(0, 50 * PERIOD_US), BUDGET_US);
}

TEST(a_sporadic_context_saves_up_no_budget_while_it_sleeps)
{
    CHECK_EQUAL(run_after_sleep(SPORADIC, 50 * PERIOD_US), BUDGET_US);
}

/* The more important thread runs for long, and the other waits with its budget. */
TEST(a_constant_bandwidth_context_saves_up_no_budget_while_others_run)
{
    actors_boot();
    struct thread *const low = actor_stopped(50), *const high = actor_stopped(60);
    const word_t notification = object_new(OBJ_NOTIFICATION, 0);
    ticks_t ran = 0;

    limit(low, 0);
    thread_start(actor_tcb(high), 0x400000);
    CHECK(host_current() == high);
    CHECK_EQUAL(do_op(ROOT_TCB, TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    CHECK_EQUAL(do_op(actor_tcb(low), TCBResume, NO_ARGS, NO_CAPS), seL4_NoError);
    host_advance(50 * PERIOD_US * US);
    CHECK(do_wait(notification) == low);
    for (; host_current() == low && ran < 100 * PERIOD_US * US; ran += US)
        host_advance(US);
    CHECK_EQUAL(ran / US, BUDGET_US);
}

TEST(who_yields_waits_for_its_next_refill_and_raises_no_time_out)
{
    actors_boot();
    struct thread *const t = actor_stopped(50);

    CHECK_EQUAL(do_op(actor_tcb(t), TCBSetTimeoutEndpoint, NO_ARGS, CAPS(object_new(OBJ_ENDPOINT, 0))), seL4_NoError);
    limit(t, 0);
    thread_start(actor_tcb(t), 0x400000);
    CHECK(host_current() == t);
    do_yield();
    CHECK_EQUAL(t->fault.kind, FAULT_NONE);
    CHECK(t->sc->in_release && host_current() == fixture.root);
}
