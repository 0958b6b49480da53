/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduling contexts: their budgets. */
#include "loader.h"

void step_sched_contexts(struct loader *loader)
{
    FOR_EACH(loader, object, KIND_SCHED_CONTEXT) {
        const struct spec_sched_context *context =
            spec_sched_context(&loader->spec, spec_object(&loader->spec, object)->detail);

        loader_check(loader, object,
                     seL4_SchedControl_ConfigureFlags(loader->boot->schedcontrol.start, object_cap(loader, object),
                                                      context->budget_us, context->period_us, 0, context->badge,
                                                      seL4_SchedContext_NoFlag));
    }
}
