/* SPDX-License-Identifier: BSD-2-Clause
 * Release queue: see release_queue.h. */
#include "release_queue.h"

#include "assert.h"
#include "cpu.h"
#include "refill.h"

static int height(const struct sched_context *sc)
{
    return sc ? sc->release.height : 0;
}

static int lean(const struct sched_context *sc)     /* positive: the left side is higher */
{
    return height(sc->release.left) - height(sc->release.right);
}

static void measure(struct sched_context *sc)
{
    const int left = height(sc->release.left), right = height(sc->release.right);

    sc->release.height = (uint8_t)(1 + (left > right ? left : right));
}

/* `new` (may be null) takes old's place under old's parent. */
static void put_in_place(struct cpu *cpu, struct sched_context *old, struct sched_context *new)
{
    struct sched_context *parent = old->release.parent;

    if (!parent)
        cpu->release = new;
    else if (parent->release.left == old)
        parent->release.left = new;
    else
        parent->release.right = new;
    if (new)
        new->release.parent = parent;
}

static void adopt_left(struct sched_context *parent, struct sched_context *child)
{
    parent->release.left = child;
    if (child)
        child->release.parent = parent;
}

static void adopt_right(struct sched_context *parent, struct sched_context *child)
{
    parent->release.right = child;
    if (child)
        child->release.parent = parent;
}

static struct sched_context *lift_left(struct cpu *cpu, struct sched_context *sc)
{
    struct sched_context *top = sc->release.left;

    put_in_place(cpu, sc, top);
    adopt_left(sc, top->release.right);
    adopt_right(top, sc);
    measure(sc);
    measure(top);
    return top;
}

static struct sched_context *lift_right(struct cpu *cpu, struct sched_context *sc)
{
    struct sched_context *top = sc->release.right;

    put_in_place(cpu, sc, top);
    adopt_right(sc, top->release.left);
    adopt_left(top, sc);
    measure(sc);
    measure(top);
    return top;
}

/* From sc upwards: heights right again, no lean beyond 1. Above a part that is as high as before nothing changed. */
static void balance(struct cpu *cpu, struct sched_context *sc)
{
    for (; sc; sc = sc->release.parent) {
        const int left = height(sc->release.left), right = height(sc->release.right), before = sc->release.height;

        if (left > right + 1) {
            if (lean(sc->release.left) < 0)
                lift_right(cpu, sc->release.left);
            sc = lift_left(cpu, sc);
        } else if (right > left + 1) {
            if (lean(sc->release.right) > 0)
                lift_left(cpu, sc->release.right);
            sc = lift_right(cpu, sc);
        } else {
            sc->release.height = (uint8_t)(1 + (left > right ? left : right));
        }
        if (sc->release.height == before)
            return;
    }
}

static struct sched_context *leftmost(struct sched_context *sc)
{
    while (sc && sc->release.left)
        sc = sc->release.left;
    return sc;
}

/* Behind those of the same time; the earliest of all, which stood apart, before them. */
static void tree_insert(struct cpu *cpu, struct sched_context *sc, bool earliest)
{
    const ticks_t time = refill_first(sc)->time;
    struct sched_context *parent = NULL, *at = cpu->release;
    bool left = false;

    while (at) {
        parent = at;
        left = earliest || time < refill_first(at)->time;
        at = left ? at->release.left : at->release.right;
    }
    sc->release = (struct release_link){ .parent = parent, .height = 1 };
    if (!parent)
        cpu->release = sc;
    else if (left)
        parent->release.left = sc;
    else
        parent->release.right = sc;
    balance(cpu, parent);
}

static void tree_remove(struct cpu *cpu, struct sched_context *sc)
{
    struct sched_context *left = sc->release.left, *right = sc->release.right, *from;

    if (left && right) {
        struct sched_context *heir = leftmost(right);

        from = heir->release.parent == sc ? heir : heir->release.parent;
        if (heir != right) {
            put_in_place(cpu, heir, heir->release.right);
            adopt_right(heir, right);
        }
        put_in_place(cpu, sc, heir);
        adopt_left(heir, left);
        heir->release.height = sc->release.height;
    } else {
        from = sc->release.parent;
        put_in_place(cpu, sc, left ? left : right);
    }
    balance(cpu, from);
}

void release_insert(struct cpu *cpu, struct sched_context *sc)
{
    struct sched_context *first = cpu->release_first;

    assert(!sc->in_release && sc != cpu->sc);
    sc->in_release = true;
    if (first && refill_first(first)->time <= refill_first(sc)->time) {
        tree_insert(cpu, sc, false);
        return;
    }
    if (first && !first->release.height)
        tree_insert(cpu, first, true);
    cpu->release_first = sc;
    cpu->timer_stale = true;
}

void release_remove(struct cpu *cpu, struct sched_context *sc)
{
    if (!sc->in_release)
        return;
    if (sc->release.height)
        tree_remove(cpu, sc);
    if (cpu->release_first == sc) {
        cpu->release_first = leftmost(cpu->release);
        cpu->timer_stale = true;
    }
    sc->release = (struct release_link){ 0 };
    sc->in_release = false;
}
