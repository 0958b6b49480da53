/* SPDX-License-Identifier: BSD-2-Clause
 * ASID control and ASID pools: the right to make pools, and the right to number address spaces from one. */
#include "../core/asid.h"

#include "../core/delete.h"
#include "../core/derivation.h"
#include "../core/invoke.h"
#include "../core/memory.h"
#include "../core/vspace.h"

seL4_Error asid_control_make_pool(struct invocation *inv)
{
    struct slot *memory = inv->caps[0], *target;
    struct cap *untyped = &memory->cap;

    /* Check everything ... */
    if (!asid_pool_room())
        return seL4_DeleteFirst;
    if (untyped->type != CAP_UNTYPED || untyped->size_bits != OBJECT_BITS_PAGE_TABLE || (untyped->flags & CAP_DEVICE))
        return inv_bad_cap(inv, 1);
    if (derivation_has_children(memory))
        return seL4_RevokeFirst;
    const seL4_Error error =
        inv_target_slot(inv, &inv->caps[1]->cap, inv_arg(inv, 0), inv_arg(inv, 1), 0, &target);
    if (error)
        return error;

    /* ... then change. */
    struct cap pool = { .type = CAP_ASID_POOL, .size_bits = OBJECT_BITS_PAGE_TABLE, .object = untyped->object };
    memory_zero(pool.object, (size_t)1 << OBJECT_BITS_PAGE_TABLE);
    untyped->extra = (word_t)1 << untyped->size_bits;
    (void)asid_pool_install(pool.object, &pool.badge);      /* there is room */
    derivation_insert_objects(target, pool, 1, 0, memory);
    return seL4_NoError;
}

seL4_Error asid_pool_assign(struct invocation *inv)
{
    const struct cap *self = &inv->slot->cap;
    struct cap *vspace = &inv->caps[0]->cap;
    uint32_t tag;

    if (vspace->type != CAP_VSPACE || (vspace->flags & CAP_MAPPED))
        return inv_bad_cap(inv, 1);
    const seL4_Error error = asid_assign(self->object, self->badge, vspace->object, &tag);
    if (error)
        return error;
    vspace->flags |= CAP_MAPPED;
    vspace->aux = tag;
    return seL4_NoError;
}

static void first(struct cap *cap)
{
    asid_pool_remove(cap->object, cap->badge);
}

const struct object_end asid_pool_end = { .first = first };
