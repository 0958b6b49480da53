/* SPDX-License-Identifier: BSD-2-Clause
 * Fast path: a call to a server that waits without a context, and its answer to the caller before it waits again. The
 * caller's context goes there and back, so nothing is charged, no timer is set and nobody enters or leaves a ready queue:
 * what remains is the message, four links and the change of address space. And a signal: where nobody waits it leaves its mark,
 * and nothing else changes.
 *
 * Whatever is otherwise is the general way's (syscall.c, ipc.c), which comes to the same in all that is done here. What is
 * looked at depends on capabilities, states and priorities alone. Cost: look-ups in a CSpace of one CNode, then a fixed
 * number of steps, and a few for each word of the message. */
#include "fastpath.h"

#include "../arch/arch.h"
#include "../object/endpoint.h"
#include "../object/notification.h"
#include "../object/reply.h"
#include "../object/sched_context.h"
#include "cspace.h"
#include "machine.h"
#include "message.h"
#include "sched.h"

/* from has stopped, as its state says; its context goes to next, which would run: it does. */
static struct thread *hand_over(struct cpu *cpu, struct thread *from, struct thread *next)
{
    next->sc = from->sc;
    next->sc->thread = next;
    from->sc = NULL;
    next->state = THREAD_RUNNING;
    return machine_switch(cpu, next);
}

struct thread *fast_call(struct cpu *cpu, struct thread *t, const struct cap *cap)
{
    const word_t info = arch_frame_info(&t->frame);

    if (cap->type != CAP_ENDPOINT || info_caps(info))
        return NULL;
    if (!(cap->rights & RIGHT_WRITE) || !(cap->rights & (RIGHT_GRANT | RIGHT_GRANT_REPLY)))
        return NULL;
    struct endpoint *e = cap->object;
    if (e->state != ENDPOINT_RECEIVERS)
        return NULL;
    struct thread *server = wait_queue_head(&e->queue);
    struct reply *reply = server->reply;
    if (server->sc || !reply || !sched_would_run(cpu, server))
        return NULL;

    wait_queue_remove(&e->queue, server);
    if (!wait_queue_head(&e->queue))
        e->state = ENDPOINT_IDLE;
    message_copy(t, server, info, cap->badge);
    reply->thread = t;
    t->reply = reply;
    reply_chain(reply, t->sc);
    t->state = THREAD_BLOCKED_ON_REPLY;
    server->reply = NULL;
    return hand_over(cpu, t, server);
}

struct thread *fast_reply_receive(struct cpu *cpu, struct thread *t)
{
    const word_t info = arch_frame_info(&t->frame);
    struct slot *reply_slot, *source;

    if (!cspace_find(t, arch_frame_reply(&t->frame), &reply_slot) || reply_slot->cap.type != CAP_REPLY || info_caps(info))
        return NULL;
    if (!cspace_find(t, arch_frame_cap(&t->frame), &source) || source->cap.type != CAP_ENDPOINT)
        return NULL;
    if (!(source->cap.rights & RIGHT_READ))
        return NULL;
    struct reply *reply = reply_slot->cap.object;
    struct endpoint *e = source->cap.object;
    if (reply->sc != t->sc || e->state == ENDPOINT_SENDERS || (t->bound && t->bound->pending))
        return NULL;
    struct thread *caller = reply->thread;      /* waits for it: a context came along (see reply.h) */
    if (caller->sc || caller->fault.kind != FAULT_NONE || !sched_would_run(cpu, caller))
        return NULL;

    message_copy(t, caller, info, 0);
    reply_unchain(reply);
    caller->reply = NULL;
    reply->thread = t;
    t->reply = reply;
    t->state = THREAD_BLOCKED_ON_RECEIVE;
    t->waiting_on = e;
    wait_queue_insert(&e->queue, t);
    e->state = ENDPOINT_RECEIVERS;
    return hand_over(cpu, t, caller);
}

bool fast_signals(const struct thread *t, const struct cap *cap)
{
    return cap->type == CAP_NOTIFICATION && cap->rights & RIGHT_WRITE && !info_caps(arch_frame_info(&t->frame));
}

inline bool fast_mark(const struct cap *notification)
{
    struct notification *n = notification->object;

    if (n->bound || wait_queue_head(&n->waiters))
        return false;
    n->bits |= notification->badge;
    n->pending = true;
    return true;
}
