/* SPDX-License-Identifier: BSD-2-Clause
 * Page table: one page of entries.
 * Invariant: with CAP_MAPPED, badge and aux say where the table hangs, or hung until what it hung from went; a table
 * without CAP_MAPPED has only holes. All copies say the same, since only a mapped one can be copied. */
#include "page_table.h"

#include "../core/derivation.h"
#include "../core/invoke.h"
#include "../core/memory.h"
#include "../core/vspace.h"

/* The table's level is that of the first hole on the way to the address. */
seL4_Error page_table_map(struct invocation *inv)
{
    struct cap *self = &inv->slot->cap;
    const struct cap *vspace = &inv->caps[0]->cap;
    const vaddr_t va = inv_arg(inv, 0);
    vaddr_t mapped_at;

    if (self->flags & CAP_MAPPED)
        return inv_bad_cap(inv, 0);
    if (!vspace_usable(vspace))
        return inv_bad_cap(inv, 1);
    if (!vaddr_range_is_user(va, 1))
        return inv_bad_arg(inv, 0);
    const seL4_Error error = vspace_map_table(vspace->aux, va, self->object, &mapped_at);
    if (error)
        return error;

    self->flags |= CAP_MAPPED;
    self->badge = mapped_at;
    self->aux = vspace->aux;
    return seL4_NoError;
}

/* Nothing where it is not mapped: nobody has tag 0. */
static void unmap(struct cap *table)
{
    vspace_unmap_table(table->aux, table->badge, table->object);
}

seL4_Error page_table_unmap(struct invocation *inv)
{
    struct cap *self = &inv->slot->cap;

    if (!derivation_is_final(inv->slot))
        return seL4_RevokeFirst;
    if (!(self->flags & CAP_MAPPED))
        return seL4_NoError;

    unmap(self);
    memory_zero(self->object, (size_t)1 << OBJECT_BITS_PAGE_TABLE);
    self->flags &= (uint8_t)~CAP_MAPPED;
    self->badge = 0;
    self->aux = 0;
    return seL4_NoError;
}

const struct object_end page_table_end = { .first = unmap };
