/* SPDX-License-Identifier: BSD-2-Clause
 * Entries: what a trap of the current thread, or an interrupt, makes the kernel do. Each ends in sched_next. */
#include "../arch/arch.h"
#include "../object/irq.h"
#include "../object/notification.h"
#include "debug.h"
#include "fastpath.h"
#include "fault.h"
#include "invoke.h"
#include "ipc.h"
#include "message.h"
#include "sched.h"
#include "send.h"

static void send(struct thread *t, unsigned how)
{
    const word_t address = arch_frame_cap(&t->frame);
    struct lookup_failure failure;
    struct slot *slot = cspace_lookup(t, address, &failure);

    if (slot)
        (void)send_to(t, slot, how);
    else
        (void)send_not_found(t, address, how, &failure);
}

static void receive_fault(struct thread *t, word_t address)
{
    fault_raise_cap(t, address, true, &(struct lookup_failure){ .kind = LOOKUP_MISSING_CAPABILITY });
}

static struct slot *receive_lookup(struct thread *t, word_t address)
{
    struct lookup_failure failure;
    struct slot *slot = cspace_lookup(t, address, &failure);

    if (!slot)
        fault_raise_cap(t, address, true, &failure);
    return slot;
}

static void receive_signal(struct thread *t, struct notification *n, bool block)
{
    if (n->bound && n->bound != t)
        receive_fault(t, arch_frame_cap(&t->frame));
    else
        notification_wait(t, n, block);
}

/* The thread's reply argument. Null: it is none, and that is a fault. */
static struct reply *offered_reply(struct thread *t)
{
    const word_t address = arch_frame_reply(&t->frame);
    const struct slot *slot = receive_lookup(t, address);

    if (slot && slot->cap.type == CAP_REPLY)
        return slot->cap.object;
    if (slot)
        receive_fault(t, address);
    return NULL;
}

struct receiving {
    struct slot *source;    /* of the thread's capability argument, if it was looked up already */
    struct reply *reply;    /* likewise of its reply argument */
    bool offers_reply;      /* the call has a reply argument */
    bool block;
};

static void receive(struct thread *t, struct receiving how)
{
    const word_t address = arch_frame_cap(&t->frame);

    if (!how.source)
        how.source = receive_lookup(t, address);
    if (!how.source)
        return;
    if (!(how.source->cap.rights & RIGHT_READ)) {
        receive_fault(t, address);
        return;
    }
    if (how.source->cap.type == CAP_NOTIFICATION) {
        receive_signal(t, how.source->cap.object, how.block);
        return;
    }
    if (how.source->cap.type != CAP_ENDPOINT) {
        receive_fault(t, address);
        return;
    }
    if (how.offers_reply && !how.reply) {
        how.reply = offered_reply(t);
        if (!how.reply)
            return;
    }
    if (!ipc_may_receive(t, how.source->cap.object, how.reply)) {   /* it was not there yet when way was made */
        receive_fault(t, address);
        return;
    }
    ipc_receive(t, &how.source->cap, how.reply, how.block);
}

/* t is about to give its context away and then to receive: while it can still be preempted, drop the senders that
 * a thread without a context may not take. *source: what it receives from, as far as it is there. */
static enum outcome make_way(struct thread *t, const struct reply *reply, struct slot **source)
{
    struct lookup_failure failure;

    *source = cspace_lookup(t, arch_frame_cap(&t->frame), &failure);
    if (*source && (*source)->cap.type == CAP_ENDPOINT && (*source)->cap.rights & RIGHT_READ
        && ipc_drop_undonating((*source)->cap.object, reply))
        return send_again(t);
    return DONE;
}

/* What could change the caller itself is not called by a system call that goes on to receive: such a message is lost. */
static bool lost_before_receiving(const struct slot *slot)
{
    switch (slot->cap.type) {
    case CAP_TCB:
    case CAP_CNODE:
    case CAP_DOMAIN:
    case CAP_SC:
    case CAP_SCHED_CONTROL:
        return true;
    default:
        return false;
    }
}

/* Will a message to there take t's context along? */
static bool gives_context(const struct thread *t, const struct slot *dest)
{
    switch (dest ? dest->cap.type : CAP_NULL) {
    case CAP_ENDPOINT:
        return dest->cap.rights & RIGHT_WRITE && ipc_send_would_donate(dest->cap.object);
    case CAP_REPLY:
        return ipc_reply_would_return(t, dest->cap.object);
    default:
        return false;
    }
}

