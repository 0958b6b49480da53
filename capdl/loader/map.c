/* SPDX-License-Identifier: BSD-2-Clause
 * Mapping frames. Each mapping belongs to a capability of its own, so that one frame can have several. */
#include "map.h"

#include "caps.h"

static seL4_ARM_VMAttributes attributes_of(uint32_t flags)
{
    const seL4_Word cached = flags & SPEC_MAP_UNCACHED ? 0 : seL4_ARM_PageCacheable;
    const seL4_Word never = flags & SPEC_MAP_EXECUTE ? 0 : seL4_ARM_ExecuteNever;

    return (seL4_ARM_VMAttributes)(cached | never);
}

static void map(struct loader *loader, uint32_t vspace, const struct spec_mapping *mapping)
{
    const seL4_CapRights_t rights = mapping->flags & SPEC_MAP_WRITE ? seL4_ReadWrite : seL4_CanRead;
    const seL4_CPtr copy = slot_next(loader);

    loader_check(loader, mapping->frame, seL4_CNode_Copy(OWN_CNODE, copy, OWN_DEPTH, OWN_CNODE,
                                                         object_cap(loader, mapping->frame), OWN_DEPTH, rights));
    loader_check(loader, mapping->frame, seL4_ARM_Page_Map(copy, object_cap(loader, vspace), mapping->vaddr, rights,
                                                           attributes_of(mapping->flags)));
}

void step_map(struct loader *loader)
{
    loader->mappings = loader->next_slot;
    FOR_EACH(loader, object, KIND_VSPACE) {
        const struct spec_vspace *vspace = spec_vspace(&loader->spec, spec_object(&loader->spec, object)->detail);

        for (uint32_t i = 0; i < vspace->mapping_count; i++)
            map(loader, object, spec_mapping(&loader->spec, vspace->mappings + i));
    }
}

void mappings_delete(struct loader *loader, uint32_t object)
{
    const struct spec_vspace *vspace = spec_vspace(&loader->spec, spec_object(&loader->spec, object)->detail);

    for (uint32_t i = vspace->mappings; i < vspace->mappings + vspace->mapping_count; i++)
        loader_check(loader, object, seL4_CNode_Delete(OWN_CNODE, loader->mappings + i, OWN_DEPTH));
}
