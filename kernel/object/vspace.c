/* SPDX-License-Identifier: BSD-2-Clause
 * VSpace: the root table of an address space (see core/vspace.h), and cache maintenance by its addresses. */
#include "../core/vspace.h"

#include "../core/asid.h"
#include "../core/delete.h"
#include "../core/invoke.h"
#include "../core/memory.h"
#include "cache.h"

static seL4_Error maintain(struct invocation *inv, enum cache_operation operation)
{
    const struct cap *self = &inv->slot->cap;
    const vaddr_t start = inv_arg(inv, 0), end = inv_arg(inv, 1);
    struct vspace_leaf leaf;

    if (end <= start)
        return inv_bad_arg(inv, 1);
    if (!vaddr_range_is_user(start, end - start))
        return seL4_IllegalOperation;
    if (!vspace_usable(self))
        return inv_bad_cap(inv, 0);
    if (!vspace_leaf(self->aux, start, &leaf))
        return seL4_NoError;            /* nothing is mapped, so nothing is cached by this address */
    const vaddr_t page = start >> leaf.size_bits << leaf.size_bits;
    const word_t bytes = (word_t)1 << leaf.size_bits;
    if (end - page > bytes)
        return inv_range(inv, start, page + bytes - 1);
    if (operation == CACHE_INVALIDATE && !leaf.writable)
        return seL4_IllegalOperation;   /* it throws away what others wrote */
    if (!memory_is_ram(leaf.page))
        return seL4_IllegalOperation;   /* the kernel has no mapping of devices */
    return cache_maintain(inv, operation, arch_pointer(leaf.page), start - page, end - page);
}

seL4_Error vspace_clean_data(struct invocation *inv) { return maintain(inv, CACHE_CLEAN); }
seL4_Error vspace_invalidate_data(struct invocation *inv) { return maintain(inv, CACHE_INVALIDATE); }
seL4_Error vspace_clean_invalidate_data(struct invocation *inv) { return maintain(inv, CACHE_CLEAN_INVALIDATE); }
seL4_Error vspace_unify_instruction(struct invocation *inv) { return maintain(inv, CACHE_UNIFY); }

/* Nothing where it has no number: nobody has tag 0. */
static void first(struct cap *cap)
{
    asid_release(cap->aux, cap->object);
}

const struct object_end vspace_end = { .first = first };
