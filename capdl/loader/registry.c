/* SPDX-License-Identifier: BSD-2-Clause
 * Registries: each interface with its layout, code and connections, complete, then provisioned. What is provisioned is
 * consumed: the loader keeps no capability to it, nor to its frames. */
#include "caps.h"

#include <sel4ish/registry.h>

enum { REGIONS_MAX = 8, SHARED_HEADER = 1 };

static void configure(struct loader *loader, uint32_t object, const struct spec_interface *interface)
{
    struct sel4ish_region regions[REGIONS_MAX];

    for (uint32_t i = 0; i < interface->region_count; i++) {
        const struct spec_region *region = spec_region(&loader->spec, interface->regions + i);

        regions[i] = (struct sel4ish_region){ .offset = region->offset, .size_bits = region->size_bits,
                                              .kind = region->kind, .count = region->count };
    }
    loader_check(loader, object,
                 sel4ish_Interface_Configure(object_cap(loader, object),
                                             sel4ish_key(interface->id, interface->version, interface->instance),
                                             interface->shared_header ? SHARED_HEADER : 0, regions,
                                             interface->region_count));
}

/* FixProvider and FixClient, which take the same. */
typedef seL4_Error fix_call(seL4_CPtr, seL4_CPtr, seL4_Word, seL4_CNode, seL4_Word, seL4_Word, seL4_Notification);

static void fix(struct loader *loader, uint32_t object, uint32_t end_index, fix_call *call)
{
    const struct spec *spec = &loader->spec;

    if (end_index == SPEC_NONE)
        return;
    const struct spec_end *end = spec_end(spec, end_index);
    const struct spec_cnode *cnode = spec_cnode(spec, spec_object(spec, end->cnode)->detail);
    const seL4_CPtr notification = cap_borrow(loader, object, end->notification);

    loader_check(loader, object,
                 call(object_cap(loader, object), object_cap(loader, end->vspace), end->base,
                      object_cap(loader, end->cnode), end->slot, cnode->size_bits, notification));
    cap_return(loader, notification);
}

static void provide_code(struct loader *loader, uint32_t object, const struct spec_interface *interface)
{
    for (uint32_t i = interface->code; i < interface->code + interface->code_count; i++) {
        const uint32_t frame = spec_reference_object(&loader->spec, i);

        loader_check(loader, frame, sel4ish_Interface_ProvideCode(object_cap(loader, object),
                                                                  object_cap(loader, frame)));
    }
}

static void provide_connection(struct loader *loader, uint32_t interface, uint32_t object)
{
    const struct spec *spec = &loader->spec;
    const struct spec_connection *connection = spec_connection(spec, spec_object(spec, object)->detail);

    fix(loader, object, connection->client, sel4ish_Connection_FixClient);
    for (uint32_t i = connection->frames; i < connection->frames + connection->frame_count; i++) {
        const uint32_t frame = spec_reference_object(spec, i);

        loader_check(loader, frame, sel4ish_Connection_ProvideFrame(object_cap(loader, object),
                                                                    object_cap(loader, frame)));
    }
    loader_check(loader, object, sel4ish_Interface_ProvideConnection(object_cap(loader, interface), connection->label,
                                                                     object_cap(loader, object)));
}

static void provision(struct loader *loader, uint32_t registry, uint32_t object)
{
    const struct spec *spec = &loader->spec;
    const struct spec_interface *interface = spec_interface(spec, spec_object(spec, object)->detail);

    configure(loader, object, interface);
    provide_code(loader, object, interface);
    fix(loader, object, interface->provider, sel4ish_Interface_FixProvider);
    for (uint32_t i = interface->connections; i < interface->connections + interface->connection_count; i++)
        provide_connection(loader, object, spec_reference_object(spec, i));
    loader_check(loader, object, sel4ish_Registry_Provision(object_cap(loader, registry), object_cap(loader, object)));
}

static void set_monitor(struct loader *loader, uint32_t object, uint32_t monitor)
{
    const seL4_CPtr notification = cap_borrow(loader, object, monitor);

    if (notification == seL4_CapNull)
        return;
    loader_check(loader, object, sel4ish_Registry_SetMonitor(object_cap(loader, object), notification));
    cap_return(loader, notification);
}

void step_registry(struct loader *loader)
{
    FOR_EACH(loader, object, KIND_REGISTRY) {
        const struct spec_registry *registry =
            spec_registry(&loader->spec, spec_object(&loader->spec, object)->detail);

        for (uint32_t i = registry->interfaces; i < registry->interfaces + registry->interface_count; i++)
            provision(loader, object, spec_reference_object(&loader->spec, i));
        set_monitor(loader, object, registry->monitor);
    }
}
