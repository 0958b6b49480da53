/* SPDX-License-Identifier: BSD-2-Clause
 * Leaving: the loader gives up all authority over memory, interrupts, time and the registry, then its own thread.
 *
 * What must live on, the first capabilities of objects that nobody else holds, stays in a CNode that nobody can reach:
 * the only capabilities to it are in itself and in the CNode that the kernel made, which is held by itself alone. The
 * pools of address space tags are among it, because every address space ends with its pool. */
#include "caps.h"

static void drop(struct loader *loader, seL4_CPtr slot, const char *what)
{
    loader_check_own(loader, what, seL4_CNode_Delete(OWN_CNODE, slot, OWN_DEPTH));
}

static void drop_range(struct loader *loader, seL4_SlotRegion range, const char *what)
{
    for (seL4_CPtr slot = range.start; slot < range.end; slot++)
        drop(loader, slot, what);
}

static void drop_memory(struct loader *loader)
{
    for (uint32_t i = 0; i < loader->memory.count; i++)
        drop(loader, loader->memory.untypeds[i].cap, "untyped");
}

void step_leave(struct loader *loader)
{
    FOR_EACH(loader, object, KIND_REGISTRY)     /* the only ones that could provision; components have badged ones */
        drop(loader, object_cap(loader, object), spec_name(&loader->spec, object));
    drop_memory(loader);
    drop_range(loader, loader->boot->schedcontrol, "sched control");
    drop(loader, seL4_CapIRQControl, "irq control");
    drop(loader, seL4_CapASIDControl, "asid control");
    drop(loader, seL4_CapInitThreadTCB, "thread");
    loader_fail(loader, "thread", "still runs");
}
