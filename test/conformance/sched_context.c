/* SPDX-License-Identifier: BSD-2-Clause
 * SchedContext: binding, time that was used, YieldTo. */
#include "harness/conform.h"

CASE(a_context_is_bound_to_one_thread, "API seL4_SchedContext_Bind")
{
    struct thread *a = thread_new(LOW), *b = thread_passive(LOW);

    REFUSED(seL4_IllegalOperation, seL4_SchedContext_Bind(a->sc, b->tcb));
    OK(seL4_SchedContext_UnbindObject(a->sc, a->tcb));
    OK(seL4_SchedContext_Bind(a->sc, b->tcb));
}

CASE(a_thread_has_one_context, "API seL4_SchedContext_Bind")
{
    struct thread *t = thread_new(LOW);
    const seL4_CPtr other = context_new(1000, 1000);

    REFUSED(seL4_IllegalOperation, seL4_SchedContext_Bind(other, t->tcb));
    OK(seL4_SchedContext_Bind(other, thread_passive(LOW)->tcb));
}

CASE(a_context_is_bound_to_one_notification_and_the_other_way_round, "API seL4_SchedContext_Bind")
{
    const seL4_CPtr sc = context_new(1000, 1000), a = notification_new(), b = notification_new();

    OK(seL4_SchedContext_Bind(sc, a));
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_Bind(sc, b));
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_Bind(context_new(1000, 1000), a));
    OK(seL4_SchedContext_UnbindObject(sc, a));
    OK(seL4_SchedContext_Bind(sc, b));
}

CASE(a_context_is_bound_to_threads_and_notifications_only, "API seL4_SchedContext_Bind")
{
    const seL4_CPtr sc = context_new(1000, 1000);

    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_SchedContext_Bind(sc, endpoint_new()));
    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_SchedContext_UnbindObject(sc, endpoint_new()));
}

CASE(a_runnable_thread_runs_when_it_gets_a_context, "§6.1.6")
{
    struct thread *t = thread_passive(HIGH);

    thread_start(t, job_nothing);
    CHECK(!t->finished);
    OK(seL4_SchedContext_Bind(context_new(1000, 1000), t->tcb));
    CHECK(t->finished);
}

CASE(an_unbound_thread_runs_no_more, "§6.1.7")
{
    struct thread *t = thread_new(LOW);

    thread_start(t, job_spin);
    OK(seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    others_run();
    CHECK_EQUAL(t->returned, 0);
}

CASE(an_unbound_thread_stays_in_its_queue, "§6.1.7")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *s = sender(endpoint, HIGH, 9);

    OK(seL4_SchedContext_UnbindObject(s->sc, s->tcb));
    seL4_Recv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_GetMR(0), 9);
    CHECK(!s->returned);
    OK(seL4_SchedContext_Bind(s->sc, s->tcb));
    CHECK(s->returned);
}

CASE(what_is_not_bound_is_not_unbound, "API seL4_SchedContext_UnbindObject")
{
    struct thread *a = thread_new(LOW), *b = thread_new(LOW);

    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(a->sc, b->tcb));
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(a->sc, notification_new()));
    OK(seL4_SchedContext_UnbindObject(a->sc, a->tcb));
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(a->sc, a->tcb));
}

CASE(a_thread_does_not_take_its_own_context_away, "API seL4_SchedContext_Unbind")
{
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_Unbind(self_sc));
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(self_sc, self));
}

CASE(unbind_takes_both_bindings, "API seL4_SchedContext_Unbind")
{
    const seL4_CPtr notification = notification_new();
    struct thread *t = thread_new(LOW);

    OK(seL4_SchedContext_Bind(t->sc, notification));
    OK(seL4_SchedContext_Unbind(t->sc));
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    REFUSED(seL4_IllegalOperation, seL4_SchedContext_UnbindObject(t->sc, notification));
    OK(seL4_SchedContext_Unbind(t->sc));
}

/* ---- time */

CASE(consumed_counts_from_the_last_time_that_it_was_asked, "API seL4_SchedContext_Consumed")
{
    const seL4_Time longer = spin(3000), shorter = spin(1000);

    CHECK(longer >= 3000 && longer < 4000);
    CHECK(shorter >= 1000 && shorter < 2000);
}

