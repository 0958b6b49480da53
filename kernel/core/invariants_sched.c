/* SPDX-License-Identifier: BSD-2-Clause
 * Invariants of threads, queues and time: see thread.h, cpu.h, endpoint.h, notification.h, reply.h, refill.h. */
#include "../object/endpoint.h"
#include "../object/notification.h"
#include "../object/reply.h"
#include "cpu.h"
#include "invariants.h"
#include "refill.h"

/* The next object of a type behind slot s (null: from the start), each once, those that are ending too. Null: none. */
static struct slot *next_object(struct slot *s, enum cap_type type)
{
    for (s = s ? s->next : invariant_first_slot(); s; s = s->next)
        if ((s->cap.type == type || (s->cap.type == CAP_ZOMBIE && s->cap.aux == type)) && !invariant_seen(s))
            return s;
    return NULL;
}

/* ---- wait queues: those in a queue say so, and no more say so than are there */

/* Threads in a queue of an object, all of which wait for it in this state; SIZE_MAX: one does not. */
static size_t queue_length(const struct wait_queue *q, const void *object, enum thread_state state)
{
    size_t length = 0;

    for (const struct thread *t = wait_queue_head(q); t; t = wait_queue_next(t), length++) {
        if (t->waiting_on != object || t->state != state || t->wait.next->wait.prev != t)
            return SIZE_MAX;
        if (t->wait.first && t->wait.lower && t->wait.lower->priority >= t->priority)
            return SIZE_MAX;
    }
    return length;
}

static enum thread_state endpoint_state_of_waiters(const struct endpoint *e)
{
    return e->state == ENDPOINT_SENDERS ? THREAD_BLOCKED_ON_SEND : THREAD_BLOCKED_ON_RECEIVE;
}

static bool waits(const struct thread *t)
{
    return t->state == THREAD_BLOCKED_ON_SEND || t->state == THREAD_BLOCKED_ON_RECEIVE ||
           t->state == THREAD_BLOCKED_ON_NOTIFICATION;
}

bool invariant_queues_consistent(struct violation *v)
{
    size_t queued = 0, waiting = 0;

    for (struct slot *s = next_object(NULL, CAP_ENDPOINT); s; s = next_object(s, CAP_ENDPOINT)) {
        const struct endpoint *e = s->cap.object;
        const size_t length = queue_length(&e->queue, e, endpoint_state_of_waiters(e));

        if (length == SIZE_MAX || (length == 0) != (e->state == ENDPOINT_IDLE))
            return violated(v, "threads in an endpoint's queue wait there, as its state says", e);
        queued += length;
    }
    for (struct slot *s = next_object(NULL, CAP_NOTIFICATION); s; s = next_object(s, CAP_NOTIFICATION)) {
        const struct notification *n = s->cap.object;
        const size_t length = queue_length(&n->waiters, n, THREAD_BLOCKED_ON_NOTIFICATION);

        if (length == SIZE_MAX)
            return violated(v, "threads in a notification's queue wait there", n);
        queued += length;
    }
    for (struct slot *s = next_object(NULL, CAP_TCB); s; s = next_object(s, CAP_TCB))
        waiting += waits(s->cap.object);
    return queued == waiting || violated(v, "who waits is in a queue", NULL);
}

/* ---- bindings */

static bool thread_bound(const struct thread *t)
{
    return (!t->sc || t->sc->thread == t) && (!t->bound || t->bound->bound == t) &&
           (t->state != THREAD_BLOCKED_ON_REPLY || (t->reply && t->reply->thread == t));
}

static bool sc_bound(const struct sched_context *sc)
{
    return (!sc->thread || sc->thread->sc == sc) && (!sc->notification || sc->notification->sc == sc) &&
           (!sc->reply || sc->reply->sc == sc);
}

static bool notification_bound(const struct notification *n)
{
    return (!n->bound || n->bound->bound == n) && (!n->sc || n->sc->notification == n);
}

static bool reply_bound(const struct reply *r)
{
    return (!r->thread || r->thread->reply == r) && (!r->prev || r->prev->next == r) &&
           (!r->next || r->next->prev == r) && (!r->sc || (r->sc->reply == r && !r->next));
}