/* A message to dest, that is lost where it cannot be sent at once, and then t receives: also an answer, whose reply is
 * dest's. */
static void send_receive(struct thread *t, word_t address, bool offers_reply)
{
    struct lookup_failure failure;
    struct slot *const dest = cspace_lookup(t, address, &failure);
    const word_t offered = arch_frame_reply(&t->frame);
    const struct slot *const reply =
        !offers_reply ? NULL : offered == address ? dest : cspace_lookup(t, offered, &failure);
    struct receiving how = { .offers_reply = offers_reply, .block = true };
    enum outcome outcome;

    if (reply && reply->cap.type == CAP_REPLY)
        how.reply = reply->cap.object;
    if (gives_context(t, dest) && (how.reply || !offers_reply) && send_complete(t, 0, &outcome) &&
        make_way(t, how.reply, &how.source))
        return;
    if (dest && !lost_before_receiving(dest) && send_to(t, dest, SEND_DONATE))
        return;
    if (thread_runnable(t))
        receive(t, how);
}

/* Every system call can be made this way. Not inline: what it keeps on the stack, the fast path needs not. */
static __attribute__((noinline)) struct thread *general(struct thread *t, word_t number)
{
    switch ((int64_t)number) {
    case SYS_Call:
        send(t, SEND_BLOCK | SEND_CALL | SEND_DONATE);
        break;
    case SYS_ReplyRecv:
        send_receive(t, arch_frame_reply(&t->frame), true);
        break;
    case SYS_NBSendRecv:
        send_receive(t, arch_frame_dest(&t->frame), true);
        break;
    case SYS_NBSendWait:
        send_receive(t, arch_frame_dest(&t->frame), false);
        break;
    case SYS_Send:
        send(t, SEND_BLOCK);
        break;
    case SYS_NBSend:
        send(t, 0);
        break;
    case SYS_Recv:
        receive(t, (struct receiving){ .offers_reply = true, .block = true });
        break;
    case SYS_NBRecv:
        receive(t, (struct receiving){ .offers_reply = true });
        break;
    case SYS_Wait:
        receive(t, (struct receiving){ .block = true });
        break;
    case SYS_NBWait:
        receive(t, (struct receiving){ .block = false });
        break;
    case SYS_Yield:
        sched_end_slice();
        break;
    default:
        if (!debug_syscall(t, number))
            fault_raise(t, FAULT_UNKNOWN_SYSCALL, number, 0, 0);
    }
    return sched_next();
}

/* Not inline, likewise. */
static __attribute__((noinline)) struct thread *signal(struct notification *n, word_t badge)
{
    notification_signal(n, badge);
    return sched_next();
}

/* Not inline, likewise. What a message goes to was found already. */
static __attribute__((noinline)) struct thread *send_found(struct thread *t, struct slot *slot, unsigned how)
{
    (void)send_to(t, slot, how);
    return sched_next();
}

struct thread *kernel_syscall(word_t number)
{
    struct cpu *cpu = this_cpu();
    struct thread *t = cpu->current, *next;
    struct slot *slot;

    t->counters.syscalls++;
    switch ((int64_t)number) {
    case SYS_Call:
        if (!cspace_find(t, arch_frame_cap(&t->frame), &slot))
            break;
        next = fast_call(cpu, t, &slot->cap);
        return next ? next : send_found(t, slot, SEND_BLOCK | SEND_CALL | SEND_DONATE);
    case SYS_ReplyRecv:
        next = fast_reply_receive(cpu, t);
        if (!next)
            break;
        return next;
    case SYS_Send:
        if (!cspace_find(t, arch_frame_cap(&t->frame), &slot))
            break;
        if (!fast_signals(t, &slot->cap))
            return send_found(t, slot, SEND_BLOCK);
        return fast_mark(&slot->cap) ? t : signal(slot->cap.object, slot->cap.badge);
    case SYS_NBSend:
        if (!cspace_find(t, arch_frame_cap(&t->frame), &slot))
            break;
        return send_found(t, slot, 0);
    default:
        break;
    }
    return general(t, number);
}

struct thread *kernel_interrupt(void)
{
    const irq_t irq = arch_irq_claim();

    if (irq == IRQ_NONE)
        return sched_next();
    if (irq == arch_irq_timer())
        sched_tick();
    else
        irq_deliver(irq);
    arch_irq_complete(irq);
    return sched_next();
}

struct thread *kernel_fault(enum fault_kind kind, word_t a, word_t b, word_t c)
{
    fault_raise(this_cpu()->current, kind, a, b, c);
    return sched_next();
}
