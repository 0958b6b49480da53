/* SPDX-License-Identifier: BSD-2-Clause */
#include "caps.h"

seL4_CPtr slot_next(struct loader *loader)
{
    if (loader->next_slot == loader->slot_end)
        loader_fail(loader, "cnode", "no slot left");
    return loader->next_slot++;
}

static seL4_CapRights_t rights_of(uint32_t bits)
{
    return seL4_CapRights_new(!!(bits & SPEC_RIGHT_GRANT_REPLY), !!(bits & SPEC_RIGHT_GRANT),
                              !!(bits & SPEC_RIGHT_READ), !!(bits & SPEC_RIGHT_WRITE));
}

void cap_put(struct loader *loader, uint32_t holder, seL4_CNode root, seL4_Word index, uint8_t depth,
             const struct spec_cap *cap)
{
    const seL4_CPtr from = object_cap(loader, cap->object);
    const seL4_CapRights_t rights = rights_of(cap->rights);
    const seL4_Word data = cap->guard_bits ? seL4_CNode_CapData_new(cap->guard, cap->guard_bits).words[0] : cap->badge;

    if (data)
        loader_check(loader, holder, seL4_CNode_Mint(root, index, depth, OWN_CNODE, from, OWN_DEPTH, rights, data));
    else
        loader_check(loader, holder, seL4_CNode_Copy(root, index, depth, OWN_CNODE, from, OWN_DEPTH, rights));
}

seL4_CPtr cap_borrow(struct loader *loader, uint32_t holder, uint32_t index)
{
    if (index == SPEC_NONE)
        return seL4_CapNull;
    cap_put(loader, holder, OWN_CNODE, loader->scratch, OWN_DEPTH, spec_cap(&loader->spec, index));
    return loader->scratch;
}

void cap_return(struct loader *loader, seL4_CPtr borrowed)
{
    if (borrowed != seL4_CapNull)
        loader_check_own(loader, "scratch slot", seL4_CNode_Delete(OWN_CNODE, borrowed, OWN_DEPTH));
}

seL4_CPtr table_create(struct loader *loader, const char *object)
{
    const seL4_CPtr slot = slot_next(loader);

    loader_check_own(loader, object,
                     seL4_Untyped_Retype(memory_take(loader, seL4_PageTableBits, object), seL4_ARM_PageTableObject, 0,
                                         OWN_CNODE, 0, 0, slot, 1));
    return slot;
}
