/* SPDX-License-Identifier: BSD-2-Clause
 * Budgets, periods and time-outs. Time is counted on the runner's own context while it runs, and by a thread of which
 * the kernel says when its next period begins while it waits. */
#include "harness/conform.h"

/* What a spinning thread of higher priority used while the runner used so much. */
static seL4_Time used_while(const struct thread *t, seL4_Time us)
{
    (void)seL4_SchedContext_Consumed(t->sc);
    spin(us);
    const seL4_SchedContext_Consumed_t got = seL4_SchedContext_Consumed(t->sc);
    OK(got.error);
    return got.consumed;
}

static struct thread *spinner(seL4_Word priority, seL4_Time budget, seL4_Time period)
{
    struct thread *t = thread_passive(priority);

    t->sc = context_new(budget, period);
    OK(seL4_SchedContext_Bind(t->sc, t->tcb));
    thread_start(t, job_spin);
    return t;
}

CASE(a_thread_runs_no_longer_than_its_budget_in_a_period, "§6.1.6")
{
    struct thread *t = spinner(HIGH, 2000, 10000);
    const seL4_Time used = used_while(t, 40000);        /* in about 50 ms */

    /* Perhaps not all of it: of a budget that is interrupted the two refills return the pieces late. */
    CHECK(used >= 4000 && used <= 12000);
}

CASE(a_thread_gets_its_budget_again_each_period, "§6.1.6")
{
    struct thread *t = spinner(HIGH, 1000, 5000);

    for (int i = 0; i < 3; i++) {
        const seL4_Time used = used_while(t, 8000);     /* two periods */

        CHECK(used >= 1000 && used <= 3000);
    }
}

CASE(a_context_whose_budget_is_its_period_is_never_out_of_time, "§6.1.6")
{
    struct thread *t = spinner(LOW, 1000, 1000);

    others_run_for(20000);
    CHECK(seL4_SchedContext_Consumed(t->sc).consumed >= 18000);
}

CASE(threads_of_equal_priority_take_turns_by_budget, "§6.1.6")
{
    struct thread *a = spinner(LOW, 1000, 1000), *b = spinner(LOW, 1000, 1000);

    others_run_for(20000);
    const seL4_Time of_a = seL4_SchedContext_Consumed(a->sc).consumed, of_b = seL4_SchedContext_Consumed(b->sc).consumed;
    CHECK(of_a >= 8000 && of_b >= 8000 && of_a + of_b <= 22000);
}

CASE(a_thread_with_time_left_is_not_interrupted_by_its_equals, "§6.1.6")
{
    struct thread *a = spinner(LOW, 100000, 100000), *b = spinner(LOW, 1000, 1000);

    others_run_for(20000);
    CHECK(a->returned && !b->returned);
}

CASE(yield_gives_the_rest_of_the_budget_away, "§6.1.6")
{
    struct thread *t = thread_passive(HIGH);

    t->sc = context_new(2000, 20000);
    OK(seL4_SchedContext_Bind(t->sc, t->tcb));
    thread_start(t, job_yield);
    CHECK(!t->finished);                                /* not before its next period */
    spin(10000);
    CHECK(!t->finished);
    spin(15000);
    CHECK(t->finished);
}

CASE(a_waiting_threads_budget_does_not_grow, "§6.1.6")
{
    const seL4_CPtr notification = notification_new();
    struct thread *t = thread_passive(HIGH);

    t->sc = context_new(2000, 10000);
    OK(seL4_SchedContext_Bind(t->sc, t->tcb));
    t->cap = notification;
    thread_start(t, job_wait_and_spin);
    spin(40000);                                        /* four periods pass */
    seL4_Signal(notification);
    CHECK(used_while(t, 16000) <= 6000);
}

