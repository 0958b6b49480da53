/* SPDX-License-Identifier: BSD-2-Clause
 * The derivation tree: one preorder list of slots; who is whose parent is computed, never stored.
 *
 * Invariant: the slots that come after a slot and are its children (derivation_is_parent) follow it without a gap, and all
 * capabilities to one object stand together, so that children are found, and the last capability to an object is known,
 * by looking at neighbours alone. */
#include "derivation.h"

#include "assert.h"

struct slot derivation_list;

static void slot_clear(struct slot *slot)
{
    slot->cap = (struct cap){ .type = CAP_NULL };
    slot->next = slot->prev = NULL;
    slot->original = slot->first_badged = false;
}

static void link_after(struct slot *place, struct slot *slot)
{
    slot->prev = place;
    slot->next = place->next;
    if (slot->next)
        slot->next->prev = slot;
    place->next = slot;
}

/* Do both name the same object, so that while one stays the other is not the last? Controls have none: null is null. */
static bool same_object(const struct cap *a, const struct cap *b)
{
    return a->object == b->object && a->type == b->type && a->size_bits == b->size_bits;
}

static bool has_badge(const struct cap *cap)
{
    return cap->type == CAP_ENDPOINT || cap->type == CAP_NOTIFICATION || cap->type == CAP_REGISTRY;
}

bool derivation_is_parent(const struct slot *parent, const struct slot *child)
{
    const struct cap *const from = &parent->cap, *const cap = &child->cap;

    if (!parent->original)
        return false;
    /* Regions nest or are disjoint, and the outer stands first: where the inner begins says all. */
    if (from->type == CAP_UNTYPED)
        return ((uintptr_t)cap->object - (uintptr_t)from->object) >> from->size_bits == 0;
    switch (from->type) {
    case CAP_IRQ_CONTROL:
        return cap->type == CAP_IRQ_HANDLER || cap->type == CAP_SGI_SIGNAL;
    case CAP_INTERFACE:
        return cap->object == from->object && (cap->type == CAP_INTERFACE || cap->type == CAP_PROVIDER);
    case CAP_CONNECTION:
        return cap->object == from->object && (cap->type == CAP_CONNECTION || cap->type == CAP_CLIENT);
    case CAP_ENDPOINT:
    case CAP_NOTIFICATION:
    case CAP_REGISTRY:
        return same_object(from, cap) && (!from->badge || (from->badge == cap->badge && !child->first_badged));
    case CAP_SGI_SIGNAL:            /* the same number may be given out again, apart */
        return same_object(from, cap) && !child->first_badged;
    default:
        return same_object(from, cap);
    }
}

/* May a capability that is derived from another have children of its own? */
static bool derived_is_original(const struct cap *cap, const struct cap *from)
{
    if (has_badge(cap))
        return cap->badge != from->badge;
    return cap->type == CAP_UNTYPED || from->type == CAP_IRQ_CONTROL;
}

void derivation_insert(struct slot *to, const struct cap *cap, struct slot *from)
{
    assert(slot_empty(to));
    to->cap = *cap;
    to->original = to->first_badged = !from || derived_is_original(cap, &from->cap);
    link_after(from ? from : &derivation_list, to);
    if (from && cap->type == CAP_UNTYPED)   /* memory is handed out by one of the two; to the other it is in use */
        from->cap.extra = (word_t)1 << from->cap.size_bits;
}

void derivation_insert_objects(struct slot *to, struct cap cap, word_t count, word_t bytes, struct slot *untyped)
{
    for (; count; count--) {
        assert(slot_empty(to));
        to->cap = cap;
        to->original = to->first_badged = true;
        link_after(untyped, to);
        cap.object = (uint8_t *)cap.object + bytes;
        to = slot_behind(to);
    }
}

void derivation_remove(struct slot *slot)
{
    slot->prev->next = slot->next;
    if (slot->next) {
        slot->next->prev = slot->prev;
        /* What follows began no later than what goes: copies of a removed badge's first stay apart from the one before. */
        slot->next->first_badged |= slot->first_badged;
    }
    slot_clear(slot);
}

void derivation_move(struct slot *to, const struct cap *cap, struct slot *from)
{
    assert(slot_empty(to));
    to->cap = *cap;
    to->original = from->original;
    to->first_badged = from->first_badged;
    link_after(from, to);
    from->prev->next = to;
    to->prev = from->prev;
    slot_clear(from);
}

void derivation_swap(struct slot *a, const struct cap *a_cap, struct slot *b, const struct cap *b_cap)
{
    struct slot aside = { .cap.type = CAP_NULL };
    const struct cap for_b = *a_cap, for_a = *b_cap;    /* either may lie in the slots themselves */

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
    return !same_object(&slot->prev->cap, &slot->cap) && !(slot->next && same_object(&slot->cap, &slot->next->cap));
}
