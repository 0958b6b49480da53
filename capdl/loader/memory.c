/* SPDX-License-Identifier: BSD-2-Clause */
#include "memory.h"

#include "loader.h"

static uint64_t align_up(uint64_t offset, uint64_t bytes)
{
    return (offset + bytes - 1) & ~(bytes - 1);
}

seL4_Untyped memory_take(struct loader *loader, uint32_t bits, const char *object)
{
    struct memory *memory = &loader->memory;
    const uint64_t bytes = UINT64_C(1) << bits;

    for (uint32_t i = memory->first_fit[bits]; i < memory->count; i++) {
        struct untyped *untyped = &memory->untypeds[i];
        const uint64_t start = align_up(untyped->used, bytes);

        if (untyped->device || untyped->reserved || start + bytes > untyped->bytes)
            continue;
        memory->first_fit[bits] = i;
        untyped->used = start + bytes;
        return untyped->cap;
    }
    loader_fail(loader, object, "not enough memory");
}

struct untyped *memory_covering(struct memory *memory, uint64_t paddr, uint64_t bytes)
{
    for (uint32_t i = 0; i < memory->count; i++) {
        struct untyped *untyped = &memory->untypeds[i];

        if (paddr >= untyped->paddr && paddr - untyped->paddr <= untyped->bytes &&
            bytes <= untyped->bytes - (paddr - untyped->paddr))
            return untyped;
    }
    return NULL;
}

static void look_again(struct memory *memory)
{
    for (uint32_t bits = 0; bits < UNTYPED_BITS_MAX; bits++)
        memory->first_fit[bits] = 0;
}

void memory_add(struct loader *loader, const struct untyped *untyped)
{
    struct memory *memory = &loader->memory;

    if (memory->count == UNTYPEDS_MAX)
        loader_fail(loader, "untyped", "too many pieces of memory");
    memory->untypeds[memory->count++] = *untyped;
    look_again(memory);
}

void memory_unreserve(struct memory *memory)
{
    for (uint32_t i = 0; i < memory->count; i++)
        memory->untypeds[i].reserved = false;
    look_again(memory);
}

/* Nothing may be taken from an untyped that holds a fixed frame until that frame is carved out. */
static void reserve_fixed(struct loader *loader)
{
    const struct spec *spec = &loader->spec;

    for (uint32_t i = 0; i < spec->counts[SPEC_FRAMES]; i++) {
        const struct spec_frame *frame = spec_frame(spec, i);

        if (frame->flags & SPEC_FRAME_FIXED) {
            struct untyped *untyped = memory_covering(&loader->memory, frame->paddr, UINT64_C(1) << frame->size_bits);

            if (untyped)
                untyped->reserved = true;
        }
    }
}

void step_memory(struct loader *loader)
{
    const seL4_BootInfo *boot = loader->boot;

    for (seL4_CPtr cap = boot->untyped.start; cap < boot->untyped.end; cap++) {
        const seL4_UntypedDesc *desc = &boot->untypedList[cap - boot->untyped.start];

        memory_add(loader, &(struct untyped){ .cap = cap, .paddr = desc->paddr, .bytes = UINT64_C(1) << desc->sizeBits,
                                              .device = desc->isDevice });
    }
    reserve_fixed(loader);
}
