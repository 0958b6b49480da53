/* SPDX-License-Identifier: BSD-2-Clause
 * Address space tags: each VSpace gets one from a pool; a full pool answers seL4_DeleteFirst, then the next is made. */
#include "caps.h"

static seL4_CPtr make_pool(struct loader *loader)
{
    const seL4_CPtr memory = slot_next(loader), pool = slot_next(loader);

    loader_check_own(loader, "asid pool",
                     seL4_Untyped_Retype(memory_take(loader, seL4_ASIDPoolBits, "asid pool"), seL4_UntypedObject,
                                         seL4_ASIDPoolBits, OWN_CNODE, 0, 0, memory, 1));
    loader_check_own(loader, "asid pool",
                     seL4_ARM_ASIDControl_MakePool(seL4_CapASIDControl, memory, OWN_CNODE, pool, OWN_DEPTH));
    return pool;
}

void step_asid(struct loader *loader)
{
    seL4_CPtr pool = seL4_CapInitThreadASIDPool;

    FOR_EACH(loader, object, KIND_VSPACE) {
        seL4_Error error = seL4_ARM_ASIDPool_Assign(pool, object_cap(loader, object));

        if (error == seL4_DeleteFirst) {
            pool = make_pool(loader);
            error = seL4_ARM_ASIDPool_Assign(pool, object_cap(loader, object));
        }
        loader_check(loader, object, error);
    }
}
