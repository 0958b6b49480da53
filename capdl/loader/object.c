/* SPDX-License-Identifier: BSD-2-Clause
 * Creating every object that is made by Retype, largest first. */
#include "object.h"

#include "caps.h"

static struct shape frame_shape(uint32_t size_bits)
{
    const seL4_Word type = size_bits == seL4_PageBits        ? seL4_ARM_SmallPageObject
                           : size_bits == seL4_LargePageBits ? seL4_ARM_LargePageObject
                                                             : seL4_ARM_HugePageObject;

    return (struct shape){ type, 0, size_bits };
}

struct shape object_shape(const struct spec *spec, uint32_t object)
{
    const uint32_t detail = spec_object(spec, object)->detail;

    switch ((enum spec_kind)spec_object(spec, object)->kind) {
    case KIND_CNODE: {
        const uint32_t bits = spec_cnode(spec, detail)->size_bits;
        return (struct shape){ seL4_CapTableObject, bits, bits + seL4_SlotBits };
    }
    case KIND_SCHED_CONTEXT: {
        const uint32_t bits = spec_sched_context(spec, detail)->size_bits;
        return (struct shape){ seL4_SchedContextObject, bits, bits };
    }
    case KIND_FRAME:
        return frame_shape(spec_frame(spec, detail)->size_bits);
    case KIND_VSPACE:
        return (struct shape){ seL4_ARM_VSpaceObject, 0, seL4_VSpaceBits };
    case KIND_TCB:
        return (struct shape){ seL4_TCBObject, 0, seL4_TCBBits };
    case KIND_ENDPOINT:
        return (struct shape){ seL4_EndpointObject, 0, seL4_EndpointBits };
    case KIND_NOTIFICATION:
        return (struct shape){ seL4_NotificationObject, 0, seL4_NotificationBits };
    case KIND_REPLY:
        return (struct shape){ seL4_ReplyObject, 0, seL4_ReplyBits };
    case KIND_REGISTRY:
        return (struct shape){ sel4ish_RegistryObject, 0, sel4ish_RegistryBits };
    case KIND_INTERFACE:
        return (struct shape){ sel4ish_InterfaceObject, 0, sel4ish_InterfaceBits };
    case KIND_CONNECTION:
        return (struct shape){ sel4ish_ConnectionObject, 0, sel4ish_ConnectionBits };
    case KIND_IRQ:
    case KIND_EVERY_KIND:
        break;
    }
    return (struct shape){ 0 };
}

bool object_is_fixed(const struct spec *spec, uint32_t object)
{
    const struct spec_object *o = spec_object(spec, object);

    return o->kind == KIND_FRAME && spec_frame(spec, o->detail)->flags & SPEC_FRAME_FIXED;
}

void object_create(struct loader *loader, uint32_t object, seL4_Untyped memory)
{
    const struct shape shape = object_shape(&loader->spec, object);

    loader_check(loader, object, seL4_Untyped_Retype(memory, shape.type, shape.size, OWN_CNODE, 0, 0,
                                                     object_cap(loader, object), 1));
}

static void create_of_size(struct loader *loader, uint32_t bits)
{
    for (uint32_t object = 0; object < object_count(loader); object++)
        if (object_shape(&loader->spec, object).bits == bits && !object_is_fixed(&loader->spec, object))
            object_create(loader, object, memory_take(loader, bits, spec_name(&loader->spec, object)));
}

void step_objects(struct loader *loader)
{
    uint64_t sizes = 0;

    for (uint32_t object = 0; object < object_count(loader); object++)
        sizes |= UINT64_C(1) << object_shape(&loader->spec, object).bits;
    for (uint32_t bits = UNTYPED_BITS_MAX - 1; bits > 0; bits--)
        if (sizes >> bits & 1)
            create_of_size(loader, bits);
}
