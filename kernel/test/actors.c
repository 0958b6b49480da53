/* SPDX-License-Identifier: BSD-2-Clause */
#include "actors.h"

#include "../core/invariants.h"

enum { ACTORS = 1200, ENTRY = 0x400000, LINE = 40 };

static struct { const struct thread *t; word_t tcb, sc; } actors[ACTORS];
static unsigned count;
static word_t line;     /* handler of the interrupt that preempts */

void actors_boot(void)
{
    fixture_boot();
    host_set_check(invariants_check);
    count = 0;
    CHECK_EQUAL(do_op(ROOT_TCB, TCBSetPriority, ARGS(ROOT_PRIORITY_LOW), CAPS(ROOT_TCB)), seL4_NoError);
    line = slot_new();
    CHECK_EQUAL(do_op(ROOT_IRQ_CONTROL, IRQIssueIRQHandler, ARGS(LINE, line, 64), CAPS(ROOT_CNODE)), seL4_NoError);
    CHECK_EQUAL(do_op(line, IRQAckIRQ, NO_ARGS, NO_CAPS), seL4_NoError);
}

void preempted_at(unsigned n)
{
    CHECK(!host_irq_masked(LINE));      /* it is once it was taken */
    host_raise_after(n, LINE);
}

struct thread *actor_stopped(uint8_t priority)
{
    const word_t tcb = thread_new(priority, true);

    CHECK(count < ACTORS);
    actors[count].t = thread_of(tcb);
    actors[count].tcb = tcb;
    actors[count++].sc = tcb + 1;       /* thread_new makes it next */
    CHECK_EQUAL(root_slot(tcb + 1)->cap.type, CAP_SC);
    return thread_of(tcb);
}

struct thread *actor_new(uint8_t priority)
{
    struct thread *t = actor_stopped(priority);

    thread_start(actor_tcb(t), ENTRY);
    return t;
}

static unsigned find(const struct thread *t)
{
    unsigned i = 0;

    while (i < count && actors[i].t != t)
        i++;
    CHECK(i < count);
    return i;
}

word_t actor_tcb(const struct thread *t) { return actors[find(t)].tcb; }
word_t actor_sc(const struct thread *t) { return actors[find(t)].sc; }

void actor_make_passive(struct thread *t)
{
    CHECK_EQUAL(do_op(actor_sc(t), SchedContextUnbindObject, NO_ARGS, CAPS(actor_tcb(t))), seL4_NoError);
}

word_t minted(word_t cap, word_t rights, word_t badge)
{
    const word_t slot = slot_new();

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeMint, ARGS(slot, 64, cap, 64, rights, badge), CAPS(ROOT_CNODE)), seL4_NoError);
    return slot;
}

void deleted(word_t slot)
{
    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeDelete, ARGS(slot, 64), NO_CAPS), seL4_NoError);
}

static struct message one_word(word_t label, word_t word)
{
    return (struct message){ .label = label, .length = 1, .words = { word } };
}

static struct thread *with_word(word_t number, word_t cap, word_t label, word_t word)
{
    const struct message m = one_word(label, word);

    return do_syscall(number, cap, &m, 0, 0);
}

static struct thread *without_word(word_t number, word_t cap, word_t reply)
{
    return do_syscall(number, cap, &(struct message){ 0 }, reply, 0);
}

struct thread *do_call(word_t cap, word_t label, word_t word) { return with_word((word_t)SYS_Call, cap, label, word); }
struct thread *do_send(word_t cap, word_t label, word_t word) { return with_word((word_t)SYS_Send, cap, label, word); }
struct thread *do_nbsend(word_t cap, word_t label, word_t word) { return with_word((word_t)SYS_NBSend, cap, label, word); }
struct thread *do_signal(word_t cap) { return with_word((word_t)SYS_Send, cap, 0, 0); }

struct thread *do_nbsend_recv(word_t dest, word_t source, word_t reply, word_t label, word_t word)
{
    const struct message m = one_word(label, word);

    return do_syscall((word_t)SYS_NBSendRecv, source, &m, reply, dest);
}

struct thread *do_reply_recv(word_t cap, word_t reply, word_t label, word_t word)
{
    const struct message m = one_word(label, word);

    return do_syscall((word_t)SYS_ReplyRecv, cap, &m, reply, 0);
}

struct thread *do_recv(word_t cap, word_t reply) { return without_word((word_t)SYS_Recv, cap, reply); }
struct thread *do_nbrecv(word_t cap, word_t reply) { return without_word((word_t)SYS_NBRecv, cap, reply); }
struct thread *do_wait(word_t cap) { return without_word((word_t)SYS_Wait, cap, 0); }
struct thread *do_nbwait(word_t cap) { return without_word((word_t)SYS_NBWait, cap, 0); }
struct thread *do_yield(void) { return without_word((word_t)SYS_Yield, 0, 0); }

word_t got_label(const struct thread *t) { return t->frame.info >> 12; }
word_t got_length(const struct thread *t) { return t->frame.info & 127; }
word_t got_word(const struct thread *t, unsigned i) { return t->frame.mr[i]; }