bool invariant_bindings_symmetric(struct violation *v)
{
    for (struct slot *s = invariant_first_slot(); s; s = s->next) {
        const void *object = s->cap.object;

        if ((s->cap.type == CAP_TCB && !thread_bound(object)) || (s->cap.type == CAP_SC && !sc_bound(object)) ||
            (s->cap.type == CAP_NOTIFICATION && !notification_bound(object)) ||
            (s->cap.type == CAP_REPLY && !reply_bound(object)))
            return violated(v, "what is bound is bound both ways", object);
    }
    return true;
}

/* ---- the scheduler */

static bool competes(const struct thread *t)
{
    return thread_runnable(t) && t->sc && sc_active(t->sc) && !t->sc->in_release;
}

/* The threads of one ready queue: as many as returned; SIZE_MAX: one has no business there. */
static size_t ring_length(const struct cpu *cpu, unsigned level)
{
    const struct thread *first = cpu->ready[level], *t = first;
    size_t length = 0;

    if (!first)
        return 0;
    do {
        if (t->level != level || !competes(t) || t == cpu->current || t->ready.next->ready.prev != t)
            return SIZE_MAX;
        t = t->ready.next;
        length++;
    } while (t != first);
    return length;
}

/* Most levels have nobody: of 64 at once, the bits say so and the rings are empty. */
static bool group_empty(const struct cpu *cpu, unsigned group)
{
    uintptr_t any = 0;

    for (unsigned i = 0; i < 64; i++)
        any |= (uintptr_t)cpu->ready[group * 64 + i];
    return !any && !cpu->ready_bits[group] && !(cpu->ready_groups >> group & 1);
}

static bool ready_bit(const struct cpu *cpu, unsigned level)
{
    return cpu->ready_bits[level / 64] >> level % 64 & 1;
}

bool invariant_ready_queues_exact(struct violation *v)
{
    const struct cpu *cpu = this_cpu();
    size_t queued = 0, ready = 0;

    if (cpu->current && cpu->current->domain != cpu->domain)
        return violated(v, "who runs is of the domain whose turn it is", cpu->current);
    for (unsigned l = 0; l < LEVELS; l++) {
        if (l % 64 == 0 && group_empty(cpu, l / 64)) {
            l += 63;
            continue;
        }

        const size_t length = ring_length(cpu, l);

        if (length == SIZE_MAX || (length != 0) != ready_bit(cpu, l) ||
            (cpu->ready_bits[l / 64] != 0) != (cpu->ready_groups >> l / 64 & 1))
            return violated(v, "the threads in a ready queue are ready, and its bit says so", cpu->ready[l]);
        queued += length;
    }
    for (struct slot *s = next_object(NULL, CAP_TCB); s; s = next_object(s, CAP_TCB)) {
        const struct thread *t = s->cap.object;

        if (t->level != t->domain * PRIORITIES + t->priority)
            return violated(v, "a thread's level is its domain and its priority", t);
        if (!breakpoint_invariant(t))
            return violated(v, "a thread's flags say whether it is debugged", t);
        ready += competes(t) && t != cpu->current;
    }
    return queued == ready || violated(v, "who can run is in a ready queue", NULL);
}

static bool released_later(const struct sched_context *sc)
{
    return sc->in_release && sc->thread && thread_runnable(sc->thread);
}

static unsigned release_rank(const struct sched_context *sc) { return sc ? sc->release.rank : 0; }

/* Is sc where the release queue's order and ranks want it (see release_queue.h)? */
static bool release_placed(struct sched_context *sc)
{
    struct sched_context *const parent = sc->release.parent;
    const unsigned left = release_rank(sc->release.left), right = release_rank(sc->release.right);

    if (parent ? parent->release.left != sc && parent->release.right != sc : this_cpu()->release != sc)
        return false;
    if (parent && refill_first(parent)->time > refill_first(sc)->time)
        return false;
    return right <= left && sc->release.rank == right + 1;
}

bool invariant_refills_sound(struct violation *v)
{
    for (struct slot *s = next_object(NULL, CAP_SC); s; s = next_object(s, CAP_SC)) {
        struct sched_context *sc = s->cap.object;

        if (sc_active(sc) && !refill_invariant(sc))
            return violated(v, "refills are sorted and sum to the budget", sc);
        if (sc->in_release && !released_later(sc))
            return violated(v, "a context in the release queue has a thread that waits for its budget", sc);
        if (sc->in_release && !release_placed(sc))
            return violated(v, "the release queue is in order, and its right sides are short", sc);
    }
    return true;
}
