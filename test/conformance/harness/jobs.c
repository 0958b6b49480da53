/* SPDX-License-Identifier: BSD-2-Clause
 * Jobs: what a case's threads do, one system call each, with what they were given and what came of it beside them. */
#include "conform.h"

seL4_MessageInfo_t tag(seL4_Word label, seL4_Word caps, seL4_Word length)
{
    return seL4_MessageInfo_new(label, 0, caps, length);
}

static void put_words(const struct thread *t)
{
    for (int i = 0; i < JOB_WORDS; i++)
        seL4_SetMR(i, t->word[i]);
}

static void got(struct thread *t, seL4_MessageInfo_t info, seL4_Word badge)
{
    t->tag = info;
    t->badge = badge;
    for (int i = 0; i < JOB_WORDS; i++)
        t->word[i] = seL4_GetMR(i);
    t->returned++;
}

void job_nothing(struct thread *t)
{
    t->returned++;
}

void job_signal(struct thread *t)
{
    seL4_Signal(t->cap);
    t->returned++;
}

void job_send(struct thread *t)
{
    put_words(t);
    seL4_Send(t->cap, t->tag);
    t->returned++;
}

void job_nbsend(struct thread *t)
{
    put_words(t);
    seL4_NBSend(t->cap, t->tag);
    t->returned++;
}

void job_call(struct thread *t)
{
    put_words(t);
    got(t, seL4_Call(t->cap, t->tag), 0);
}

void job_recv(struct thread *t)
{
    seL4_Word badge = 0;
    const seL4_MessageInfo_t info = seL4_Recv(t->cap, &badge, t->reply);

    got(t, info, badge);
}

void job_recv_twice(struct thread *t)
{
    job_recv(t);
    job_recv(t);
}

void job_nbrecv(struct thread *t)
{
    seL4_Word badge = 0;
    const seL4_MessageInfo_t info = seL4_NBRecv(t->cap, &badge, t->reply);

    got(t, info, badge);
}

void job_wait(struct thread *t)
{
    seL4_Word badge = 0;
    const seL4_MessageInfo_t info = seL4_Wait(t->cap, &badge);

    got(t, info, badge);
}

void job_poll(struct thread *t)
{
    seL4_Word badge = 0;
    const seL4_MessageInfo_t info = seL4_Poll(t->cap, &badge);

    got(t, info, badge);
}

/* As many words as came, and no capability. */
static void answer_and_receive(struct thread *t)
{
    seL4_Word badge = 0;
    seL4_MessageInfo_t info = tag(0, 0, seL4_MessageInfo_get_length(t->tag));

    info = seL4_ReplyRecv(t->cap, info, &badge, t->reply);
    got(t, info, badge);
}

void job_recv_reply_recv(struct thread *t)
{
    job_recv(t);
    answer_and_receive(t);
}

void job_serve(struct thread *t)
{
    job_recv(t);
    for (;;)
        answer_and_receive(t);
}

void job_serve_then(struct thread *t)
{
    job_recv(t);
    t->cap = t->dest;
    for (;;)
        answer_and_receive(t);
}

void job_spin(struct thread *t)
{
    for (;;)
        t->returned++;
}
