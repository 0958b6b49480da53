/* SPDX-License-Identifier: BSD-2-Clause
 * Carving: frames at fixed physical addresses, cut out of the untyped that covers them.
 *
 * An untyped hands out memory upwards only, so the frames go by ascending address, and what lies between two of them is
 * cut off as untypeds of the largest sizes that fit: of RAM they are memory like any other. */
#include "caps.h"
#include "object.h"

#include <stdlib.h>

enum { FIXED_MAX = 8192 };

struct fixed {
    uint64_t paddr;
    uint32_t object;
};

static struct fixed fixed[FIXED_MAX];

static int by_paddr(const void *a, const void *b)
{
    const uint64_t x = ((const struct fixed *)a)->paddr, y = ((const struct fixed *)b)->paddr;

    return x < y ? -1 : x > y;
}

static uint32_t find_fixed(struct loader *loader)
{
    const struct spec *spec = &loader->spec;
    uint32_t count = 0;

    for (uint32_t object = 0; object < object_count(loader); object++) {
        if (!object_is_fixed(spec, object))
            continue;
        if (count == FIXED_MAX)
            loader_fail(loader, spec_name(spec, object), "too many frames at fixed addresses");
        fixed[count++] = (struct fixed){ spec_frame(spec, spec_object(spec, object)->detail)->paddr, object };
    }
    qsort(fixed, count, sizeof fixed[0], by_paddr);
    return count;
}

/* The largest untyped that starts at the watermark and ends at or before offset. */
static uint32_t filler_bits(uint64_t used, uint64_t offset)
{
    const uint32_t room = 63 - (uint32_t)__builtin_clzll(offset - used);
    const uint32_t alignment = used ? (uint32_t)__builtin_ctzll(used) : 63;

    return room < alignment ? room : alignment;
}

static void skip_to(struct loader *loader, struct untyped *untyped, uint64_t offset, uint32_t object)
{
    while (untyped->used < offset) {
        const uint32_t bits = filler_bits(untyped->used, offset);
        const seL4_CPtr slot = slot_next(loader);

        loader_check(loader, object,
                     seL4_Untyped_Retype(untyped->cap, seL4_UntypedObject, bits, OWN_CNODE, 0, 0, slot, 1));
        memory_add(loader, &(struct untyped){ .cap = slot, .paddr = untyped->paddr + untyped->used,
                                              .bytes = UINT64_C(1) << bits, .device = untyped->device });
        untyped->used += UINT64_C(1) << bits;
    }
}

static void carve(struct loader *loader, uint32_t object)
{
    const char *name = spec_name(&loader->spec, object);
    const struct spec_frame *frame = spec_frame(&loader->spec, spec_object(&loader->spec, object)->detail);
    const uint64_t bytes = UINT64_C(1) << frame->size_bits;
    struct untyped *untyped = memory_covering(&loader->memory, frame->paddr, bytes);

    if (!untyped)
        loader_fail(loader, name, "no memory there");
    if (untyped->device != !!(frame->flags & SPEC_FRAME_DEVICE))
        loader_fail(loader, name, untyped->device ? "that is a device's memory" : "that is no device's memory");
    const uint64_t offset = frame->paddr - untyped->paddr;
    if (offset < untyped->used)
        loader_fail(loader, name, "memory there is taken");
    skip_to(loader, untyped, offset, object);
    object_create(loader, object, untyped->cap);
    untyped->used += bytes;
}

void step_carve(struct loader *loader)
{
    const uint32_t count = find_fixed(loader);

    for (uint32_t i = 0; i < count; i++)
        carve(loader, fixed[i].object);
    memory_unreserve(&loader->memory);
}
