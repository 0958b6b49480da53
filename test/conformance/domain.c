/* SPDX-License-Identifier: BSD-2-Clause
 * Domains: who runs in whose turn, and what the schedule may say. The runner is in domain 0, for ever unless a case says
 * otherwise; the driver puts the schedule back. */
#include "harness/conform.h"

enum { OURS = 0, OTHER = 1, LAST = CONFIG_NUM_DOMAINS - 1 };
#define TURN     ((seL4_Time)CONFIG_TIMER_FREQUENCY / 1000)
#define LONGEST  (~0ul >> 8)

static void move(struct thread *t, seL4_Uint8 domain)
{
    OK(seL4_DomainSet_Set(seL4_CapDomain, domain, t->tcb));
}

static void turn(seL4_Word index, seL4_Uint8 domain, seL4_Time duration)
{
    OK(seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, index, domain, duration));
}

/* The runner goes on until it has happened, in its turns. */
static void wait_for(const volatile bool *happened)
{
    while (!*happened)
        ;
}

CASE(a_thread_of_another_domain_does_not_run_in_ours, "§6.3")
{
    struct thread *t = thread_new(HIGH);

    move(t, OTHER);
    thread_start(t, job_nothing);
    CHECK(!t->finished);
}

CASE(a_thread_that_comes_to_our_domain_runs_by_its_priority, "§6.3")
{
    struct thread *t = thread_new(HIGH);

    move(t, LAST);
    thread_start(t, job_nothing);
    move(t, OURS);
    CHECK(t->finished);
}

CASE(a_thread_of_another_domain_runs_in_its_turn, "§6.3")
{
    struct thread *t = thread_new(LOW);

    move(t, OTHER);
    thread_start(t, job_nothing);
    turn(0, OURS, TURN);
    turn(1, OTHER, TURN);
    OK(seL4_DomainSet_ScheduleSetStart(seL4_CapDomain, 0));
    wait_for(&t->finished);
}

CASE(the_schedule_begins_anew_at_its_end, "§6.3")
{
    struct thread *t = thread_new(LOW);

    turn(0, OURS, TURN);
    turn(1, OTHER, TURN);
    turn(3, LAST, TURN);        /* behind the end */
    OK(seL4_DomainSet_ScheduleSetStart(seL4_CapDomain, 0));
    for (unsigned round = 0; round < 3; round++) {
        t = thread_new(LOW);
        move(t, OTHER);
        thread_start(t, job_nothing);
        wait_for(&t->finished);
    }
    t = thread_new(HIGH);
    move(t, LAST);
    thread_start(t, job_nothing);
    spin(5000);
    CHECK(!t->finished);
}

CASE(a_turn_begins_at_once_when_the_schedule_is_told_to_start_there, "§6.3")
{
    struct thread *t = thread_new(HIGH);

    move(t, OTHER);
    thread_start(t, job_nothing);
    turn(4, OTHER, TURN);
    turn(5, OURS, LONGEST);
    OK(seL4_DomainSet_ScheduleSetStart(seL4_CapDomain, 4));
    CHECK(t->finished);
}

CASE(a_message_to_another_domain_is_taken_there, "§6.3")
{
    const seL4_CPtr endpoint = endpoint_new();
    struct thread *t = receiver(endpoint, reply_new(), HIGH);

    move(t, OTHER);
    seL4_SetMR(0, 7);
    seL4_Send(endpoint, tag(0, 0, 1));
    CHECK(!t->returned);
    move(t, OURS);
    CHECK_EQUAL(t->returned, 1);
    CHECK_EQUAL(t->word[0], 7);
}

CASE(there_are_as_many_domains_as_the_configuration_says, "seL4_DomainSet_Set")
{
    struct thread *t = thread_new(LOW);

    REFUSED_SAYING(seL4_InvalidArgument, 0, seL4_DomainSet_Set(seL4_CapDomain, CONFIG_NUM_DOMAINS, t->tcb));
}

CASE(only_a_thread_has_a_domain, "seL4_DomainSet_Set")
{
    REFUSED_SAYING(seL4_InvalidArgument, 1, seL4_DomainSet_Set(seL4_CapDomain, 0, endpoint_new()));
}

CASE(domains_are_set_by_the_domain_capability_alone, "seL4_DomainSet_Set")
{
    REFUSED(seL4_IllegalOperation, seL4_DomainSet_Set(self, 0, self));
}

CASE(a_schedule_has_as_many_entries_as_the_configuration_says, "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_SAYING(seL4_RangeError, 0,
                   seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, CONFIG_NUM_DOMAIN_SCHEDULES, 0, 1));
    CHECK_EQUAL(seL4_GetMR(1), CONFIG_NUM_DOMAIN_SCHEDULES - 1);
    OK(seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, CONFIG_NUM_DOMAIN_SCHEDULES - 1, 0, 0));
}

CASE(a_turn_is_of_a_domain_that_there_is, "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_SAYING(seL4_RangeError, 0, seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, 1, CONFIG_NUM_DOMAINS, 1));
    CHECK_EQUAL(seL4_GetMR(1), CONFIG_NUM_DOMAINS - 1);
}

CASE(a_turn_lasts_less_than_2_to_the_56_ticks, "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_SAYING(seL4_InvalidArgument, 2, seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, 1, 1, LONGEST + 1));
}

CASE(an_end_of_the_schedule_is_of_no_domain, "seL4_DomainSet_ScheduleConfigure")
{
    REFUSED_SAYING(seL4_InvalidArgument, 1, seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, 1, OTHER, 0));
}

CASE(a_schedule_does_not_start_at_its_end, "seL4_DomainSet_ScheduleSetStart")
{
    REFUSED_SAYING(seL4_InvalidArgument, 2, seL4_DomainSet_ScheduleConfigure(seL4_CapDomain, 0, 0, 0));
    REFUSED_SAYING(seL4_InvalidArgument, 0, seL4_DomainSet_ScheduleSetStart(seL4_CapDomain, 9));
    REFUSED_SAYING(seL4_RangeError, 0,
                   seL4_DomainSet_ScheduleSetStart(seL4_CapDomain, CONFIG_NUM_DOMAIN_SCHEDULES));
}
