/* SPDX-License-Identifier: BSD-2-Clause */
#include "reach.h"

#include <stdlib.h>

enum { FRESH = 4 };     /* reached, but not yet what lies behind it */

struct reach {
    const struct spec *spec;
    uint8_t *marks;
    uint8_t phase;
};

static void mark(struct reach *reach, uint32_t object)
{
    if (object != SPEC_NONE && !(reach->marks[object] & reach->phase))
        reach->marks[object] |= (uint8_t)(reach->phase | FRESH);
}

static void mark_cap(struct reach *reach, uint32_t cap)
{
    if (cap != SPEC_NONE)
        mark(reach, spec_cap(reach->spec, cap)->object);
}

static void mark_list(struct reach *reach, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i < first + count; i++)
        mark(reach, spec_reference_object(reach->spec, i));
}

static void mark_end(struct reach *reach, uint32_t index)
{
    if (index == SPEC_NONE)
        return;
    const struct spec_end *end = spec_end(reach->spec, index);

    mark(reach, end->vspace);
    mark(reach, end->cnode);
    mark_cap(reach, end->notification);
}

static void spread_cnode(struct reach *reach, const struct spec_cnode *cnode)
{
    for (uint32_t i = cnode->slots; i < cnode->slots + cnode->slot_count; i++)
        mark_cap(reach, spec_slot(reach->spec, i)->cap);
}

static void spread_vspace(struct reach *reach, const struct spec_vspace *vspace)
{
    for (uint32_t i = vspace->mappings; i < vspace->mappings + vspace->mapping_count; i++)
        mark(reach, spec_mapping(reach->spec, i)->frame);
}

static void spread_tcb(struct reach *reach, const struct spec_tcb *tcb)
{
    mark_cap(reach, tcb->cspace);
    mark_cap(reach, tcb->fault_endpoint);
    mark_cap(reach, tcb->timeout_endpoint);
    mark(reach, tcb->vspace);
    mark(reach, tcb->buffer_frame);
    mark(reach, tcb->bound_notification);
    mark(reach, tcb->sched_context);
}

static void spread_interface(struct reach *reach, const struct spec_interface *interface)
{
    mark_list(reach, interface->code, interface->code_count);
    mark_list(reach, interface->connections, interface->connection_count);
    mark_end(reach, interface->provider);
}

static void spread(struct reach *reach, uint32_t object)
{
    const struct spec *spec = reach->spec;
    const uint32_t detail = spec_object(spec, object)->detail;

    switch ((enum spec_kind)spec_object(spec, object)->kind) {
    case KIND_CNODE:
        spread_cnode(reach, spec_cnode(spec, detail));
        break;
    case KIND_VSPACE:
        spread_vspace(reach, spec_vspace(spec, detail));
        break;
    case KIND_TCB:
        spread_tcb(reach, spec_tcb(spec, detail));
        break;
    case KIND_IRQ:
        mark_cap(reach, spec_irq(spec, detail)->notification);
        break;
    case KIND_REGISTRY:
        mark_cap(reach, spec_registry(spec, detail)->monitor);
        mark_list(reach, spec_registry(spec, detail)->interfaces, spec_registry(spec, detail)->interface_count);
        break;
    case KIND_INTERFACE:
        spread_interface(reach, spec_interface(spec, detail));
        break;
    case KIND_CONNECTION:
        mark_list(reach, spec_connection(spec, detail)->frames, spec_connection(spec, detail)->frame_count);
        mark_end(reach, spec_connection(spec, detail)->client);
        break;
    case KIND_FRAME:
    case KIND_SCHED_CONTEXT:
    case KIND_ENDPOINT:
    case KIND_NOTIFICATION:
    case KIND_REPLY:
    case KIND_EVERY_KIND:
        break;
    }
}

/* As many rounds as the longest chain against the order of names; each object is spread once. */
static void close(struct loader *loader, struct reach *reach)
{
    for (bool again = true; again;) {
        again = false;
        for (uint32_t object = 0; object < object_count(loader); object++) {
            if (!(reach->marks[object] & FRESH))
                continue;
            reach->marks[object] &= (uint8_t)~FRESH;
            spread(reach, object);
            again = true;
        }
    }
}

const uint8_t *reach_find(struct loader *loader)
{
    const struct spec *spec = &loader->spec;
    struct reach reach = { .spec = spec, .marks = calloc(object_count(loader), 1) };

    if (!reach.marks)
        loader_fail(loader, "objects", "too many for a system with a boot phase");
    for (reach.phase = REACH_BOOT; reach.phase <= REACH_STEADY; reach.phase++) {
        FOR_EACH(loader, object, KIND_TCB)
            if ((spec_tcb(spec, spec_object(spec, object)->detail)->phase == 0) == (reach.phase == REACH_BOOT))
                mark(&reach, object);
        FOR_EACH(loader, object, KIND_REGISTRY)
            if (reach.phase == REACH_STEADY)
                mark(&reach, object);
        close(loader, &reach);
    }
    return reach.marks;
}