CASE(a_context_without_budget_keeps_its_thread_from_running, "§6.1.6")
{
    struct thread *t = spinner(HIGH, 2000, 50000), *u;

    OK(seL4_TCB_Suspend(t->tcb));                       /* its budget is used up */
    OK(seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    u = thread_passive(HIGH);
    thread_start(u, job_nothing);
    OK(seL4_SchedContext_Bind(t->sc, u->tcb));
    CHECK(!u->finished);
    spin(60000);
    CHECK(u->finished);
}

CASE(a_context_that_is_configured_while_its_thread_is_stopped_starts_with_its_whole_budget, "§6.1.8")
{
    struct thread *t = spinner(HIGH, 2000, 50000);

    OK(seL4_TCB_Suspend(t->tcb));
    (void)seL4_SchedContext_Consumed(t->sc);
    OK(seL4_SchedControl_Configure(sched_control, t->sc, 3000, 50000, 0, 0));
    OK(seL4_TCB_Resume(t->tcb));
    const seL4_Time used = seL4_SchedContext_Consumed(t->sc).consumed;
    CHECK(used >= 2900 && used < 4000);
}

CASE(a_context_in_use_that_is_configured_again_has_no_more_than_before, "seL4_SchedControl_ConfigureFlags")
{
    struct thread *t = spinner(HIGH, 2000, 50000);

    (void)seL4_SchedContext_Consumed(t->sc);
    OK(seL4_SchedControl_Configure(sched_control, t->sc, 2000, 50000, 0, 0));
    CHECK(seL4_SchedContext_Consumed(t->sc).consumed < 100);
    CHECK(used_while(t, 60000) <= 2100);
}

/* ---- time-out faults */

static struct thread *timed(seL4_CPtr endpoint, seL4_Word badge, seL4_Time budget, seL4_Time period)
{
    struct thread *t = thread_passive(HIGH);

    t->sc = make(seL4_SchedContextObject, seL4_MinSchedContextBits);
    OK(seL4_SchedControl_Configure(sched_control, t->sc, budget, period, 0, badge));
    OK(seL4_SchedContext_Bind(t->sc, t->tcb));
    OK(seL4_TCB_SetTimeoutEndpoint(t->tcb, endpoint));
    thread_start(t, job_spin);
    return t;
}

CASE(a_thread_out_of_budget_raises_a_time_out, "§6.2.6")
{
    const seL4_CPtr endpoint = endpoint_new();

    timed(endpoint, 0x44, 2000, 50000);
    const seL4_MessageInfo_t info = seL4_NBRecv(endpoint, NULL, reply_new());
    CHECK_EQUAL(seL4_MessageInfo_get_label(info), seL4_Fault_Timeout);
    CHECK_EQUAL(seL4_MessageInfo_get_length(info), seL4_Timeout_Length);
    CHECK_EQUAL(seL4_GetMR(seL4_Timeout_Data), 0x44);
    CHECK(seL4_GetMR(seL4_Timeout_Consumed) >= 1900 && seL4_GetMR(seL4_Timeout_Consumed) < 3000);
}

CASE(a_time_outs_badge_is_that_of_its_handlers_capability, "§6.1.11")
{
    const seL4_CPtr endpoint = endpoint_new();
    seL4_Word badge = 0;

    timed(mint(endpoint, 0x55), 0, 2000, 50000);
    seL4_NBRecv(endpoint, &badge, reply_new());
    CHECK_EQUAL(badge, 0x55);
}

CASE(an_answered_time_out_goes_on_in_the_next_period, "§6.1.11")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *t = timed(endpoint, 0, 2000, 20000);

    seL4_NBRecv(endpoint, NULL, reply);
    const unsigned before = t->returned;
    seL4_Send(reply, tag(0, 0, 0));
    spin(5000);
    CHECK_EQUAL(t->returned, before);
    spin(20000);
    CHECK(t->returned > before);
}

CASE(a_thread_that_waits_for_its_time_out_handler_does_not_run, "§6.2.6")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = timed(endpoint, 0, 2000, 5000);
    const unsigned before = t->returned;

    spin(20000);
    CHECK_EQUAL(t->returned, before);
}

CASE(an_answer_to_a_time_out_sets_registers, "§6.2.6")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *t = timed(endpoint, 0, 2000, 10000);
    seL4_UserContext registers;

    seL4_NBRecv(endpoint, NULL, reply);
    thread_registers(t, job_nothing, &registers);
    for (int i = 0; i < 4; i++)
        seL4_SetMR(i, ((const seL4_Word *)&registers)[i]);
    seL4_Send(reply, tag(0, 0, 4));
    spin(15000);
    CHECK(t->finished);
}

CASE(an_answer_with_a_label_leaves_a_timed_out_thread_stopped, "§6.2.6")
{
    const seL4_CPtr endpoint = endpoint_new(), reply = reply_new();
    struct thread *t = timed(endpoint, 0, 2000, 5000);
    const unsigned before = t->returned;

    seL4_NBRecv(endpoint, NULL, reply);
    seL4_Send(reply, tag(1, 0, 0));
    spin(20000);
    CHECK_EQUAL(t->returned, before);
}

CASE(without_a_time_out_handler_a_thread_waits_for_its_budget, "§6.1.11")
{
    struct thread *t = spinner(HIGH, 2000, 10000);
    const unsigned before = t->returned;

    spin(20000);
    CHECK(t->returned > before);
}

CASE(a_time_out_handler_that_is_taken_away_hears_nothing, "API seL4_TCB_SetTimeoutEndpoint")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = thread_passive(HIGH);

    OK(seL4_TCB_SetTimeoutEndpoint(t->tcb, endpoint));
    OK(seL4_TCB_SetTimeoutEndpoint(t->tcb, seL4_CapNull));
    OK(seL4_SchedContext_Bind(context_new(2000, 20000), t->tcb));
    thread_start(t, job_spin);
    CHECK(nothing_at(endpoint));
}

CASE(a_passive_server_out_of_its_callers_budget_times_out, "§6.1.11")
{
    const seL4_CPtr endpoint = endpoint_new(), timeouts = endpoint_new(), reply = reply_new();
    struct thread *server = passive_spinner(endpoint, reply, 1000000), *c = thread_passive(HIGH);

    OK(seL4_TCB_SetTimeoutEndpoint(server->tcb, timeouts));
    c->sc = make(seL4_SchedContextObject, seL4_MinSchedContextBits);
    OK(seL4_SchedControl_Configure(sched_control, c->sc, 2000, 50000, 0, 0x66));
    OK(seL4_SchedContext_Bind(c->sc, c->tcb));
    c->cap = endpoint;
    thread_start(c, job_call);
    CHECK_EQUAL(seL4_MessageInfo_get_label(seL4_NBRecv(timeouts, NULL, reply_new())), seL4_Fault_Timeout);
    CHECK_EQUAL(seL4_GetMR(seL4_Timeout_Data), 0x66);
    seL4_Send(reply, tag(5, 0, 0));                     /* for the server: its caller goes on */
    spin(60000);
    CHECK(c->returned && seL4_MessageInfo_get_label(c->tag) == 5);
}