CASE(consumed_is_of_its_context_alone, "API seL4_SchedContext_Consumed")
{
    struct thread *t = thread_new(HIGH);

    spin(2000);
    const seL4_SchedContext_Consumed_t got = seL4_SchedContext_Consumed(t->sc);
    CHECK_EQUAL(got.error, seL4_NoError);
    CHECK_EQUAL(got.consumed, 0);
}

CASE(consumed_counts_what_another_did_on_a_lent_context, "§6.1.9")
{
    const seL4_CPtr endpoint = endpoint_new();

    passive_spinner(endpoint, reply_new(), 2000);
    (void)seL4_SchedContext_Consumed(self_sc);
    seL4_Call(endpoint, tag(0, 0, 0));
    const seL4_SchedContext_Consumed_t got = seL4_SchedContext_Consumed(self_sc);
    CHECK(got.consumed >= 2000);
}

CASE(yield_to_runs_the_contexts_thread, "API seL4_SchedContext_YieldTo")
{
    struct thread *first = thread_new(RUNNER), *t = thread_new(RUNNER);

    thread_start(first, job_nothing);
    thread_start(t, job_nothing);
    const seL4_SchedContext_YieldTo_t got = seL4_SchedContext_YieldTo(t->sc);
    CHECK_EQUAL(got.error, seL4_NoError);
    CHECK(t->finished && !first->finished);
}

CASE(yield_to_says_how_long_the_other_ran, "API seL4_SchedContext_YieldTo")
{
    struct thread *t = thread_new(RUNNER);

    thread_start(t, job_spin);
    struct thread *timer = timer_new(3000, t->tcb);     /* ends the other's turn */
    const seL4_SchedContext_YieldTo_t got = seL4_SchedContext_YieldTo(t->sc);
    CHECK_EQUAL(got.error, seL4_NoError);
    CHECK(got.consumed >= 2000 && got.consumed < 5000);
    CHECK(timer->finished);
}

CASE(yield_to_a_thread_of_lower_priority_runs_nobody, "API seL4_SchedContext_YieldTo")
{
    struct thread *t = thread_new(LOW);

    thread_start(t, job_nothing);
    CHECK_EQUAL(seL4_SchedContext_YieldTo(t->sc).error, seL4_NoError);
    CHECK(!t->finished);
}

CASE(yield_to_puts_a_thread_of_lower_priority_before_its_equals, "API seL4_SchedContext_YieldTo")
{
    struct thread *first = thread_new(LOW), *t = thread_new(LOW);

    thread_start(first, job_spin);
    thread_start(t, job_nothing);
    CHECK_EQUAL(seL4_SchedContext_YieldTo(t->sc).error, seL4_NoError);
    others_run_for(2000);
    CHECK(t->finished);
}

CASE(yield_to_needs_a_bound_context, "API seL4_SchedContext_YieldTo")
{
    CHECK_EQUAL(seL4_SchedContext_YieldTo(context_new(1000, 1000)).error, seL4_IllegalOperation);
}

CASE(yield_to_oneself_is_refused, "API seL4_SchedContext_YieldTo")
{
    CHECK_EQUAL(seL4_SchedContext_YieldTo(self_sc).error, seL4_IllegalOperation);
}

CASE(yield_to_a_thread_above_ones_maximum_is_refused, "API seL4_SchedContext_YieldTo")
{
    struct thread *t = waiter(notification_new(), HIGH);

    OK(seL4_TCB_SetMCPriority(self, self, HIGH - 1));
    CHECK_EQUAL(seL4_SchedContext_YieldTo(t->sc).error, seL4_IllegalOperation);
}

CASE(yield_to_a_thread_that_waits_returns_at_once, "API seL4_SchedContext_YieldTo")
{
    struct thread *t = waiter(notification_new(), HIGH);

    CHECK_EQUAL(seL4_SchedContext_YieldTo(t->sc).error, seL4_NoError);
    CHECK(!t->returned);
}
