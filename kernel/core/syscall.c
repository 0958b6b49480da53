/* SPDX-License-Identifier: BSD-2-Clause
 * Entries: what a trap of the current thread, or an interrupt, makes the kernel do. Each ends in sched_next. */
#include "../arch/arch.h"
#include "../object/irq.h"
#include "../object/notification.h"
#include "debug.h"
#include "fault.h"
#include "invoke.h"
#include "ipc.h"
#include "message.h"
#include "sched.h"

enum outcome { DONE, AGAIN };       /* AGAIN: preempted, or faulted: the rest of the call is not made now */

/* The system call was cut short to let an interrupt in: make it again. */
static enum outcome again(struct thread *t)
{
    arch_frame_restart(&t->frame);
    if (thread_runnable(t))
        t->state = THREAD_RESTART;
    return AGAIN;
}

static void answer(struct thread *t, seL4_Error error, word_t length)
{
    arch_frame_set_badge(&t->frame, 0);
    arch_frame_set_info(&t->frame, info_make(error, 0, 0, length));
}

/* The extra capabilities' slots. False, with *address and *failure: one is not there. */
static bool find_caps(struct invocation *inv, word_t count, word_t *address, struct lookup_failure *failure)
{
    const struct ipc_buffer *buffer = thread_buffer(inv->caller);

    for (inv->capc = 0; buffer && inv->capc < count; inv->capc++) {
        *address = *(const volatile word_t *)&buffer->caps_or_badges[inv->capc];
        inv->caps[inv->capc] = cspace_lookup(inv->caller, *address, failure);
        if (!inv->caps[inv->capc])
            return false;
    }
    return true;
}

static enum outcome invoke_object(struct invocation *inv)
{
    const seL4_Error error = invoke(inv);

    if (error == KERNEL_PREEMPTED)
        return again(inv->caller);
    if (inv->call && !inv->blocked)
        answer(inv->caller, error, inv->reply_len);
    return DONE;
}

static enum outcome refuse(struct invocation *inv)
{
    const seL4_Error error = inv_bad_cap(inv, 0);

    if (inv->call)
        answer(inv->caller, error, inv->reply_len);
    return DONE;
}

static enum outcome done(struct invocation *inv)
{
    if (inv->call)
        answer(inv->caller, seL4_NoError, 0);
    return DONE;
}

/* A message to whatever the capability in inv->slot names. */
static enum outcome send_to(struct invocation *inv, struct send how)
{
    const struct cap *cap = &inv->slot->cap;

    switch (cap->type) {
    case CAP_ENDPOINT:
        if (!(cap->rights & RIGHT_WRITE))
            return refuse(inv);
        ipc_send(inv->caller, cap, how);
        return DONE;
    case CAP_NOTIFICATION:
        if (!(cap->rights & RIGHT_WRITE))
            return refuse(inv);
        notification_signal(cap->object, cap->badge);
        return done(inv);
    case CAP_REPLY:
        ipc_reply(inv->caller, cap->object, cap->rights & RIGHT_GRANT);
        return done(inv);
    default:
        return invoke_object(inv);
    }
}

static enum outcome lookup_failed(struct thread *t, word_t address, struct send how, const struct lookup_failure *failure)
{
    if (!how.block)
        return DONE;
    fault_raise_cap(t, address, false, failure);
    return AGAIN;
}

static enum outcome send(struct thread *t, word_t address, struct send how)
{
    const word_t info = arch_frame_info(&t->frame);
    struct lookup_failure failure;
    struct invocation inv = {
        .caller = t,
        .slot = cspace_lookup(t, address, &failure),
        .label = info_label(info),
        .argc = info_length(info),
        .call = how.call,
    };

