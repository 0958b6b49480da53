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

/* Copy, Mint, Move, Mutate: an empty target below the invoked CNode, a full source below the first extra capability. */
static seL4_Error find_both(struct invocation *inv, struct slot **target, struct slot **source)
{
    const word_t depth = inv_arg(inv, 3);
    seL4_Error error = inv_target_slot(inv, &inv->slot->cap, inv_arg(inv, 0), inv_arg(inv, 1), ARG_TARGET, target);

    if (!error)
        error = inv_slot(inv, true, &inv->caps[0]->cap, inv_arg(inv, 2), depth, source);
    if (!error && slot_empty(*source))
        error = inv_missing(inv, true, depth);
    return error;
}

/* The slot at arguments 0 and 1, which this operation concerns. */
static seL4_Error find_own(struct invocation *inv, struct slot **slot)
{
    return inv_slot(inv, false, &inv->slot->cap, inv_arg(inv, 0), inv_arg(inv, 1), slot);
}

static seL4_Error copy(struct invocation *inv, bool mint)
{
    struct slot *target, *source;
    seL4_Error error = find_both(inv, &target, &source);

    if (error)
        return error;
    struct cap cap = source->cap;
    cap_mask_rights(&cap, inv_arg(inv, 4));
    if (mint && !cap_set_data(&cap, inv_arg(inv, 5), false))
        return seL4_IllegalOperation;
    error = cap_derive(source, &cap);
    if (!error)
        derivation_insert(target, &cap, source);
    return error;
}

static seL4_Error move(struct invocation *inv, bool mutate)
{
    struct slot *target, *source;
    const seL4_Error error = find_both(inv, &target, &source);

    if (error)
        return error;
    struct cap cap = source->cap;
    if (mutate && !cap_set_data(&cap, inv_arg(inv, 4), true))
        return seL4_IllegalOperation;
    derivation_move(target, &cap, source);
    return seL4_NoError;
}

seL4_Error cnode_copy(struct invocation *inv) { return copy(inv, false); }
seL4_Error cnode_mint(struct invocation *inv) { return copy(inv, true); }
seL4_Error cnode_move(struct invocation *inv) { return move(inv, false); }
seL4_Error cnode_mutate(struct invocation *inv) { return move(inv, true); }

/* The pivot's capability goes to the target, the source's to the pivot; target and source may be the same slot. */
seL4_Error cnode_rotate(struct invocation *inv)
{
    struct slot *target, *source, *pivot;
    seL4_Error error = find_own(inv, &target);

    if (!error)
        error = inv_slot(inv, true, &inv->caps[1]->cap, inv_arg(inv, 6), inv_arg(inv, 7), &source);
    if (!error)
        error = inv_slot(inv, false, &inv->caps[0]->cap, inv_arg(inv, 3), inv_arg(inv, 4), &pivot);
    if (error)
        return error;
    if (pivot == source || pivot == target)
        return seL4_IllegalOperation;
    if (source != target && !slot_empty(target))
        return inv_occupied(inv, ARG_TARGET);
    if (slot_empty(source))
        return inv_missing(inv, true, inv_arg(inv, 7));
    if (slot_empty(pivot))
        return inv_missing(inv, false, inv_arg(inv, 4));
    struct cap from_source = source->cap, from_pivot = pivot->cap;
    if (!cap_set_data(&from_source, inv_arg(inv, 5), true) || !cap_set_data(&from_pivot, inv_arg(inv, 2), true))
        return seL4_IllegalOperation;

    if (source == target) {
        derivation_swap(source, &from_source, pivot, &from_pivot);
        return seL4_NoError;
    }
    derivation_move(target, &from_pivot, pivot);
    derivation_move(pivot, &from_source, source);
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
    return endpoint_cancel_badged_sends(slot->cap.object, slot->cap.badge, inv->caller);
}

const struct object_end cnode_end = { 0 };      /* its slots are all that ends */
