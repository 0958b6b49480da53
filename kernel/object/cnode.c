/* SPDX-License-Identifier: BSD-2-Clause
 * CNode: 1 << size_bits slots, and the operations on the slots that can be reached from it.
 * Invariant: each slot is empty or in the derivation list. */
#include "cnode.h"

#include "../core/derivation.h"
#include "../core/derive.h"
#include "../core/invoke.h"
#include "endpoint.h"

/* Numbers of the arguments that name a slot, for seL4_DeleteFirst. */
enum { ARG_TARGET = 0 };

struct place { struct slot *slot; struct cap cap; };    /* a source, and what is to be made of what it holds */

static seL4_Error find(struct invocation *inv, bool source, const struct cap *root, unsigned index_arg, struct place *p)
{
    const word_t depth = inv_arg(inv, index_arg + 1);
    const seL4_Error error = inv_slot(inv, source, root, inv_arg(inv, index_arg), depth, &p->slot);

    if (error)
        return error;
    if (slot_empty(p->slot))
        return inv_missing(inv, source, depth);
    p->cap = p->slot->cap;
    return seL4_NoError;
}

/* Copy, Mint, Move, Mutate: an empty target below the invoked CNode, a full source below the first extra capability. */
static seL4_Error find_both(struct invocation *inv, struct slot **target, struct place *source)
{
    const seL4_Error error =
        inv_target_slot(inv, &inv->slot->cap, inv_arg(inv, 0), inv_arg(inv, 1), ARG_TARGET, target);

    if (error)
        return error;
    return find(inv, true, &inv->caps[0]->cap, 2, source);
}

/* Does this operation concern the slot at arguments 0 and 1? */
static seL4_Error find_own(struct invocation *inv, struct slot **slot)
{
    return inv_slot(inv, false, &inv->slot->cap, inv_arg(inv, 0), inv_arg(inv, 1), slot);
}

seL4_Error cnode_copy(struct invocation *inv)
{
    struct slot *target;
    struct place source;
    seL4_Error error = find_both(inv, &target, &source);

    if (error)
        return error;
    cap_mask_rights(&source.cap, inv_arg(inv, 4));
    error = cap_derive(source.slot, &source.cap);
    if (error)
        return error;
    derivation_insert(target, &source.cap, source.slot);
    return seL4_NoError;
}

seL4_Error cnode_mint(struct invocation *inv)
{
    struct slot *target;
    struct place source;
    seL4_Error error = find_both(inv, &target, &source);

    if (error)
        return error;
    cap_mask_rights(&source.cap, inv_arg(inv, 4));
    if (!cap_set_data(&source.cap, inv_arg(inv, 5), false))
        return seL4_IllegalOperation;
    error = cap_derive(source.slot, &source.cap);
    if (error)
        return error;
    derivation_insert(target, &source.cap, source.slot);
    return seL4_NoError;
}

seL4_Error cnode_move(struct invocation *inv)
{
    struct slot *target;
    struct place source;
    const seL4_Error error = find_both(inv, &target, &source);

    if (error)
        return error;
    derivation_move(target, &source.cap, source.slot);
    return seL4_NoError;
}

seL4_Error cnode_mutate(struct invocation *inv)
{
    struct slot *target;
    struct place source;
    const seL4_Error error = find_both(inv, &target, &source);

    if (error)
        return error;
    if (!cap_set_data(&source.cap, inv_arg(inv, 4), true))
        return seL4_IllegalOperation;
    derivation_move(target, &source.cap, source.slot);
    return seL4_NoError;
}

/* The pivot's capability goes to the target, the source's to the pivot; target and source may be the same slot. */
seL4_Error cnode_rotate(struct invocation *inv)
{
    struct slot *target;
    struct place source, pivot;
    seL4_Error error = find_own(inv, &target);

    if (error)
        return error;
    error = inv_slot(inv, true, &inv->caps[1]->cap, inv_arg(inv, 6), inv_arg(inv, 7), &source.slot);
    if (error)
        return error;
    error = inv_slot(inv, false, &inv->caps[0]->cap, inv_arg(inv, 3), inv_arg(inv, 4), &pivot.slot);
    if (error)
        return error;
    if (pivot.slot == source.slot || pivot.slot == target)
        return seL4_IllegalOperation;
    if (source.slot != target && !slot_empty(target))
        return inv_occupied(inv, ARG_TARGET);
    if (slot_empty(source.slot))
        return inv_missing(inv, true, inv_arg(inv, 7));
    if (slot_empty(pivot.slot))
        return inv_missing(inv, false, inv_arg(inv, 4));
    source.cap = source.slot->cap;
    pivot.cap = pivot.slot->cap;
    if (!cap_set_data(&source.cap, inv_arg(inv, 5), true) || !cap_set_data(&pivot.cap, inv_arg(inv, 2), true))
        return seL4_IllegalOperation;

    if (source.slot == target) {
        derivation_swap(source.slot, &source.cap, pivot.slot, &pivot.cap);
        return seL4_NoError;
    }
    derivation_move(target, &pivot.cap, pivot.slot);
    derivation_move(pivot.slot, &source.cap, source.slot);
    return seL4_NoError;
}

seL4_Error cnode_delete(struct invocation *inv)
{
    struct slot *slot;
    const seL4_Error error = find_own(inv, &slot);

    return error ? error : slot_delete(slot);
}

seL4_Error cnode_revoke(struct invocation *inv)
{
    struct slot *slot;
    const seL4_Error error = find_own(inv, &slot);

    return error ? error : slot_revoke(slot);
}

seL4_Error cnode_cancel_badged_sends(struct invocation *inv)
{
    struct slot *slot;
    const seL4_Error error = find_own(inv, &slot);

    if (error)
        return error;
    if (slot->cap.type != CAP_ENDPOINT || slot->cap.rights != RIGHT_ALL)
        return seL4_IllegalOperation;
    if (!slot->cap.badge)
        return seL4_NoError;        /* nobody's mark: nothing tells its messages from others' */
    return endpoint_cancel_badged_sends(slot->cap.object, slot->cap.badge);
}

static void cnode_slots(const struct cap *cap, struct slot **first, word_t *count)
{
    *first = cnode_slot(cap, 0);
    *count = (word_t)1 << cap->size_bits;
}

const struct object_end cnode_end = { .slots = cnode_slots };
