/* SPDX-License-Identifier: BSD-2-Clause */
#include "registry.h"

#include "../core/delete.h"
#include "../core/thread.h"

/* ---- who may */

/* Somebody asks for what was not given: whoever watches hears of the first time, and reads counters for the rest. */
static seL4_Error deny(struct invocation *inv)
{
    struct registry *r = inv->slot->cap.object;
    const struct slot *monitor = &r->slots[REGISTRY_MONITOR].slot;

    inv->caller->counters.denials++;
    if (!inv->caller->denial_reported && monitor->cap.type == CAP_NOTIFICATION) {
        inv->caller->denial_reported = true;
        slot_signal(monitor);
    }
    return seL4_IllegalOperation;
}

seL4_Error registry_admit(struct invocation *inv, rights_t right, word_t key, word_t *label)
{
    const struct cap *cap = &inv->slot->cap;

    if (!(cap->rights & right))
        return deny(inv);
    if (cap->badge && key != (cap->badge & KEY_MASK))
        return deny(inv);
    if (!key_valid(key & KEY_MASK))
        return inv_bad_arg(inv, 0);
    *label = (cap->badge ? cap->badge : key) >> KEY_LABEL_SHIFT;
    return seL4_NoError;
}

/* ---- the list */

static struct interface *interface_at(struct registry *r, unsigned n)
{
    const struct cap *cap = &r->slots[n].slot.cap;

    return cap->type == CAP_INTERFACE ? cap->object : NULL;
}

struct interface *registry_find(struct registry *r, word_t key)
{
    for (unsigned n = REGISTRY_FIRST; n < REGISTRY_SLOTS; n++) {
        struct interface *i = interface_at(r, n);

        if (i && i->key == (key & KEY_MASK) && !i->ended)
            return i;
    }
    return NULL;
}

struct slot *registry_slot_of(struct registry *r, const struct interface *i)
{
    unsigned n = REGISTRY_FIRST;

    while (interface_at(r, n) != i)
        n++;
    return &r->slots[n].slot;
}

static struct slot *free_slot(struct registry *r)
{
    for (unsigned n = REGISTRY_FIRST; n < REGISTRY_SLOTS; n++)
        if (slot_empty(&r->slots[n].slot))
            return &r->slots[n].slot;
    return NULL;
}

static bool provider_anywhere(struct registry *r)
{
    for (unsigned n = REGISTRY_FIRST; n < REGISTRY_SLOTS; n++) {
        const struct interface *i = interface_at(r, n);

        if (i && i->status != INTERFACE_VACANT)
            return true;
    }
    return false;
}

/* A restricted capability provisions its own label's connections alone. */
static bool labels_covered(struct interface *i, word_t label)
{
    for (unsigned n = 0; n < i->connections; n++) {
        const struct connection *c = interface_connection(i, n);

        if (c && c->label != label)
            return false;
    }
    return true;
}

/* Capability: the interface, which is consumed. */
seL4_Error registry_provision(struct invocation *inv)
{
    struct registry *r = inv->slot->cap.object;
    struct slot *from = inv->caps[0];
    struct slot *to = free_slot(r);
    const bool is_interface = from->cap.type == CAP_INTERFACE;
    struct interface *i = is_interface ? from->cap.object : NULL;
    const word_t label = inv->slot->cap.badge >> KEY_LABEL_SHIFT;

    /* Check everything ... */
    if (!(inv->slot->cap.rights & RIGHT_GRANT))
        return deny(inv);
    if (!is_interface || !interface_complete(i))
        return inv_bad_cap(inv, 1);
    if (inv->slot->cap.badge && (i->key != (inv->slot->cap.badge & KEY_MASK) || !labels_covered(i, label)))
        return deny(inv);
    if (provider_anywhere(r))
        return seL4_IllegalOperation;
    if (!derivation_is_final(from) || registry_find(r, i->key))
        return seL4_RevokeFirst;
    if (!to)
        return inv_memory(inv, 0);

    /* ... then change. */
    derivation_move(to, &from->cap, from);
    return seL4_NoError;
}

/* Capability: the notification, with the badge that its reader will see. It takes the place of the one before. */
seL4_Error registry_set_monitor(struct invocation *inv)
{
    struct registry *r = inv->slot->cap.object;
    struct slot *monitor = &r->slots[REGISTRY_MONITOR].slot;
    struct slot *from = inv->caps[0];

    /* Check everything ... */
    if (!(inv->slot->cap.rights & RIGHT_GRANT) || inv->slot->cap.badge)
        return deny(inv);
    if (from->cap.type != CAP_NOTIFICATION || !(from->cap.rights & RIGHT_WRITE))
        return inv_bad_cap(inv, 1);

    /* ... then change. */
    const seL4_Error error = slot_delete(monitor);
    if (error)
        return error;                   /* preempted: the call is made again */
    derivation_insert(monitor, &from->cap, from);
    return seL4_NoError;
}

/* Word key -> on the list, registered. Any right to the interface will do. */
seL4_Error registry_query(struct invocation *inv)
{
    const word_t key = inv_arg(inv, 0);
    word_t label;
    const seL4_Error error = registry_admit(inv, RIGHT_READ | RIGHT_WRITE | RIGHT_GRANT, key, &label);

    if (error)
        return error;

    const struct interface *i = registry_find(inv->slot->cap.object, key);

    inv_return(inv, 0, i != NULL);
    inv_return(inv, 1, i && i->status == INTERFACE_REGISTERED);
    return seL4_NoError;
}

/* The owner takes everything back, before the interfaces lose their place: where this end is part of another, their
 * slots are only put out of reach. */
static seL4_Error end_withdraw(struct cap *cap)
{
    struct registry *r = cap->object;

    for (unsigned n = REGISTRY_FIRST; n < REGISTRY_SLOTS; n++) {
        const struct cap *slot = &r->slots[n].slot.cap;
        const bool ending = slot->type == CAP_ZOMBIE && slot->aux == CAP_INTERFACE;     /* and preempted there */
        const seL4_Error error =
            slot->type == CAP_INTERFACE || ending ? interface_withdraw(slot->object) : seL4_NoError;

        if (error)
            return error;
    }
    return seL4_NoError;
}

const struct object_end registry_end = { .withdraw = end_withdraw };
