/* SPDX-License-Identifier: BSD-2-Clause
 * Messages between threads: see ipc.h for the rule that `donates` and `drop` keep. */
#include "ipc.h"

#include "../arch/arch.h"
#include "../object/notification.h"
#include "../object/sched_context.h"
#include "debug.h"
#include "fault.h"
#include "invoke.h"
#include "message.h"

enum { DROP_STEP = 8 };     /* senders dropped between two looks at the interrupts */

static bool wants_answer(const struct thread *sender)
{
    return sender->is_call || sender->fault.kind != FAULT_NONE;
}

/* Will the sender wait in reply for its answer? The fields are those of a thread that waits to send. */
static bool links(const struct thread *sender, const struct reply *reply)
{
    return wants_answer(sender) && reply && (sender->can_grant || sender->can_grant_reply);
}

/* Would a receiver without a context get the sender's? */
static bool donates(const struct thread *sender, const struct reply *reply)
{
    return sender->can_donate && sender->sc && (links(sender, reply) || !wants_answer(sender));
}

/* The sender's message is lost: it would have woken a thread without a context. The sender is in no queue. */
static void drop(struct thread *sender)
{
    sender->counters.drops++;
    if (sender->fault.kind == FAULT_TIMEOUT) {          /* as if nobody handled it: budget comes back */
        sender->fault.kind = FAULT_NONE;
        thread_set_state(sender, THREAD_RUNNING);
    } else if (sender->fault.kind != FAULT_NONE) {
        thread_set_state(sender, THREAD_INACTIVE);
        debug_unhandled_fault(sender);
    } else if (!sender->is_call) {
        thread_set_state(sender, THREAD_RUNNING);
    } else if (sender->sc) {
        ipc_give_up(sender);                            /* no answer can come: nowhere to, or without the right to grant one */
    } else {
        arch_frame_restart(&sender->frame);             /* calls again when it has a context */
        thread_set_state(sender, THREAD_RESTART);
    }
}

/* The message arrives. Neither thread is in a queue any more. */
static void deliver(struct thread *sender, struct thread *receiver, const struct endpoint *e, struct reply *reply)
{
    message_send(sender, receiver, e, sender->badge, sender->can_grant);
    if (links(sender, reply))
        reply_push(reply, sender, receiver, sender->can_donate);
    else if (wants_answer(sender))
        ipc_give_up(sender);
    else if (!receiver->sc)
        sc_donate(sender->sc, receiver);
}

/* receiver no longer waits: out of e's queue, and what it offered for answers is its own again. */
static struct reply *leave_receive(struct endpoint *e, struct thread *receiver)
{
    struct reply *reply = receiver->reply;

    endpoint_dequeue(e, receiver);
    receiver->reply = NULL;
    if (reply)
        reply->thread = NULL;
    return reply;
}

void ipc_send(struct thread *t, const struct cap *cap, unsigned how)
{
    struct endpoint *e = cap->object;
    struct thread *receiver;

    t->badge = cap->badge;
    t->can_grant = cap->rights & RIGHT_GRANT;
    t->can_grant_reply = cap->rights & RIGHT_GRANT_REPLY;
    t->is_call = how & SEND_CALL;
    t->can_donate = how & SEND_DONATE;
    if (e->state != ENDPOINT_RECEIVERS) {
        if (how & SEND_BLOCK)
            endpoint_enqueue(e, t, THREAD_BLOCKED_ON_SEND);
        return;
    }
    receiver = wait_queue_head(&e->queue);
    if (!receiver->sc && !donates(t, receiver->reply)) {
        drop(t);
        return;
    }
    deliver(t, receiver, e, leave_receive(e, receiver));
    thread_set_state(receiver, THREAD_RUNNING);
}

/* A signal that waits in the bound notification comes first. True: taken. */
static bool take_bound(struct thread *t)
{
    struct notification *n = t->bound;

    if (!n || !n->pending || !notification_can_wake(n, t))
        return false;
    notification_take(t, n);
    return true;
}

static struct thread *first_sender(const struct endpoint *e)
{
    return e->state == ENDPOINT_SENDERS ? wait_queue_head(&e->queue) : NULL;
}

bool ipc_may_receive(const struct thread *t, const struct endpoint *e, const struct reply *reply)
{
    const struct thread *sender = first_sender(e);

    return t->sc || !sender || donates(sender, reply);
}

