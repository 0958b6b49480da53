/* SPDX-License-Identifier: BSD-2-Clause
 * Frame: a page of memory. The mapping is remembered in the capability: each capability to a frame has its own, and
 * deleting the capability undoes it.
 * Invariant: with CAP_MAPPED, badge and aux say where; the entry there is this frame's, or gone with its table, and if another
 * capability to this frame was mapped there since then, its as well: either undoes it, as in seL4. */
#include "frame.h"

#include "../core/derivation.h"
#include "../core/invoke.h"
#include "../core/memory.h"
#include "../core/vspace.h"
#include "cache.h"

enum { ATTRIBUTE_CACHEABLE = 1, ATTRIBUTE_NEVER_EXECUTE = 4 };  /* seL4_ARM_VMAttributes */

static paddr_t frame_paddr(const struct cap *frame) { return arch_paddr(frame->object); }

static struct mem mem_of(const struct cap *frame, word_t attributes)
{
    struct mem mem = { .kind = MEM_NORMAL, .never_execute = attributes & ATTRIBUTE_NEVER_EXECUTE };

    if (!(attributes & ATTRIBUTE_CACHEABLE))
        mem.kind = frame->flags & CAP_DEVICE ? MEM_DEVICE : MEM_UNCACHED;
    return mem;
}

/* What user mode may do: nothing without read, since no machine maps for writing only. */
static rights_t map_rights(const struct cap *frame, word_t asked)
{
    const rights_t both = frame->rights & (rights_t)(asked & (RIGHT_READ | RIGHT_WRITE));

    return both & RIGHT_READ ? both : 0;
}

/* Is there a hole for a leaf of that size? */
static seL4_Error check_hole(struct invocation *inv, struct vspace_place at, unsigned size_bits)
{
    if (place_kind(at) != PTE_HOLE)
        return seL4_DeleteFirst;
    return at.bits == size_bits ? seL4_NoError : inv_missing(inv, false, at.bits);
}

/* A frame that is mapped may be mapped again where it is, otherwise. */
static seL4_Error check_address(struct invocation *inv, const struct cap *self, uint32_t tag, vaddr_t va)
{
    if (!(self->flags & CAP_MAPPED))
        return vaddr_range_is_user(va, (word_t)1 << self->size_bits) ? seL4_NoError : inv_bad_arg(inv, 0);
    if (self->aux != tag)
        return inv_bad_cap(inv, 1);
    return self->badge == va ? seL4_NoError : inv_bad_arg(inv, 0);
}

seL4_Error frame_map(struct invocation *inv)
{
    struct cap *self = &inv->slot->cap;
    const struct cap *vspace = &inv->caps[0]->cap;
    const uint32_t tag = vspace->aux;
    const vaddr_t va = inv_arg(inv, 0);
    const rights_t rights = map_rights(self, inv_arg(inv, 1));
    const struct mem mem = mem_of(self, inv_arg(inv, 2));
    seL4_Error error;

    /* Check everything ... */
    if (!vspace_usable(vspace))
        return inv_bad_cap(inv, 1);
    if (!aligned(va, self->size_bits))
        return seL4_AlignmentError;
    if ((error = check_address(inv, self, tag, va)))
        return error;
    const struct vspace_place at = vspace_find(vspace->object, va, self->size_bits);
    const bool there = self->flags & CAP_MAPPED && place_maps(at, self->size_bits, frame_paddr(self));
    if (!there && (error = check_hole(inv, at, self->size_bits)))
        return error;

    /* ... then change; nothing below can fail. */
    vspace_set(at, tag, va, frame_paddr(self), rights, mem);
    self->flags |= CAP_MAPPED;
    self->badge = va;
    self->aux = tag;
    return seL4_NoError;
}

static void unmap(struct cap *frame)
{
    if (!(frame->flags & CAP_MAPPED))
        return;
    vspace_unmap(frame->aux, frame->badge, frame->size_bits, frame_paddr(frame));
    frame->flags &= (uint8_t)~CAP_MAPPED;
    frame->badge = 0;
    frame->aux = 0;
}

seL4_Error frame_unmap(struct invocation *inv)
{
    unmap(&inv->slot->cap);
    return seL4_NoError;
}

seL4_Error frame_get_address(struct invocation *inv)
{
    inv_return(inv, 0, frame_paddr(&inv->slot->cap));
    return seL4_NoError;
}

/* Cache maintenance of a part of the frame, by offsets. */
static seL4_Error maintain(struct invocation *inv, enum cache_operation operation)
{
    const struct cap *self = &inv->slot->cap;
    const word_t start = inv_arg(inv, 0), end = inv_arg(inv, 1), bytes = (word_t)1 << self->size_bits;

    if (self->flags & CAP_DEVICE)
        return seL4_IllegalOperation;
    if (operation == CACHE_INVALIDATE && !(self->rights & RIGHT_WRITE))
        return seL4_IllegalOperation;   /* it throws away what others wrote */
    if (end <= start)
        return inv_bad_arg(inv, 1);
    if (start >= bytes || end > bytes)
        return inv_bad_arg(inv, 0);
    return cache_maintain(inv, operation, self->object, start, end);
}

seL4_Error frame_clean_data(struct invocation *inv) { return maintain(inv, CACHE_CLEAN); }
seL4_Error frame_invalidate_data(struct invocation *inv) { return maintain(inv, CACHE_INVALIDATE); }
seL4_Error frame_clean_invalidate_data(struct invocation *inv) { return maintain(inv, CACHE_CLEAN_INVALIDATE); }
seL4_Error frame_unify_instruction(struct invocation *inv) { return maintain(inv, CACHE_UNIFY); }

seL4_Error frame_check_sole(const struct slot *slot)
{
    if (slot->cap.type != CAP_FRAME || (slot->cap.flags & (CAP_DEVICE | CAP_CONSUMED)))
        return seL4_InvalidCapability;
    if (!derivation_is_final(slot))
        return seL4_RevokeFirst;
    return slot->cap.flags & CAP_MAPPED ? seL4_DeleteFirst : seL4_NoError;
}

static void each(struct slot *slot)
{
    if (slot->cap.flags & CAP_CONSUMED)
        frame_consumed_gone(slot);
    unmap(&slot->cap);
}

const struct object_end frame_end = { .each = each };
