/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduling context: see sched_context.h. */
#include "sched_context.h"

#include "../arch/arch.h"
#include "../core/invoke.h"
#include "../core/message.h"
#include "../core/refill.h"
#include "../core/sched.h"
#include "notification.h"
#include "reply.h"

void sc_configure(struct sched_context *sc, ticks_t budget, ticks_t period, word_t refills, word_t badge, bool sporadic)
{
    const bool used = sc_active(sc) && sc->thread && thread_runnable(sc->thread);

    if (sc_active(sc))
        sched_forget(sc);
    if (used && budget < period) {
        refill_update(sc, budget, period, (uint16_t)refills, arch_time());
    } else {
        sc->budget = budget;
        sc->period = period;
        sc->refill_max = (uint16_t)refills;
        refill_start(sc, arch_time());
    }
    sc->badge = badge;
    sc->sporadic = sporadic;
    if (sc->thread && thread_runnable(sc->thread))
        sched_wake(sc->thread);
}

BOOT void sc_bind_boot(struct sched_context *sc, struct thread *t)
{
    const ticks_t slice = arch_us_to_ticks(BOOT_TIME_SLICE_US);

    sc_configure(sc, slice, slice, SC_MIN_REFILLS, 0, false);
    sc_bind_thread(sc, t);
}

void sc_bind_thread(struct sched_context *sc, struct thread *t)
{
    sc->thread = t;
    t->sc = sc;
    if (thread_runnable(t))
        sched_wake(t);
    else if (t->state == THREAD_BLOCKED_ON_NOTIFICATION)
        notification_deliver(t->waiting_on);
    else if (t->state == THREAD_BLOCKED_ON_RECEIVE && t->bound)
        notification_deliver(t->bound);
}

bool sc_may_bind(struct sched_context *sc, const struct thread *t)
{
    const bool waits = !thread_runnable(t) && t->state != THREAD_INACTIVE;

    if (sc->thread || t->sc)
        return false;
    return !waits || (sc_active(sc) && refill_ready(sc, arch_time()));
}

void sc_unbind_thread(struct sched_context *sc)
{
    if (!sc->thread)
        return;
    sched_forget(sc);
    sc->thread->sc = NULL;
    sc->thread = NULL;
    if (sc->notification)       /* can lend it to another now */
        notification_deliver(sc->notification);
}

void sc_bind_notification(struct sched_context *sc, struct notification *n)
{
    sc->notification = n;
    n->sc = sc;
    notification_deliver(n);
}

void sc_unbind_notification(struct sched_context *sc)
{
    if (!sc->notification)
        return;
    sc->notification->sc = NULL;
    sc->notification = NULL;
}

void sc_donate(struct sched_context *sc, struct thread *to)
{
    struct thread *from = sc->thread;

    if (from) {
        sched_stop(from);
        from->sc = NULL;
    }
    sc->thread = to;
    to->sc = sc;
    if (thread_runnable(to))
        sched_wake(to);
}

word_t sc_take_consumed(struct sched_context *sc)
{
    word_t us;
    ticks_t told;

    if (sc == this_cpu()->sc)
        sched_charge();
    us = arch_ticks_to_us(sc->consumed);
    told = arch_us_to_ticks(us);
    sc->consumed -= told < sc->consumed ? told : sc->consumed;     /* the part of a microsecond stays for next time */
    return us;
}

void sc_complete_yield(struct thread *yielder)
{
    struct sched_context *sc = yielder->yield_to;

    sc_cancel_yield(yielder);
    arch_frame_set(&yielder->frame, 0, sc_take_consumed(sc));
    arch_frame_set_badge(&yielder->frame, 0);
    arch_frame_set_info(&yielder->frame, info_make(seL4_NoError, 0, 0, 1));
}

void sc_cancel_yield(struct thread *yielder)
{
    if (!yielder->yield_to)
        return;
    yielder->yield_to->yield_from = NULL;
    yielder->yield_to = NULL;
}

seL4_Error sc_consumed(struct invocation *inv)
{
    inv_return(inv, 0, sc_take_consumed(inv->slot->cap.object));
    return seL4_NoError;
}

seL4_Error sc_bind(struct invocation *inv)
{
    struct sched_context *sc = inv->slot->cap.object;
    const struct cap *cap = &inv->caps[0]->cap;

    if (cap->type != CAP_TCB && cap->type != CAP_NOTIFICATION)
        return inv_bad_cap(inv, 1);
    if (cap->type == CAP_TCB) {
        if (!sc_may_bind(sc, cap->object))
            return seL4_IllegalOperation;
        sc_bind_thread(sc, cap->object);
    } else {
        struct notification *n = cap->object;

        if (sc->notification || n->sc)
            return seL4_IllegalOperation;
        sc_bind_notification(sc, n);
    }
    return seL4_NoError;
}

/* The chain of calls loses its context: answers no longer bring it home. */
static void unbind_reply(struct sched_context *sc)
{
    if (sc->reply)
        sc->reply->sc = NULL;
    sc->reply = NULL;
}

seL4_Error sc_unbind(struct invocation *inv)
{
    struct sched_context *sc = inv->slot->cap.object;

    if (sc->thread == inv->caller)
        return seL4_IllegalOperation;
    sc_unbind_notification(sc);     /* first, or it would lend it again */
    sc_unbind_thread(sc);
    unbind_reply(sc);
    return seL4_NoError;
}

seL4_Error sc_unbind_object(struct invocation *inv)
{
    struct sched_context *sc = inv->slot->cap.object;
    const struct cap *cap = &inv->caps[0]->cap;

    if (cap->type != CAP_TCB && cap->type != CAP_NOTIFICATION)
        return inv_bad_cap(inv, 1);
    if (cap->type == CAP_TCB) {
        if (sc->thread != cap->object || sc->thread == inv->caller)
            return seL4_IllegalOperation;
        sc_unbind_thread(sc);
    } else {
        if (sc->notification != cap->object)
            return seL4_IllegalOperation;
        sc_unbind_notification(sc);
    }
    return seL4_NoError;
}

seL4_Error sc_yield_to(struct invocation *inv)
{
    struct sched_context *sc = inv->slot->cap.object;
    struct thread *t = sc->thread, *caller = inv->caller;

    if (!t || t == caller || t->priority > caller->mcp)
        return seL4_IllegalOperation;

    if (sc->yield_from)
        sc_complete_yield(sc->yield_from);
    if (!sched_competes(t) || t->priority < caller->priority) {
        if (ready_queued(t)) {
            ready_remove(this_cpu(), t);
            ready_prepend(this_cpu(), t);
        }
        inv_return(inv, 0, sc_take_consumed(sc));
        return seL4_NoError;
    }
    if (inv->call) {
        inv->blocked = true;
        caller->yield_to = sc;
        sc->yield_from = caller;
    }
    sched_yield_to(t);
    return seL4_NoError;
}

static void first(struct cap *cap)
{
    struct sched_context *sc = cap->object;

    if (sc->yield_from)
        sc_complete_yield(sc->yield_from);
    sc_unbind_notification(sc);     /* first, or it would lend it again */
    sc_unbind_thread(sc);
    unbind_reply(sc);
}

const struct object_end sc_end = { .first = first };
