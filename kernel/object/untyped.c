/* SPDX-License-Identifier: BSD-2-Clause
 * Untyped: a naturally aligned range of memory, from which objects are made in ascending order.
 *
 * The capability says (offsets in bytes): extra, the watermark: everything below was handed out, everything above is free.
 * badge, the clean mark: what lies between the watermark, rounded up to 1 << aux, and the mark is zeroed already, though
 * not handed out: a Retype that was interrupted there goes on where it stopped.
 *
 * Invariants: children lie below the watermark, disjoint; without children the watermark means nothing and the next
 * Retype starts at 0. An untyped that was copied had no children then, and counts as full while the copy lives. */
#include "../core/derivation.h"
#include "../core/invoke.h"
#include "../core/memory.h"
#include "../core/object.h"
#include "sched_context.h"

enum { ARG_TYPE, ARG_SIZE_BITS, ARG_INDEX, ARG_DEPTH, ARG_OFFSET, ARG_COUNT };

struct retype {
    enum object_type type;
    unsigned size_bits, bits;       /* as the caller said; of one object */
    const struct cap *node;         /* CNode that takes the capabilities */
    word_t offset, count;           /* its slots */
};

static bool is_frame(enum object_type type)
{
    return type == OBJ_FRAME_SMALL || type == OBJ_FRAME_LARGE || type == OBJ_FRAME_HUGE;
}

static seL4_Error check_type(struct invocation *inv, struct retype *r)
{
    const word_t type = inv_arg(inv, ARG_TYPE), size_bits = inv_arg(inv, ARG_SIZE_BITS);

    if (type >= OBJ_COUNT)
        return inv_bad_arg(inv, ARG_TYPE);
    if (size_bits >= WORD_BITS || object_bits((enum object_type)type, (unsigned)size_bits) > UNTYPED_MAX_BITS)
        return inv_range(inv, 0, UNTYPED_MAX_BITS);
    r->type = (enum object_type)type;
    r->size_bits = (unsigned)size_bits;
    r->bits = object_bits(r->type, r->size_bits);
    if ((type == OBJ_CNODE && !size_bits) || (type == OBJ_UNTYPED && size_bits < UNTYPED_MIN_BITS) ||
        (type == OBJ_SC && size_bits < SC_MIN_BITS))
        return inv_bad_arg(inv, ARG_SIZE_BITS);
    return seL4_NoError;
}

/* The CNode: the root itself at depth 0, else what the slot at index holds. */
static seL4_Error find_node(struct invocation *inv, struct retype *r)
{
    const word_t depth = inv_arg(inv, ARG_DEPTH);
    struct slot *slot = inv->caps[0];

    if (depth) {
        const seL4_Error error = inv_slot(inv, false, &inv->caps[0]->cap, inv_arg(inv, ARG_INDEX), depth, &slot);
        if (error)
            return error;
    }
    if (slot->cap.type != CAP_CNODE)
        return inv_missing(inv, false, depth);
    r->node = &slot->cap;
    return seL4_NoError;
}

static seL4_Error check_slots(struct invocation *inv, struct retype *r)
{
    const word_t slots = (word_t)1 << r->node->size_bits;

    r->offset = inv_arg(inv, ARG_OFFSET);
    r->count = inv_arg(inv, ARG_COUNT);
    if (r->offset >= slots)
        return inv_range(inv, 0, slots - 1);
    if (r->count < 1 || r->count > RETYPE_MAX_OBJECTS)
        return inv_range(inv, 1, RETYPE_MAX_OBJECTS);
    if (r->count > slots - r->offset)
        return inv_range(inv, 1, slots - r->offset);
    for (word_t i = 0; i < r->count; i++)
        if (!slot_empty(cnode_slot(r->node, r->offset + i)))
            return inv_occupied(inv, ARG_OFFSET);
    return seL4_NoError;
}

/* Zero offsets start .. end - 1, in steps, each of which is kept in the clean mark. */
static seL4_Error clean(struct cap *untyped, word_t start, word_t end, unsigned bits)
{
    if (start < align_up(untyped->extra, untyped->aux) || start > untyped->badge) {
        untyped->aux = bits;        /* what was cleaned does not reach to here */
        untyped->badge = start;
    }
    while (untyped->badge < end) {
        const word_t left = end - untyped->badge;
        const word_t step = left < MEMORY_STEP_BYTES ? left : MEMORY_STEP_BYTES;

        memory_zero((uint8_t *)untyped->object + untyped->badge, step);
        untyped->badge += step;
        if (untyped->badge < end && preempt_pending())
            return KERNEL_PREEMPTED;
    }
    return seL4_NoError;
}

seL4_Error untyped_retype(struct invocation *inv)
{
    struct cap *self = &inv->slot->cap;
    const bool device = self->flags & CAP_DEVICE;
    struct retype r = { .count = 0 };
    seL4_Error error;

    if ((error = check_type(inv, &r)) || (error = find_node(inv, &r)) || (error = check_slots(inv, &r)))
        return error;
    const bool used = derivation_has_children(inv->slot);
    const word_t bytes_left = ((word_t)1 << self->size_bits) - (used ? self->extra : 0);
    if (bytes_left >> r.bits < r.count)
        return inv_memory(inv, bytes_left);
    if (device && !is_frame(r.type) && r.type != OBJ_UNTYPED)
        return inv_bad_arg(inv, ARG_SIZE_BITS);

    /* From here on all goes well, though perhaps not at once. */
    if (!used && self->extra)
        self->extra = self->badge = self->aux = 0;
    const word_t start = align_up(self->extra, r.bits), end = start + (r.count << r.bits);
    if (!device && r.type != OBJ_UNTYPED && (error = clean(self, start, end, r.bits)))
        return error;
    self->extra = end;
    const struct cap cap = object_create(r.type, r.size_bits, (uint8_t *)self->object + start, r.count, device);
    derivation_insert_objects(cnode_slot(r.node, r.offset), cap, r.count, (word_t)1 << r.bits, inv->slot);
    return seL4_NoError;
}
