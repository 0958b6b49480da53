/* SPDX-License-Identifier: BSD-2-Clause
 * Threads: each with its spaces, its parameters and its first registers, not yet running. */
#include "caps.h"
#include "channel.h"

static void configure(struct loader *loader, uint32_t object, const struct spec_tcb *tcb)
{
    if (tcb->cspace == SPEC_NONE || tcb->vspace == SPEC_NONE)
        loader_fail(loader, spec_name(&loader->spec, object), "a thread needs a cspace and a vspace");
    const struct spec_cap *cspace = spec_cap(&loader->spec, tcb->cspace);
    const seL4_Word data = seL4_CNode_CapData_new(cspace->guard, cspace->guard_bits).words[0];
    const seL4_CPtr buffer = tcb->buffer_frame == SPEC_NONE ? seL4_CapNull : object_cap(loader, tcb->buffer_frame);

    loader_check(loader, object,
                 seL4_TCB_Configure(object_cap(loader, object), object_cap(loader, cspace->object), data,
                                    object_cap(loader, tcb->vspace), 0, tcb->buffer_vaddr, buffer));
}

static void set_scheduling(struct loader *loader, uint32_t object, const struct spec_tcb *tcb)
{
    const seL4_CPtr context = tcb->sched_context == SPEC_NONE ? seL4_CapNull : object_cap(loader, tcb->sched_context);
    const seL4_CPtr fault_endpoint = cap_borrow(loader, object, tcb->fault_endpoint);

    loader_check(loader, object, seL4_TCB_SetSchedParams(object_cap(loader, object), seL4_CapInitThreadTCB, tcb->mcp,
                                                         tcb->priority, context, fault_endpoint));
    cap_return(loader, fault_endpoint);
}

static void set_timeout(struct loader *loader, uint32_t object, const struct spec_tcb *tcb)
{
    const seL4_CPtr endpoint = cap_borrow(loader, object, tcb->timeout_endpoint);

    if (endpoint == seL4_CapNull)
        return;
    loader_check(loader, object, seL4_TCB_SetTimeoutEndpoint(object_cap(loader, object), endpoint));
    cap_return(loader, endpoint);
}

static void set_registers(struct loader *loader, uint32_t object, const struct spec_tcb *tcb)
{
    seL4_UserContext context = { .pc = tcb->pc, .sp = tcb->sp, .x0 = tcb->arg };

    loader_check(loader, object, seL4_TCB_WriteRegisters(object_cap(loader, object), seL4_False, 0,
                                                         sizeof context / sizeof(seL4_Word), &context));
}

static void prepare(struct loader *loader, uint32_t object, const struct spec_tcb *tcb)
{
    const seL4_TCB cap = object_cap(loader, object);
    const char *component = spec_string(&loader->spec, tcb->component);

    channel_name_thread(cap, component[0] ? component : spec_name(&loader->spec, object));
    configure(loader, object, tcb);
    set_scheduling(loader, object, tcb);
    set_timeout(loader, object, tcb);
    if (tcb->bound_notification != SPEC_NONE)
        loader_check(loader, object,
                     seL4_TCB_BindNotification(cap, object_cap(loader, tcb->bound_notification)));
    if (tcb->flags & SPEC_TCB_TIMER)
        loader_check(loader, object, (seL4_Error)seL4_TCB_SetFlags(cap, 0, sel4ish_TCBFlag_timer).error);
    set_registers(loader, object, tcb);
}

void step_threads(struct loader *loader)
{
    FOR_EACH(loader, object, KIND_TCB)
        prepare(loader, object, spec_tcb(&loader->spec, spec_object(&loader->spec, object)->detail));
}
