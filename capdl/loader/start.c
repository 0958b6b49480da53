/* SPDX-License-Identifier: BSD-2-Clause
 * Starting threads, phase by phase; those of phase 0 have come and gone. None of them runs before the loader is gone:
 * its priority is above theirs. */
#include "loader.h"

static const struct spec_tcb *tcb_of(const struct loader *loader, uint32_t object)
{
    return spec_tcb(&loader->spec, spec_object(&loader->spec, object)->detail);
}

static uint32_t last_phase(const struct loader *loader)
{
    uint32_t last = 0;

    FOR_EACH(loader, object, KIND_TCB)
        if (tcb_of(loader, object)->phase > last)
            last = tcb_of(loader, object)->phase;
    return last;
}

void step_start(struct loader *loader)
{
    const uint32_t last = last_phase(loader);

    for (uint32_t phase = 1; phase <= last; phase++)
        FOR_EACH(loader, object, KIND_TCB)
            if (tcb_of(loader, object)->phase == phase)
                loader_check(loader, object, seL4_TCB_Resume(object_cap(loader, object)));
}