    if (!inv.slot)
        return lookup_failed(t, address, how, &failure);
    if (info_caps(info) && !find_caps(&inv, info_caps(info), &address, &failure))
        return lookup_failed(t, address, how, &failure);
    if (inv.argc > MSG_REGS && !thread_buffer(t))
        inv.argc = MSG_REGS;
    return send_to(&inv, how);
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

/* source, if known already: the slot of the thread's capability argument. */
static void receive(struct thread *t, struct slot *source, bool block, bool offers_reply)
{
    const word_t address = arch_frame_cap(&t->frame);
    struct slot *reply = NULL;

    if (!source || slot_empty(source))
        source = receive_lookup(t, address);
    if (!source)
        return;
    if (!(source->cap.rights & RIGHT_READ)) {
        receive_fault(t, address);
        return;
    }
    if (source->cap.type == CAP_NOTIFICATION) {
        struct notification *n = source->cap.object;

        if (n->bound && n->bound != t)
            receive_fault(t, address);
        else
            notification_wait(t, n, block);
        return;
    }
    if (source->cap.type != CAP_ENDPOINT) {
        receive_fault(t, address);
        return;
    }
    if (offers_reply) {
        const word_t reply_address = arch_frame_reply(&t->frame);

        reply = receive_lookup(t, reply_address);
        if (!reply)
            return;
        if (reply->cap.type != CAP_REPLY) {
            receive_fault(t, reply_address);
            return;
        }
    }
    ipc_receive(t, &source->cap, reply ? reply->cap.object : NULL, block);
}

/* t is about to give its context away and then to receive: while it can still be preempted, drop the senders that
 * a thread without a context may not take. *source: what it receives from, as far as it is there. */
static enum outcome make_way(struct thread *t, const struct reply *reply, struct slot **source)
{
    struct lookup_failure failure;

    *source = cspace_lookup(t, arch_frame_cap(&t->frame), &failure);
    if (*source && (*source)->cap.type == CAP_ENDPOINT && (*source)->cap.rights & RIGHT_READ
        && ipc_drop_undonating((*source)->cap.object, reply))
        return again(t);
    return DONE;
}

static void reply_receive(struct thread *t)
{
    struct lookup_failure failure;
    struct slot *reply = cspace_lookup(t, arch_frame_reply(&t->frame), &failure), *source = NULL;

    if (reply && reply->cap.type == CAP_REPLY) {
        if (ipc_reply_would_return(t, reply->cap.object) && make_way(t, reply->cap.object, &source))
            return;
        ipc_reply(t, reply->cap.object, reply->cap.rights & RIGHT_GRANT);
    } else if (send(t, arch_frame_reply(&t->frame), (struct send){ .donate = true })) {
        return;
    }
    if (thread_runnable(t))
        receive(t, source, true, true);
}

static void send_receive(struct thread *t, bool offers_reply)
{
    struct lookup_failure failure;
    const struct slot *dest = cspace_lookup(t, arch_frame_dest(&t->frame), &failure);
    struct slot *source = NULL, *reply = NULL;

    if (dest && dest->cap.type == CAP_ENDPOINT && ipc_send_would_donate(t, &dest->cap)) {
        if (offers_reply)
            reply = cspace_lookup(t, arch_frame_reply(&t->frame), &failure);
        if (make_way(t, reply && reply->cap.type == CAP_REPLY ? reply->cap.object : NULL, &source))
            return;
    }
    if (send(t, arch_frame_dest(&t->frame), (struct send){ .donate = true }))
        return;
    if (thread_runnable(t))
        receive(t, source, true, offers_reply);
}

struct thread *kernel_syscall(word_t number)
{
    struct thread *t = this_cpu()->current;

    t->counters.syscalls++;
    switch ((int64_t)number) {
    case SYS_Call:
        (void)send(t, arch_frame_cap(&t->frame), (struct send){ .block = true, .call = true, .donate = true });
        break;
    case SYS_ReplyRecv:
        reply_receive(t);
        break;
    case SYS_NBSendRecv:
        send_receive(t, true);
        break;
    case SYS_NBSendWait:
        send_receive(t, false);
        break;
    case SYS_Send:
        (void)send(t, arch_frame_cap(&t->frame), (struct send){ .block = true });
        break;
    case SYS_NBSend:
        (void)send(t, arch_frame_cap(&t->frame), (struct send){ 0 });
        break;
    case SYS_Recv:
        receive(t, NULL, true, true);
        break;
    case SYS_NBRecv:
        receive(t, NULL, false, true);
        break;
    case SYS_Wait:
        receive(t, NULL, true, false);
        break;
    case SYS_NBWait:
        receive(t, NULL, false, false);
        break;
    case SYS_Yield:
        sched_end_slice();
        break;
    default:
        if (!debug_syscall(t, number))
            fault_raise(t, &(struct fault){ .kind = FAULT_UNKNOWN_SYSCALL, .words = { number } });
    }
    return sched_next();
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

struct thread *kernel_fault(const struct fault *fault)
{
    fault_raise(this_cpu()->current, fault);
    return sched_next();
}
