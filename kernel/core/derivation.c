/* SPDX-License-Identifier: BSD-2-Clause
 * The derivation tree: one preorder list of slots; who is whose parent is computed, never stored.
 *
 * Invariant: the slots that come after a slot and are its children (derivation_is_parent) follow it without a gap, and all
 * capabilities to one object stand together, so that children are found, and the last capability to an object is known,
 * by looking at neighbours alone. */
#include "derivation.h"

#include "assert.h"
#include "region.h"

struct slot derivation_list;

static void link_after(struct slot *place, struct slot *slot)
{
    slot->prev = place;
    slot->next = place->next;
    if (slot->next)
        slot->next->prev = slot;
    place->next = slot;
}

/* Is child's object all or part of parent's, so that parent could be where it came from? */
static bool region_of(const struct cap *parent, const struct cap *child)
{
    switch (parent->type) {
    case CAP_NULL:
    case CAP_ZOMBIE:
        return false;
    case CAP_UNTYPED:
        return cap_region_within(parent, child);
    case CAP_FRAME:
        return child->type == CAP_FRAME && cap_region_within(parent, child);
    case CAP_IRQ_CONTROL:
        return child->type == CAP_IRQ_CONTROL || child->type == CAP_IRQ_HANDLER;
    case CAP_IRQ_HANDLER:
    case CAP_SCHED_CONTROL:
        return child->type == parent->type && child->aux == parent->aux;
    case CAP_INTERFACE:
        return (child->type == CAP_INTERFACE || child->type == CAP_PROVIDER) && child->object == parent->object;
    case CAP_CONNECTION:
        return (child->type == CAP_CONNECTION || child->type == CAP_CLIENT) && child->object == parent->object;
    default:    /* controls have no object: null is null */
        return child->type == parent->type && child->object == parent->object;
    }
}

/* Do both name the same object in the same way, so that while one stays the other is not the last? */
static bool same_object(const struct cap *a, const struct cap *b)
{
    switch (a->type) {
    case CAP_UNTYPED:           /* of two equal ranges one is the other's parent */
    case CAP_IRQ_CONTROL:
        return false;
    case CAP_FRAME:
        return b->type == CAP_FRAME && a->object == b->object && a->size_bits == b->size_bits;
    default:
        return a->type == b->type && region_of(a, b);
    }
}

static bool has_badge(const struct cap *cap)
{
    return cap->type == CAP_ENDPOINT || cap->type == CAP_NOTIFICATION || cap->type == CAP_REGISTRY;
}

bool derivation_is_parent(const struct slot *parent, const struct slot *child)
{
    if (!parent->original || !region_of(&parent->cap, &child->cap))
        return false;
    if (!has_badge(&parent->cap) || !parent->cap.badge)
        return true;
    return parent->cap.badge == child->cap.badge && !child->first_badged;
}

/* May a capability that is derived from another have children of its own? */
static bool derived_is_original(const struct cap *cap, const struct cap *from)
{
    if (has_badge(cap))
        return cap->badge != from->badge;
    return cap->type == CAP_UNTYPED || (cap->type == CAP_IRQ_HANDLER && from->type == CAP_IRQ_CONTROL);
}

void derivation_insert(struct slot *to, const struct cap *cap, struct slot *from)
{
    assert(slot_empty(to));
    to->cap = *cap;
    to->next = to->prev = NULL;
    to->original = to->first_badged = true;
    if (!from) {
        link_after(&derivation_list, to);
        return;
    }
    to->original = to->first_badged = derived_is_original(cap, &from->cap);
    link_after(from, to);
    if (cap->type == CAP_UNTYPED)   /* memory is handed out by one of the two; to the other it is in use */
        from->cap.extra = (word_t)1 << from->cap.size_bits;
}

void derivation_insert_object(struct slot *to, const struct cap *cap, struct slot *untyped)
{
    assert(slot_empty(to));
    to->cap = *cap;
    to->original = to->first_badged = true;
    link_after(untyped, to);
}

void derivation_remove(struct slot *slot)
{
    if (slot->prev)
        slot->prev->next = slot->next;
    if (slot->next) {
        slot->next->prev = slot->prev;
        /* What follows began no later than what goes: copies of a removed badge's first stay apart from the one before. */
        slot->next->first_badged |= slot->first_badged;
    }
    *slot = (struct slot){ .cap.type = CAP_NULL };
}

void derivation_move(struct slot *to, const struct cap *cap, struct slot *from)
{
    assert(slot_empty(to));
    *to = *from;
    to->cap = *cap;
    if (to->prev)
        to->prev->next = to;
    if (to->next)
        to->next->prev = to;
    *from = (struct slot){ .cap.type = CAP_NULL };
}

void derivation_swap(struct slot *a, const struct cap *a_cap, struct slot *b, const struct cap *b_cap)
{
    struct slot aside = { .cap.type = CAP_NULL };
    const struct cap for_b = *a_cap, for_a = *b_cap;    /* either may lie in the slots themselves */

    if (a == b)
        return;
    if (!slot_empty(a))
        derivation_move(&aside, &for_b, a);
    if (!slot_empty(b))
        derivation_move(a, &for_a, b);
    if (!slot_empty(&aside))
        derivation_move(b, &for_b, &aside);
}

bool derivation_has_children(const struct slot *slot)
{
    return slot->next && derivation_is_parent(slot, slot->next);
}

bool derivation_is_final(const struct slot *slot)
{
    return !(slot->prev && same_object(&slot->prev->cap, &slot->cap)) &&
           !(slot->next && same_object(&slot->cap, &slot->next->cap));
}
