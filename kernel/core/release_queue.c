/* SPDX-License-Identifier: BSD-2-Clause
 * Release queue: see release_queue.h. */
#include "release_queue.h"

#include "assert.h"
#include "cpu.h"
#include "refill.h"

/* Equal times: who came first. The numbers go round, which the earlier of two is told by their distance. */
static bool before(struct sched_context *a, struct sched_context *b)
{
    const ticks_t a_time = refill_first(a)->time, b_time = refill_first(b)->time;

    return a_time != b_time ? a_time < b_time : (int32_t)(a->release.number - b->release.number) < 0;
}

static unsigned rank(const struct sched_context *sc)
{
    return sc ? sc->release.rank : 0;
}

/* The side of the lower rank is the right one, and one below sc's own. False: as it was. */
static bool set_rank(struct sched_context *sc)
{
    struct release_link *link = &sc->release;
    const unsigned was = link->rank;

    if (rank(link->left) < rank(link->right)) {
        struct sched_context *left = link->left;

        link->left = link->right;
        link->right = left;
    }
    link->rank = (uint8_t)(rank(link->right) + 1);
    return link->rank != was;
}

/* One heap of two (each may be null): their right sides become one, in order of time; then ranks are put right from below. */
static struct sched_context *merge(struct sched_context *a, struct sched_context *b)
{
    struct sched_context *top = NULL, *last = NULL, **place = &top;

    while (a && b) {
        struct sched_context *const first = before(a, b) ? a : b;

        if (first == a)
            a = first->release.right;
        else
            b = first->release.right;
        *place = first;
        first->release.parent = last;
        last = first;
        place = &first->release.right;
    }
    *place = a ? a : b;
    if (*place)
        (*place)->release.parent = last;
    for (; last; last = last->release.parent)
        (void)set_rank(last);
    return top;
}

static void set_first(struct cpu *cpu, struct sched_context *first)
{
    if (cpu->release != first)
        cpu->timer_stale = true;
    cpu->release = first;
}

void release_insert(struct cpu *cpu, struct sched_context *sc)
{
    assert(!sc->in_release && sc != cpu->sc);
    sc->in_release = true;
    sc->release = (struct release_link){ .rank = 1, .number = cpu->releases++ };
    set_first(cpu, merge(cpu->release, sc));
}

void release_remove(struct cpu *cpu, struct sched_context *sc)
{
    struct sched_context *parent = sc->release.parent, *heir;

    if (!sc->in_release)
        return;
    sc->in_release = false;
    heir = merge(sc->release.left, sc->release.right);
    if (!parent) {
        set_first(cpu, heir);
        return;
    }
    if (heir)
        heir->release.parent = parent;
    if (parent->release.left == sc)
        parent->release.left = heir;
    else
        parent->release.right = heir;
    while (parent && set_rank(parent))
        parent = parent->release.parent;
}
