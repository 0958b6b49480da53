/* SPDX-License-Identifier: BSD-2-Clause
 * Deleting capabilities and ending objects, as seL4 does it: in steps that each leave every invariant true, without
 * recursion however objects are nested.
 *
 * The last capability to an object that holds slots becomes a zombie, which counts the slots still to empty, from the last
 * to the first. What is found in such a slot is deleted in turn; if that makes another zombie, it is moved into the first
 * slot of the object that it stands for, and what was there is deleted in its place. So an object that lost its last
 * capability inside another object's end keeps itself, out of everyone's reach, until its untyped is revoked; and
 * a CNode that contains itself ends like any other. */
#include "delete.h"

#include "assert.h"
#include "derivation.h"
#include "invoke.h"

/* How many slots does the object of a capability that is no zombie hold? */
static word_t slot_count(const struct cap *cap)
{
    const word_t count = object_slots[cap->type].count;

    return count == SLOTS_RADIX ? (word_t)1 << cap->size_bits : count;
}

static struct slot *zombie_slot(const struct cap *zombie, word_t index)
{
    return (struct slot *)(void *)((uint8_t *)zombie->object + object_slots[zombie->aux].at + (index << SLOT_BITS));
}

/* What must be done before the slots of the zombie's object are touched. */
static seL4_Error withdraw(struct cap *zombie)
{
    const seL4_Error error = object_ends[zombie->aux]->withdraw(zombie);

    if (!error)
        zombie->flags = 0;
    return error;
}

/* The capability stops doing what it does, and if it is the last, the object begins to end: then a zombie is left, unless
 * there is nothing more to do. */
static seL4_Error retire(struct slot *slot)
{
    struct cap *cap = &slot->cap;
    const struct object_end *end = object_ends[cap->type];      /* none for a zombie */

    if (!end)
        return cap->flags & CAP_WITHDRAWING ? withdraw(cap) : seL4_NoError;
    if (end->each)
        end->each(slot);
    if (end->each || !derivation_is_final(slot))
        return seL4_NoError;
    if (end->first)
        end->first(cap);
    const word_t count = slot_count(cap);
    if (!count && !end->finish)
        return seL4_NoError;
    slot->original = false;             /* nothing comes from a zombie */
    cap->aux = cap->type;
    cap->extra = count;
    cap->type = CAP_ZOMBIE;
    cap->flags = end->withdraw ? CAP_WITHDRAWING : 0;
    return end->withdraw ? withdraw(cap) : seL4_NoError;
}

/* Is there nothing left to empty for a zombie? Its own slot does not count when it is in the object itself. */
static bool removable(const struct slot *zombie)
{
    const word_t left = zombie->cap.extra;

    return !left || (left == 1 && zombie_slot(&zombie->cap, 0) == zombie);
}

/* End what is in slot as far as it goes without emptying another. True: nothing more to do, or *error. */
static bool ended(struct slot *slot, seL4_Error *error)
{
    *error = retire(slot);
    if (*error)
        return true;
    if (slot->cap.type == CAP_ZOMBIE) {
        const struct object_end *end = object_ends[slot->cap.aux];

        if (!removable(slot))
            return false;
        if (end->finish && (*error = end->finish(&slot->cap)))
            return true;
    }
    derivation_remove(slot);
    return true;
}

/* Empty a slot of an object that is ending. */
static seL4_Error empty_inner(struct slot *slot)
{
    seL4_Error error = seL4_NoError;

    while (!slot_empty(slot) && !ended(slot, &error)) {
        struct slot *first = zombie_slot(&slot->cap, 0);
        assert(first != slot);      /* one zombie for each object, and the outer one is elsewhere */
        derivation_swap(first, &first->cap, slot, &slot->cap);
        if (preempt_pending())
            return KERNEL_PREEMPTED;
    }
    return error;
}

/* Empty the last slot of the zombie in slot that is not empty yet. Afterwards slot may hold another zombie that was moved
 * here, or nothing, when slot itself is one of the zombie's. */
static seL4_Error empty_last(struct slot *slot)
{
    const struct cap was = slot->cap;
    struct slot *last = zombie_slot(&was, was.extra - 1);
    const seL4_Error error = empty_inner(last);

    if (error)
        return error;
    if (slot->cap.type == CAP_ZOMBIE && slot->cap.object == was.object && slot->cap.aux == was.aux) {
        assert(slot_empty(last) && slot->cap.extra == was.extra);
        slot->cap.extra--;
    }
    return seL4_NoError;
}

seL4_Error slot_delete(struct slot *slot)
{
    seL4_Error error = seL4_NoError;

    while (!slot_empty(slot) && !ended(slot, &error)) {
        error = empty_last(slot);
        if (error)
            return error;
        if (preempt_pending())
            return KERNEL_PREEMPTED;
    }
    return error;
}

seL4_Error slot_revoke(struct slot *slot)
{
    while (derivation_has_children(slot)) {
        const seL4_Error error = slot_delete(slot->next);
        if (error)
            return error;
        if (preempt_pending() && derivation_has_children(slot))
            return KERNEL_PREEMPTED;
    }
    return seL4_NoError;
}
