/* SPDX-License-Identifier: BSD-2-Clause
 * Filling CNodes: every capability that a component starts with. */
#include "caps.h"

void step_cnodes(struct loader *loader)
{
    const struct spec *spec = &loader->spec;

    FOR_EACH(loader, object, KIND_CNODE) {
        const struct spec_cnode *cnode = spec_cnode(spec, spec_object(spec, object)->detail);

        for (uint32_t i = cnode->slots; i < cnode->slots + cnode->slot_count; i++)
            cap_put(loader, object, object_cap(loader, object), spec_slot(spec, i)->slot, (uint8_t)cnode->size_bits,
                    spec_cap(spec, spec_slot(spec, i)->cap));
    }
}
