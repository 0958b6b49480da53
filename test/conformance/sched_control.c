/* SPDX-License-Identifier: BSD-2-Clause
 * SchedControl: the parameters of scheduling contexts. */
#include "harness/conform.h"

enum { US = 1000000 };

static seL4_Error configure(seL4_CPtr sc, seL4_Time budget, seL4_Time period, seL4_Word extra)
{
    return seL4_SchedControl_Configure(sched_control, sc, budget, period, extra, 0);
}

static seL4_CPtr unconfigured(void)
{
    return make(seL4_SchedContextObject, seL4_MinSchedContextBits);
}

/* Does a thread on it run? */
static bool gives_time(seL4_CPtr sc)
{
    struct thread *t = thread_passive(HIGH);

    thread_start(t, job_nothing);
    OK(seL4_SchedContext_Bind(sc, t->tcb));
    return t->finished;
}

CASE(a_new_context_gives_no_time, "§6.1.8")
{
    CHECK(!gives_time(unconfigured()));
}

CASE(a_configured_context_gives_time, "§6.1.8")
{
    const seL4_CPtr sc = unconfigured();

    OK(configure(sc, 1000, 2000, 0));
    CHECK(gives_time(sc));
}

CASE(configuring_a_bound_context_starts_its_thread, "§6.1.8")
{
    const seL4_CPtr sc = unconfigured();
    struct thread *t = thread_passive(HIGH);

    OK(seL4_SchedContext_Bind(sc, t->tcb));
    thread_start(t, job_nothing);
    CHECK(!t->finished);
    OK(configure(sc, 1000, 1000, 0));
    CHECK(t->finished);
}

CASE(a_budget_above_the_period_is_out_of_range, "API seL4_SchedControl_ConfigureFlags")
{
    const seL4_CPtr sc = unconfigured();

    REFUSED(seL4_RangeError, configure(sc, 2001, 2000, 0));
    CHECK_EQUAL(seL4_GetMR(1), 2000);
    CHECK(!gives_time(sc));
}

CASE(a_budget_of_nothing_is_out_of_range, "API seL4_SchedControl_ConfigureFlags")
{
    const seL4_CPtr sc = unconfigured();

    REFUSED(seL4_RangeError, configure(sc, 0, 2000, 0));
    CHECK(seL4_GetMR(0) > 0 && seL4_GetMR(1) > US);
    REFUSED(seL4_RangeError, configure(sc, 0, 0, 0));
    CHECK(!gives_time(sc));
}

CASE(the_least_budget_is_accepted, "API seL4_SchedControl_ConfigureFlags")
{
    const seL4_CPtr sc = unconfigured();

    REFUSED(seL4_RangeError, configure(sc, 0, 0, 0));
    const seL4_Word least = seL4_GetMR(0);
    REFUSED(seL4_RangeError, configure(sc, least - 1, 2000, 0));
    OK(configure(sc, least, 2000, 0));
    CHECK(gives_time(sc));
}

CASE(the_longest_period_is_accepted_and_no_longer_one, "API seL4_SchedControl_ConfigureFlags")
{
    const seL4_CPtr sc = unconfigured();

    REFUSED(seL4_RangeError, configure(sc, ~0ul, ~0ul, 0));
    const seL4_Word most = seL4_GetMR(1);
    REFUSED(seL4_RangeError, configure(sc, 1000, most + 1, 0));
    OK(configure(sc, 1000, most, 0));
    OK(configure(sc, most, most, 0));
    CHECK(gives_time(sc));
}

CASE(extra_refills_are_limited_by_the_contexts_size, "§6.1.6")
{
    const seL4_Word bits = seL4_MinSchedContextBits + 1;
    const seL4_CPtr sc = make(seL4_SchedContextObject, bits);

    OK(configure(sc, 1000, 2000, seL4_MaxExtraRefills(bits)));
    REFUSED_SAYING(seL4_RangeError, 0, configure(sc, 1000, 2000, 1ul << bits));
    const seL4_Word most = seL4_GetMR(1);
    CHECK(most >= seL4_MaxExtraRefills(bits));
    REFUSED(seL4_RangeError, configure(sc, 1000, 2000, most + 1));
    OK(configure(sc, 1000, 2000, most));
    CHECK(gives_time(sc));
}

CASE(only_contexts_are_configured, "§10.1 Invalid Capability")
{
    REFUSED_SAYING(seL4_InvalidCapability, 1, configure(endpoint_new(), 1000, 1000, 0));
}

CASE(a_configuration_that_is_refused_leaves_the_old_one, "API seL4_SchedControl_ConfigureFlags")
{
    const seL4_CPtr sc = context_new(1000, 2000);

    REFUSED(seL4_RangeError, configure(sc, 0, 2000, 0));
    REFUSED(seL4_RangeError, configure(sc, 3000, 2000, 0));
    CHECK(gives_time(sc));
}

CASE(the_caller_can_configure_its_own_context, "§6.1.8")
{
    OK(configure(self_sc, US, US, 0));
    seL4_Yield();
    OK(configure(self_sc, 2 * US, 2 * US, 0));
}

CASE(a_running_threads_context_can_be_configured_again, "§6.1.8")
{
    struct thread *t = waiter(notification_new(), HIGH);

    OK(configure(t->sc, 5000, 10000, 0));
    seL4_Signal(t->cap);
    CHECK(t->returned);
}

CASE(sched_control_does_nothing_else, "§10.1 Illegal Operation")
{
    REFUSED(seL4_IllegalOperation, seL4_TCB_Suspend(sched_control));
}
