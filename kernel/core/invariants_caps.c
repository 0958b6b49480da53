/* SPDX-License-Identifier: BSD-2-Clause
 * Invariants of capabilities and of the memory that they are about. */
#include "../object/connection.h"
#include "../object/interface.h"
#include "derivation.h"
#include "invariants.h"
#include "region.h"

struct slot *invariant_first_slot(void)
{
    return derivation_list.next;
}

bool invariant_seen(const struct slot *slot)
{
    return slot->prev->cap.type == slot->cap.type && slot->prev->cap.object == slot->cap.object;
}

/* A cycle is met by a second walker at half the speed. */
bool invariant_list_linked(struct violation *v)
{
    const struct slot *slow = &derivation_list;
    bool step = false;

    for (const struct slot *s = &derivation_list; s->next; s = s->next) {
        if (s->next->prev != s)
            return violated(v, "the derivation list is linked both ways", s);
        if (slot_empty(s->next))
            return violated(v, "no empty slot is in the derivation list", s->next);
        if (step)
            slow = slow->next;
        step = !step;
        if (slow == s->next)
            return violated(v, "the derivation list has no cycle", s);
    }
    return true;
}

/* Was t given the same badge as s, after s, or the same software interrupt? Then copies that stand behind t are t's. */
static bool same_badge(const struct slot *s, const struct slot *t)
{
    return (s->cap.badge || s->cap.type == CAP_SGI_SIGNAL) && t->first_badged && t->cap.type == s->cap.type &&
           t->cap.object == s->cap.object && t->cap.size_bits == s->cap.size_bits && t->cap.badge == s->cap.badge;
}

bool invariant_children_follow(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        const struct slot *t = s->next;

        while (t && derivation_is_parent(s, t))
            t = t->next;
        for (; t && s->original && !same_badge(s, t); t = t->next)
            if (derivation_is_parent(s, t))
                return violated(v, "children follow their parent without a gap", t);
    }
    return true;
}

static bool narrower(const struct slot *parent, const struct slot *child)
{
    if (parent->cap.type != child->cap.type || parent->cap.type == CAP_UNTYPED)
        return true;
    if (parent->cap.type != CAP_CNODE && parent->cap.badge && parent->cap.type != CAP_FRAME &&
        parent->cap.type != CAP_PAGE_TABLE && parent->cap.badge != child->cap.badge)
        return false;
    return !(child->cap.rights & ~parent->cap.rights);
}

bool invariant_rights_narrow(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next)
        for (const struct slot *t = s->next; t && derivation_is_parent(s, t); t = t->next)
            if (!narrower(s, t))
                return violated(v, "rights and badges only ever narrow", t);
    return true;
}

static unsigned object_type(const struct cap *cap)
{
    const unsigned type = cap->type == CAP_ZOMBIE ? cap->aux : cap->type;

    return type == CAP_PROVIDER ? CAP_INTERFACE : type == CAP_CLIENT ? CAP_CONNECTION : type;
}

static bool same_memory(const struct cap *a, const struct cap *b)
{
    return object_type(a) == object_type(b) && a->object == b->object && cap_region_bits(a) == cap_region_bits(b);
}

/* The first slot behind s, about whose memory another object is; null: none. */
static const struct slot *first_overlap(const struct slot *s)
{
    const uintptr_t start = cap_region_start(&s->cap), last = cap_region_last(&s->cap);

    for (const struct slot *t = s->next; t; t = t->next) {
        if (cap_region_start(&t->cap) > last || cap_region_last(&t->cap) < start || !cap_region_bits(&t->cap))
            continue;
        if (same_memory(&s->cap, &t->cap))
            continue;
        if (s->cap.type == CAP_UNTYPED && cap_region_within(&s->cap, &t->cap))
            continue;       /* an untyped stands before what was made from it */
        return t;
    }
    return NULL;
}

bool invariant_objects_disjoint(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        const struct slot *t = cap_region_bits(&s->cap) && !invariant_seen(s) ? first_overlap(s) : NULL;

        if (t)
            return violated(v, "memory is one object's", t);
    }
    return true;
}

bool invariant_untyped_watermark(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        if (s->cap.type != CAP_UNTYPED)
            continue;
        if (s->cap.extra > (word_t)1 << s->cap.size_bits)
            return violated(v, "a watermark lies inside its untyped", s);
        for (const struct slot *t = s->next; t && derivation_is_parent(s, t); t = t->next)
            if (!cap_region_within(&s->cap, &t->cap) ||
                cap_region_last(&t->cap) - cap_region_start(&s->cap) >= s->cap.extra)
                return violated(v, "what was made from an untyped lies below its watermark", t);
    }
    return true;
}

static bool slot_among(const struct slot *slot, const union slot_cell *first, size_t count)
{
    return (uintptr_t)slot >= (uintptr_t)first && (uintptr_t)slot < (uintptr_t)(first + count);
}

static bool consumed_sound(const struct slot *s)
{
    const void *consumer = (const void *)(uintptr_t)s->cap.extra;
    const bool here = s->cap.aux == CONSUMER_CONNECTION
                          ? slot_among(s, ((const struct connection *)consumer)->slots, CONNECTION_SLOTS)
                          : s->cap.aux == CONSUMER_INTERFACE &&
                                slot_among(s, ((const struct interface *)consumer)->slots, INTERFACE_SLOTS);

    return here && !(s->cap.flags & (CAP_MAPPED | CAP_DEVICE)) && derivation_is_final(s) &&
           !derivation_has_children(s);
}

static bool badge_sound(word_t badge)
{
    return !badge || (badge >> KEY_LABEL_SHIFT && key_valid(badge & KEY_MASK));
}

bool invariant_caps_sound(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        if (s->cap.type >= CAP_COUNT)
            return violated(v, "a capability has a type", s);
        if (s->cap.type == CAP_FRAME && (s->cap.flags & CAP_CONSUMED) && !consumed_sound(s))
            return violated(v, "a consumed frame lies in its consumer, alone", s);
        if (s->cap.type == CAP_REGISTRY && !badge_sound(s->cap.badge))
            return violated(v, "a registry badge is whole", s);
    }
    return true;
}
