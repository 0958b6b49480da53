/* SPDX-License-Identifier: BSD-2-Clause
 * Reply: see reply.h.
 *
 *   A calls B calls C, all on one context:   sc->reply ─▶ reply(B) ─prev─▶ reply(A)      C runs */
#include "reply.h"

#include "../core/ipc.h"
#include "sched_context.h"

void reply_push(struct reply *r, struct thread *caller, struct thread *callee, bool donate)
{
    struct sched_context *sc = caller->sc;

    r->thread = caller;
    caller->reply = r;
    if (donate && sc && !callee->sc) {
        reply_chain(r, sc);
        sc_donate(sc, callee);
    }
    thread_set_state(caller, THREAD_BLOCKED_ON_REPLY);
}

static void unlink_thread(struct reply *r)
{
    r->thread->reply = NULL;
    r->thread = NULL;
}

void reply_break(struct reply *r)
{
    if (r->sc)
        r->sc->reply = NULL;
    if (r->next)
        r->next->prev = NULL;
    if (r->prev)
        r->prev->next = NULL;
    r->sc = NULL;
    r->next = r->prev = NULL;
    unlink_thread(r);
}

void reply_remove(struct reply *r)
{
    struct sched_context *sc = r->sc;
    struct thread *caller = r->thread;

    if (!sc) {
        reply_break(r);
        return;
    }
    reply_unchain(r);
    unlink_thread(r);
    if (!caller->sc)
        sc_donate(sc, caller);
}

/* Nobody can answer any more: who waits for it is left INACTIVE, with its context back if that can still be found. */
static void first(struct cap *cap)
{
    struct reply *r = cap->object;
    struct thread *t = r->thread;

    if (!t)
        return;
    if (t->state == THREAD_BLOCKED_ON_REPLY) {
        reply_remove(r);
        ipc_give_up(t);
    } else {
        ipc_cancel(t);
    }
}

const struct object_end reply_end = { .first = first };
