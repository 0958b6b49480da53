/* SPDX-License-Identifier: BSD-2-Clause
 * Priorities and maximum controlled priorities, and what they decide. */
#include "harness/conform.h"

CASE(the_thread_of_highest_priority_runs, "§6.1.4")
{
    struct thread *low = thread_new(LOW), *high = thread_new(HIGH);

    thread_start(low, job_nothing);
    CHECK(!low->finished);
    thread_start(high, job_nothing);
    CHECK(high->finished);
    others_run();
    CHECK(low->finished);
}

CASE(a_thread_of_equal_priority_waits_for_its_turn, "§6.1.6")
{
    struct thread *t = thread_new(RUNNER);

    thread_start(t, job_nothing);
    CHECK(!t->finished);
    seL4_Yield();
    CHECK(t->finished);
}

CASE(raising_a_threads_priority_makes_it_run, "§6.1.4")
{
    struct thread *t = thread_new(LOW);

    thread_start(t, job_nothing);
    CHECK(!t->finished);
    OK(seL4_TCB_SetPriority(t->tcb, self, HIGH));
    CHECK(t->finished);
}

CASE(lowering_ones_own_priority_lets_others_run, "§6.1.4")
{
    struct thread *t = thread_new(LOW);

    thread_start(t, job_nothing);
    OK(seL4_TCB_SetPriority(self, self, LOW - 1));
    CHECK(t->finished);
}

CASE(lowering_a_ready_threads_priority_keeps_it_ready, "§6.1.4")
{
    struct thread *t = thread_new(LOW), *u = thread_new(LOW);

    thread_start(t, job_nothing);
    thread_start(u, job_spin);
    OK(seL4_TCB_SetPriority(t->tcb, self, LOW - 10));
    OK(seL4_TCB_SetPriority(t->tcb, self, LOW + 5));
    OK(seL4_TCB_SetPriority(self, self, LOW + 1));
    CHECK(t->finished && !u->returned);
}

CASE(no_priority_above_the_authoritys_maximum_is_given, "§6.1.4")
{
    struct thread *t = thread_new(LOW);

    REFUSED_SAYING(seL4_RangeError, seL4_MinPrio, seL4_TCB_SetPriority(t->tcb, self, RUNNER_MCP + 1));
    CHECK_EQUAL(seL4_GetMR(1), RUNNER_MCP);
    thread_start(t, job_nothing);
    CHECK(!t->finished);
    OK(seL4_TCB_SetPriority(t->tcb, self, RUNNER_MCP));
    CHECK(t->finished);
}

CASE(no_maximum_above_the_authoritys_is_given, "§6.1.4")
{
    struct thread *t = thread_new(LOW);

    REFUSED_SAYING(seL4_RangeError, seL4_MinPrio, seL4_TCB_SetMCPriority(t->tcb, self, RUNNER_MCP + 1));
    CHECK_EQUAL(seL4_GetMR(1), RUNNER_MCP);
    REFUSED(seL4_RangeError, seL4_TCB_SetPriority(t->tcb, t->tcb, LOW + 1));
    OK(seL4_TCB_SetMCPriority(t->tcb, self, RUNNER_MCP));
    OK(seL4_TCB_SetPriority(t->tcb, t->tcb, LOW + 1));
}

CASE(the_authority_is_the_thread_that_is_given_and_not_the_caller, "§6.1.4")
{
    struct thread *weak = thread_new(LOW);

    REFUSED_SAYING(seL4_RangeError, seL4_MinPrio, seL4_TCB_SetPriority(self, weak->tcb, LOW + 1));
    CHECK_EQUAL(seL4_GetMR(1), LOW);
    OK(seL4_TCB_SetPriority(weak->tcb, weak->tcb, LOW));
}

CASE(a_priority_beyond_all_is_out_of_range, "§6.1.4")
{
    REFUSED(seL4_RangeError, seL4_TCB_SetPriority(self, self, seL4_MaxPrio + 1));
    REFUSED(seL4_RangeError, seL4_TCB_SetPriority(self, self, ~0ul));
    REFUSED(seL4_RangeError, seL4_TCB_SetMCPriority(self, self, 256 + LOW));
}

