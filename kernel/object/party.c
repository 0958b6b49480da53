/* SPDX-License-Identifier: BSD-2-Clause */
#include "party.h"

#include "../core/delete.h"
#include "../core/derivation.h"
#include "../core/vspace.h"
#include "notification.h"

/* Numbers of the arguments of Register and Request, as errors tell them: words from 0, capabilities from 1. */
enum { ARG_BASE = 1, ARG_INDEX = 2, ARG_DEPTH = 3, ARG_FIXED_CAPS = 4 };
enum { CAP_ARG_VSPACE = 1, CAP_ARG_ROOT = 2, CAP_ARG_NOTIFICATION = 3 };

bool inv_has_cap(const struct invocation *inv, word_t i)
{
    return i < inv->capc && !slot_empty(inv->caps[i]);
}

static bool can_signal(const struct cap *cap)
{
    return cap->type == CAP_NOTIFICATION && (cap->rights & RIGHT_WRITE);
}

static void derive(struct slot *to, struct slot *from)
{
    derivation_insert(to, &from->cap, from);
}

seL4_Error party_fix(struct party *p, union slot_cell *slots, struct invocation *inv)
{
    const vaddr_t base = inv_arg(inv, 0);
    const word_t index = inv_arg(inv, 1), depth = inv_arg(inv, 2);
    const bool notification = inv_has_cap(inv, 2);

    /* Check everything ... */
    if (p->fixed)
        return seL4_IllegalOperation;
    if (!vspace_usable(&inv->caps[0]->cap))
        return inv_bad_cap(inv, 1);
    if (inv->caps[1]->cap.type != CAP_CNODE)
        return inv_bad_cap(inv, 2);
    if (notification && !can_signal(&inv->caps[2]->cap))
        return inv_bad_cap(inv, 3);

    /* ... then change. */
    derive(&slots[PARTY_VSPACE].slot, inv->caps[0]);
    derive(&slots[PARTY_CNODE].slot, inv->caps[1]);
    if (notification)
        derive(&slots[PARTY_NOTIFICATION].slot, inv->caps[2]);
    p->fixed = true;
    p->fixed_notification = notification;
    p->fixed_base = base;
    p->index = index;
    p->depth = depth;
    return seL4_NoError;
}

/* What is fixed must be passed as nothing: an argument that would be ignored is a mistake worth telling. */
static seL4_Error check_absent(const struct party *p, struct invocation *inv)
{
    const word_t caps = p->fixed_notification ? 3 : 2;

    for (word_t i = ARG_BASE; i <= ARG_DEPTH; i++)
        if (inv_arg(inv, i))
            return inv_bad_arg(inv, i);
    for (word_t i = 0; i < caps; i++)
        if (inv_has_cap(inv, i))
            return inv_bad_arg(inv, ARG_FIXED_CAPS + i);
    return seL4_NoError;
}

static seL4_Error take_notification(struct slot *slot, struct invocation *inv, struct seat *seat)
{
    if (!can_signal(&slot->cap))
        return inv_bad_cap(inv, CAP_ARG_NOTIFICATION);
    seat->notification = slot;
    return seL4_NoError;
}

seL4_Error party_read(const struct party *p, union slot_cell *slots, struct invocation *inv, struct seat *seat)
{
    static const struct slot none;
    seL4_Error error = p->fixed ? check_absent(p, inv) : seL4_NoError;

    if (error)
        return error;

    const struct slot *vspace = p->fixed ? &slots[PARTY_VSPACE].slot : inv->capc > 0 ? inv->caps[0] : &none;
    const struct slot *root = p->fixed ? &slots[PARTY_CNODE].slot : inv->capc > 1 ? inv->caps[1] : &none;

    if (!vspace_usable(&vspace->cap))
        return inv_bad_cap(inv, CAP_ARG_VSPACE);
    if (root->cap.type != CAP_CNODE)
        return inv_bad_cap(inv, CAP_ARG_ROOT);

    seat->tag = vspace->cap.aux;
    seat->base = p->fixed ? p->fixed_base : inv_arg(inv, ARG_BASE);
    seat->notification = NULL;
    if (p->fixed_notification)
        error = take_notification(&slots[PARTY_NOTIFICATION].slot, inv, seat);
    else if (inv_has_cap(inv, 2))
        error = take_notification(inv->caps[2], inv, seat);
    if (error)
        return error;
    return inv_slot(inv, false, &root->cap, p->fixed ? p->index : inv_arg(inv, ARG_INDEX),
                    p->fixed ? p->depth : inv_arg(inv, ARG_DEPTH), &seat->slot);
}

seL4_Error seat_check_slot(const struct seat *seat, struct invocation *inv)
{
    return slot_empty(seat->slot) ? seL4_NoError : inv_occupied(inv, ARG_INDEX);
}

seL4_Error seat_check_base(const struct seat *seat, unsigned largest_bits, word_t bytes, struct invocation *inv)
{
    const word_t page = (word_t)1 << largest_bits;

    if (seat->base & (page - 1))
        return seL4_AlignmentError;
    /* Base 0 would look like the answer null. */
    if (seat->base == 0 || bytes > ARCH_USER_TOP || seat->base > ARCH_USER_TOP - bytes)
        return inv_range(inv, page, bytes > ARCH_USER_TOP ? 0 : ARCH_USER_TOP - bytes);
    return seL4_NoError;
}

void party_sit(struct party *p, union slot_cell *slots, const struct seat *seat)
{
    p->tag = seat->tag;
    p->base = seat->base;
    if (seat->notification)
        derive(&slots[PARTY_SIGNAL].slot, seat->notification);
}

void party_leave(struct party *p)
{
    p->tag = 0;
    p->base = 0;
}

seL4_Error party_forget(union slot_cell *slots)
{
    return slot_delete(&slots[PARTY_SIGNAL].slot);
}

void slot_signal(const struct slot *slot)
{
    if (slot->cap.type == CAP_NOTIFICATION)
        notification_signal(slot->cap.object, slot->cap.badge);
}

void party_signal(union slot_cell *slots)
{
    slot_signal(&slots[PARTY_SIGNAL].slot);
}
