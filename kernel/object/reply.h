/* SPDX-License-Identifier: BSD-2-Clause
 * Reply: the right to answer one caller, once, and that caller's place in a chain of calls.
 * Invariants: thread->reply == this, and thread waits for a reply (or receives, with this to be filled); along the chain
 * next->prev == this and prev->next == this; sc is set in a chain's newest reply alone, and sc->reply == this. */
#pragma once

#include "../core/delete.h"
#include "../core/thread.h"
#include "sched_context.h"

struct reply {
    struct thread *thread;          /* BLOCKED_ON_REPLY: to be answered; BLOCKED_ON_RECEIVE: it offered this; or null */
    struct reply *prev, *next;      /* chain of calls that one context travelled along: older, newer */
    struct sched_context *sc;       /* that travelled; set in the newest only */
};
_Static_assert(sizeof(struct reply) <= 64, "a reply is as large as it says");

/* sc travels on through r, which is in no chain: r is its newest reply. */
static inline void reply_chain(struct reply *r, struct sched_context *sc)
{
    r->prev = sc->reply;
    if (r->prev) {
        r->prev->next = r;
        r->prev->sc = NULL;
    }
    r->sc = sc;
    sc->reply = r;
}
/* The newest of a chain leaves it: the one before is the newest then. */
static inline void reply_unchain(struct reply *r)
{
    struct sched_context *sc = r->sc;

    sc->reply = r->prev;
    if (r->prev) {
        r->prev->next = NULL;
        r->prev->sc = sc;
    }
    r->sc = NULL;
    r->prev = NULL;
}
/* caller waits for callee's answer through r; lend its context when callee has none and donate says so. */
void reply_push(struct reply *r, struct thread *caller, struct thread *callee, bool donate);
/* r's thread is answered or gives up: out of the chain. The newest of a chain brings the context home. */
void reply_remove(struct reply *r);
/* r's thread gives up waiting while another runs on its context: out of the chain, the context stays where it is. */
void reply_break(struct reply *r);

extern const struct object_end reply_end;
