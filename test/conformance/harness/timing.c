/* SPDX-License-Identifier: BSD-2-Clause
 * Time of a case, by the kernel's own count: what the runner's context was charged, and when a period begins. */
#include "conform.h"

/* Turns of a loop: between two looks at the time, and to see how long one takes. */
enum { TIMER_BUDGET_US = 500, GLANCE = 4000, SAMPLE = 100000 };

static void loop(seL4_Word count)
{
    for (volatile seL4_Word i = 0; i < count; i++)
        ;
}

seL4_Time spin(seL4_Time us)
{
    seL4_Time used = 0;

    OK(seL4_SchedContext_Consumed(self_sc).error);
    while (used < us) {
        loop(GLANCE);
        used += seL4_SchedContext_Consumed(self_sc).consumed;
    }
    return used;
}

/* As many turns of the loop take that long. */
static seL4_Word turns_of(seL4_Time us)
{
    (void)seL4_SchedContext_Consumed(self_sc);
    loop(SAMPLE);
    const seL4_Time took = seL4_SchedContext_Consumed(self_sc).consumed;

    return us * SAMPLE / (took ? took : 1) + SAMPLE / 100;
}

static void serve_slowly(struct thread *t)
{
    const seL4_Word turns = t->word[7];

    seL4_Recv(t->cap, NULL, t->reply);
    for (;;) {
        loop(turns);
        seL4_ReplyRecv(t->cap, tag(0, 0, 0), NULL, t->reply);
    }
}

struct thread *passive_spinner(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Time us)
{
    struct thread *t = thread_new(HIGH);

    t->cap = endpoint;
    t->reply = reply;
    t->word[7] = turns_of(us);
    thread_start(t, serve_slowly);
    OK(seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    t->sc = seL4_CapNull;
    return t;
}

void job_yield(struct thread *t)
{
    seL4_Yield();
    t->returned++;
}

void job_wait_and_spin(struct thread *t)
{
    seL4_Wait(t->cap, NULL);
    job_spin(t);
}

/* A thread that runs once when its first period ends. */
static struct thread *timer(seL4_Time us, void (*run)(struct thread *))
{
    struct thread *t = thread_passive(HIGHER);

    t->sc = context_new(TIMER_BUDGET_US, us);
    OK(seL4_SchedContext_Bind(t->sc, t->tcb));
    t->run = run;
    return t;
}

static void yield_and_signal(struct thread *t)
{
    seL4_Yield();
    seL4_Signal(t->cap);
}

void others_run_for(seL4_Time us)
{
    const seL4_CPtr notification = notification_new();
    struct thread *t = timer(us, yield_and_signal);

    t->cap = notification;
    thread_start(t, t->run);
    seL4_Wait(notification, NULL);
}

static void yield_and_suspend(struct thread *t)
{
    seL4_Yield();
    seL4_TCB_Suspend(t->cap);
}

struct thread *timer_new(seL4_Time us, seL4_CPtr tcb)
{
    struct thread *t = timer(us, yield_and_suspend);

    t->cap = tcb;
    thread_start(t, t->run);
    return t;
}