CASE(the_authority_must_be_a_thread, "§10.1 Invalid Capability")
{
    struct thread *t = thread_new(LOW);
    const seL4_CPtr other = endpoint_new();

    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_TCB_SetPriority(t->tcb, other, LOW));
    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_TCB_SetMCPriority(t->tcb, other, LOW));
    REFUSED_SAYING(seL4_InvalidCapability, 1, seL4_TCB_SetSchedParams(t->tcb, other, LOW, LOW, seL4_CapNull, seL4_CapNull));
}

CASE(setschedparams_sets_both_priorities, "API seL4_TCB_SetSchedParams")
{
    struct thread *t = thread_passive(LOW);
    const seL4_CPtr sc = context_new(1000, 1000);

    thread_start(t, job_nothing);
    OK(seL4_TCB_SetSchedParams(t->tcb, self, LOW + 3, HIGH, sc, seL4_CapNull));
    CHECK(t->finished);
    REFUSED(seL4_RangeError, seL4_TCB_SetPriority(t->tcb, t->tcb, LOW + 4));
    OK(seL4_TCB_SetPriority(t->tcb, t->tcb, LOW + 3));
}

CASE(setschedparams_that_is_refused_changes_nothing, "API seL4_TCB_SetSchedParams")
{
    struct thread *t = thread_passive(LOW);
    const seL4_CPtr sc = context_new(1000, 1000);

    thread_start(t, job_nothing);
    REFUSED(seL4_RangeError, seL4_TCB_SetSchedParams(t->tcb, self, RUNNER_MCP + 1, HIGH, sc, seL4_CapNull));
    REFUSED(seL4_RangeError, seL4_TCB_SetSchedParams(t->tcb, self, HIGH, RUNNER_MCP + 1, sc, seL4_CapNull));
    REFUSED_SAYING(seL4_InvalidCapability, 2, seL4_TCB_SetSchedParams(t->tcb, self, HIGH, HIGH, t->tcb, seL4_CapNull));
    REFUSED_SAYING(seL4_InvalidCapability, 3, seL4_TCB_SetSchedParams(t->tcb, self, HIGH, HIGH, sc, t->tcb));
    CHECK(!t->finished);
    OK(seL4_SchedContext_Bind(sc, t->tcb));
    CHECK(!t->finished);
    REFUSED(seL4_RangeError, seL4_TCB_SetPriority(t->tcb, t->tcb, LOW + 1));
}

CASE(setschedparams_takes_the_context_of_another_thread_away_if_told_none, "API seL4_TCB_SetSchedParams")
{
    struct thread *t = thread_new(LOW);

    OK(seL4_TCB_SetSchedParams(t->tcb, self, LOW, LOW, seL4_CapNull, seL4_CapNull));
    thread_start(t, job_nothing);
    others_run();
    CHECK(!t->finished);
    OK(seL4_SchedContext_Bind(t->sc, t->tcb));
}

CASE(setschedparams_leaves_the_caller_its_context, "API seL4_TCB_SetSchedParams")
{
    REFUSED(seL4_IllegalOperation, seL4_TCB_SetSchedParams(self, self, RUNNER, RUNNER, seL4_CapNull, seL4_CapNull));
}

CASE(setschedparams_gives_no_second_context, "API seL4_TCB_SetSchedParams")
{
    struct thread *t = thread_new(LOW);
    const seL4_CPtr sc = context_new(1000, 1000);

    REFUSED(seL4_IllegalOperation, seL4_TCB_SetSchedParams(t->tcb, self, LOW, LOW, sc, seL4_CapNull));
    OK(seL4_SchedContext_Bind(sc, thread_passive(LOW)->tcb));
    REFUSED(seL4_IllegalOperation, seL4_TCB_SetSchedParams(thread_passive(LOW)->tcb, self, LOW, LOW, sc, seL4_CapNull));
}

CASE(yield_with_nobody_else_returns, "§2.2")
{
    seL4_Yield();
    struct thread *t = thread_new(LOW);
    thread_start(t, job_nothing);
    seL4_Yield();
    CHECK(!t->finished);
}

CASE(threads_of_equal_priority_run_in_the_order_in_which_they_became_ready, "§6.1.6")
{
    struct thread *t[4];
    unsigned order = 0;

    for (int i = 0; i < 4; i++) {
        t[i] = thread_new(RUNNER);
        thread_start(t[i], job_nothing);
    }
    for (int i = 0; i < 4; i++)
        order += t[i]->returned;
    CHECK_EQUAL(order, 0);
    seL4_Yield();
    CHECK(t[0]->finished && t[1]->finished && t[2]->finished && t[3]->finished);
}
