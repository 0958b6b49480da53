/* SPDX-License-Identifier: BSD-2-Clause
 * Vector registers: each thread has its own, whoever ran in between. */
#include "harness/conform.h"

enum { WORDS = 64 };

struct vectors {
    seL4_Word in[WORDS], out[WORDS];
    struct thread *thread;
};

static struct vectors vectors[3];
static volatile seL4_Word stop;

static void start(struct vectors *v, seL4_Word base)
{
    for (seL4_Word i = 0; i < WORDS; i++) {
        v->in[i] = base + i;
        v->out[i] = 0;
    }
    v->thread->word[0] = (seL4_Word)v->in;
    v->thread->word[1] = (seL4_Word)v->out;
    v->thread->word[2] = (seL4_Word)&stop;
    thread_start(v->thread, do_vectors);
}

static bool unchanged(const struct vectors *v)
{
    for (seL4_Word i = 0; i < WORDS; i++)
        if (v->out[i] != v->in[i])
            return false;
    return true;
}

/* Takes turns of a millisecond with its equals. */
static struct thread *sharer(void)
{
    struct thread *t = thread_passive(LOW);

    OK(seL4_SchedContext_Bind(context_new(1000, 1000), t->tcb));
    return t;
}

CASE(each_thread_has_its_own_vector_registers, "§6.1.1")
{
    volatile double a = 1.5, b = 2.25;

    stop = 0;
    for (unsigned i = 0; i < 3; i++) {
        vectors[i].thread = sharer();
        start(&vectors[i], 0x1000 * (i + 1));
    }
    others_run_for(5000);
    CHECK(a * b == 3.375);          /* the runner uses them too */
    others_run_for(5000);
    stop = 1;
    others_run();
    for (unsigned i = 0; i < 3; i++)
        CHECK(vectors[i].thread->finished && unchanged(&vectors[i]));
}

CASE(vector_registers_survive_messages, "§6.1.1")
{
    const seL4_CPtr endpoint = endpoint_new();

    passive_spinner(endpoint, reply_new(), 1);
    stop = 0;
    vectors[0].thread = sharer();
    start(&vectors[0], 0x7000);
    others_run_for(1000);
    for (int i = 0; i < 3; i++) {
        volatile double a = i;

        seL4_Call(endpoint, tag(0, 0, 8));
        CHECK(a + 0.5 > i);
        others_run_for(1000);
    }
    stop = 1;
    others_run();
    CHECK(unchanged(&vectors[0]));
}

CASE(a_thread_without_vector_registers_faults_at_its_first_use, "API seL4_TCB_SetFlags")
{
    struct thread *t = thread_new(HIGH);

    stop = 1;
    CHECK_EQUAL(seL4_TCB_SetFlags(t->tcb, 0, seL4_TCBFlag_fpuDisabled).flags, seL4_TCBFlag_fpuDisabled);
    t->word[0] = (seL4_Word)vectors[0].in;
    t->word[1] = (seL4_Word)vectors[0].out;
    t->word[2] = (seL4_Word)&stop;
    struct faulting f = fault_of(t, do_vectors, seL4_Fault_UserException);
    CHECK_EQUAL(seL4_TCB_SetFlags(t->tcb, seL4_TCBFlag_fpuDisabled, 0).flags, seL4_TCBFlag_NoFlag);
    fault_answer(&f, tag(0, 0, 0));
    CHECK(t->finished);
}

CASE(vector_registers_of_a_new_thread_hold_nobodys_secrets, "§6.1.1")
{
    struct thread *t;

    stop = 0;
    vectors[0].thread = sharer();
    start(&vectors[0], 0x5ec2e7);
    others_run_for(1000);
    slot_delete(vectors[0].thread->tcb);
    stop = 1;
    t = thread_new(HIGH);
    t->word[1] = (seL4_Word)vectors[1].out;
    thread_start(t, do_vectors_read);
    CHECK(t->finished);
    for (seL4_Word i = 0; i < WORDS; i++)
        CHECK_EQUAL(vectors[1].out[i], 0);
}
