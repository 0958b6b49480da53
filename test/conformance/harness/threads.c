/* SPDX-License-Identifier: BSD-2-Clause
 * Threads of a case: a place in an array each, for its stack and thread-local data; its objects are the case's. */
#include <string.h>

#include "conform.h"
#include "driver.h"
#include "port.h"

enum { THREADS = 40, STACK = 4096, SLICE_US = 1000000 };

static struct thread threads[THREADS];
static char stacks[THREADS][STACK] __attribute__((aligned(16)));
static char tls[THREADS][PORT_TLS_BYTES] __attribute__((aligned(PORT_TLS_ALIGN)));
static unsigned used;

void threads_begin(void)
{
    used = 0;
}

/* Two buffers would fit a page; a page each lets a case unmap one. */
static void buffer_make(struct thread *t)
{
    t->buffer_frame = frame_new();
    t->buffer = map(t->buffer_frame);
}

struct thread *thread_passive(seL4_Word priority)
{
    struct thread *t = &threads[used];

    CHECK(used < THREADS);
    memset(t, 0, sizeof *t);
    t->cspace = ROOT;
    t->vspace = SPACE;
    buffer_make(t);
    t->stack_top = (seL4_Word)stacks[used] + STACK;
    t->tls = port_tls(tls[used], t->buffer);
    used++;
    t->tcb = t->tcb_in_own_space = make(seL4_TCBObject, 0);
    OK(seL4_TCB_Configure(t->tcb, ROOT, 0, SPACE, 0, (seL4_Word)t->buffer, t->buffer_frame));
    OK(seL4_TCB_SetSchedParams(t->tcb, self, priority, priority, seL4_CapNull, driver_faults()));
    OK(seL4_TCB_SetTLSBase(t->tcb, t->tls));
    return t;
}

struct thread *thread_new(seL4_Word priority)
{
    struct thread *t = thread_passive(priority);

    t->sc = context_new(SLICE_US, SLICE_US);
    OK(seL4_SchedContext_Bind(t->sc, t->tcb));
    return t;
}

void thread_handler(struct thread *t, seL4_CPtr fault_endpoint)
{
    OK(seL4_TCB_SetSpace(t->tcb, fault_endpoint, t->cspace, t->cspace_data, t->vspace, 0));
}

void thread_cspace(struct thread *t, seL4_CPtr cspace, seL4_Word data)
{
    t->cspace = cspace;
    t->cspace_data = data;
    thread_handler(t, driver_faults());
}

static void thread_main(struct thread *t)
{
    t->run(t);
    t->finished = true;
    for (;;)
        seL4_TCB_Suspend(t->tcb_in_own_space);
}

void thread_registers(struct thread *t, void (*run)(struct thread *), seL4_UserContext *registers)
{
    t->run = run;
    *registers = (seL4_UserContext) {
        .pc = (seL4_Word)thread_main, .sp = t->stack_top, .x0 = (seL4_Word)t, .tpidr_el0 = t->tls,
    };
}

void thread_start(struct thread *t, void (*run)(struct thread *))
{
    seL4_UserContext registers;

    thread_registers(t, run, &registers);
    OK(seL4_TCB_WriteRegisters(t->tcb, 1, 0, sizeof registers / sizeof(seL4_Word), &registers));
}

struct thread *sender(seL4_CPtr endpoint, seL4_Word priority, seL4_Word word)
{
    struct thread *t = thread_new(priority);

    t->cap = endpoint;
    t->tag = tag(0, 0, 1);
    t->word[0] = word;
    thread_start(t, job_send);
    return t;
}

struct thread *caller(seL4_CPtr endpoint, seL4_Word priority, seL4_Word word)
{
    struct thread *t = thread_new(priority);

    t->cap = endpoint;
    t->tag = tag(0, 0, 1);
    t->word[0] = word;
    thread_start(t, job_call);
    return t;
}

struct thread *receiver(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word priority)
{
    struct thread *t = thread_new(priority);

    t->cap = endpoint;
    t->reply = reply;
    thread_start(t, job_recv);
    return t;
}

struct thread *waiter(seL4_CPtr notification, seL4_Word priority)
{
    struct thread *t = thread_new(priority);

    t->cap = notification;
    thread_start(t, job_wait);
    return t;
}

void others_run(void)
{
    OK(seL4_TCB_SetPriority(self, self, seL4_MinPrio));
    OK(seL4_TCB_SetPriority(self, self, RUNNER));
}

struct thread *passive_server(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word priority)
{
    struct thread *t = thread_new(priority);

    t->cap = endpoint;
    t->reply = reply;
    thread_start(t, job_serve);
    if (priority < RUNNER)
        others_run();
    OK(seL4_SchedContext_UnbindObject(t->sc, t->tcb));
    t->sc = seL4_CapNull;
    return t;
}
