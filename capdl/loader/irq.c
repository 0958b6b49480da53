/* SPDX-License-Identifier: BSD-2-Clause
 * Interrupts: a handler for each, and whom it signals. */
#include "caps.h"

void step_irq(struct loader *loader)
{
    FOR_EACH(loader, object, KIND_IRQ) {
        const struct spec_irq *irq = spec_irq(&loader->spec, spec_object(&loader->spec, object)->detail);
        const seL4_CPtr handler = object_cap(loader, object);

        loader_check(loader, object, seL4_IRQControl_GetTrigger(seL4_CapIRQControl, irq->number,
                                                                irq->edge ? sel4ish_IRQEdge : sel4ish_IRQLevel, OWN_CNODE,
                                                                handler, OWN_DEPTH));
        if (irq->notification == SPEC_NONE)
            continue;
        const seL4_CPtr notification = cap_borrow(loader, object, irq->notification);
        loader_check(loader, object, seL4_IRQHandler_SetNotification(handler, notification));
        cap_return(loader, notification);
    }
}