void ipc_receive(struct thread *t, const struct cap *cap, struct reply *reply, bool block)
{
    struct endpoint *e = cap->object;
    struct thread *sender;

    if (reply && reply->thread)
        ipc_cancel(reply->thread);
    if (take_bound(t))
        return;
    sender = first_sender(e);
    if (t->bound && block && (!sender || donates(sender, reply)))
        notification_return_context(t->bound, t);
    if (sender) {
        endpoint_dequeue(e, sender);
        deliver(sender, t, e, reply);
        if (sender->state == THREAD_BLOCKED_ON_SEND)
            thread_set_state(sender, THREAD_RUNNING);
        return;
    }
    if (!block) {
        arch_frame_set_badge(&t->frame, 0);
        return;
    }
    t->reply = reply;
    if (reply)
        reply->thread = t;
    endpoint_enqueue(e, t, THREAD_BLOCKED_ON_RECEIVE);
}

void ipc_reply(struct thread *t, struct reply *reply, bool can_grant)
{
    struct thread *caller = reply->thread;
    word_t words[FAULT_MESSAGE_MAX], count;
    bool resumes;

    if (!caller || caller->state != THREAD_BLOCKED_ON_REPLY)
        return;
    if (caller->fault.kind == FAULT_NONE) {
        message_send(t, caller, NULL, 0, can_grant);
        reply_remove(reply);
        thread_set_state(caller, THREAD_RUNNING);
        return;
    }
    count = message_words(t, words, FAULT_MESSAGE_MAX);
    resumes = fault_reply(caller, info_label(arch_frame_info(&t->frame)), words, count);
    reply_remove(reply);
    caller->fault.kind = FAULT_NONE;
    thread_set_state(caller, resumes ? THREAD_RESTART : THREAD_INACTIVE);
}

bool ipc_send_would_donate(const struct endpoint *e)
{
    return e->state == ENDPOINT_RECEIVERS && !wait_queue_head(&e->queue)->sc;
}

bool ipc_reply_would_return(const struct thread *t, const struct reply *reply)
{
    return reply->sc == t->sc && !reply->thread->sc;    /* the running thread has a context, so the reply has a caller */
}

seL4_Error ipc_drop_undonating(struct endpoint *e, const struct reply *reply)
{
    for (unsigned i = 0; e->state == ENDPOINT_SENDERS; i++) {
        struct thread *sender = wait_queue_head(&e->queue);

        if (donates(sender, reply))
            break;
        endpoint_dequeue(e, sender);
        drop(sender);
        if (i % DROP_STEP == DROP_STEP - 1 && preempt_pending())
            return KERNEL_PREEMPTED;
    }
    return seL4_NoError;
}

void ipc_give_up(struct thread *t)
{
    if (t->fault.kind == FAULT_NONE || t->fault.kind == FAULT_UNKNOWN_SYSCALL)
        arch_frame_restart(&t->frame);
    t->fault.kind = FAULT_NONE;
    thread_set_state(t, THREAD_INACTIVE);
}

void ipc_cancel(struct thread *t)
{
    switch (t->state) {
    case THREAD_INACTIVE:
        if (t->fault.kind == FAULT_UNKNOWN_SYSCALL)
            arch_frame_restart(&t->frame);
        t->fault.kind = FAULT_NONE;
        return;
    case THREAD_RUNNING:
    case THREAD_RESTART:
        return;
    case THREAD_BLOCKED_ON_SEND:
        endpoint_dequeue(t->waiting_on, t);
        break;
    case THREAD_BLOCKED_ON_RECEIVE:
        (void)leave_receive(t->waiting_on, t);
        break;
    case THREAD_BLOCKED_ON_NOTIFICATION:
        notification_leave(t->waiting_on, t);
        break;
    case THREAD_BLOCKED_ON_REPLY:
        reply_break(t->reply);
        break;
    }
    ipc_give_up(t);
}

void ipc_restart(struct thread *t)
{
    ipc_cancel(t);
    thread_set_state(t, THREAD_RESTART);
}

void ipc_cancel_send(struct thread *t)
{
    const bool faulted = t->fault.kind != FAULT_NONE;

    ipc_cancel(t);
    if (!faulted)
        thread_set_state(t, THREAD_RESTART);
}

void ipc_leave_receive(struct thread *t)
{
    (void)leave_receive(t->waiting_on, t);
}
