/* SPDX-License-Identifier: BSD-2-Clause */
#include "window.h"

#include "caps.h"

/* Far from the loader's image, BootInfo and payload, which lie below the first of them. */
#define WINDOW_SMALL UINT64_C(0x8000000000)
#define WINDOW_LARGE (WINDOW_SMALL + (UINT64_C(1) << 30))
#define WINDOW_HUGE  (WINDOW_SMALL + (UINT64_C(2) << 30))

/* One table above all three, one above each of the first two, one for small pages. */
void window_open(struct loader *loader)
{
    static const uint64_t places[WINDOW_TABLES] = { WINDOW_SMALL, WINDOW_SMALL, WINDOW_SMALL, WINDOW_LARGE };

    for (uint32_t i = 0; i < WINDOW_TABLES; i++)
        loader_check_own(loader, "window", seL4_ARM_PageTable_Map(table_create(loader, "window"),
                                                                  seL4_CapInitThreadVSpace, places[i],
                                                                  seL4_ARM_Default_VMAttributes));
}

static uint64_t window_for(uint32_t size_bits)
{
    return size_bits == seL4_PageBits ? WINDOW_SMALL : size_bits == seL4_LargePageBits ? WINDOW_LARGE : WINDOW_HUGE;
}

uint8_t *window_map(struct loader *loader, uint32_t frame, uint32_t size_bits)
{
    const uint64_t vaddr = window_for(size_bits);

    loader_check(loader, frame, seL4_ARM_Page_Map(object_cap(loader, frame), seL4_CapInitThreadVSpace, vaddr,
                                                  seL4_ReadWrite,
                                                  seL4_ARM_Default_VMAttributes | seL4_ARM_ExecuteNever));
    return (uint8_t *)vaddr;
}

/* What was written may be code: the instruction side must see it wherever the frame is mapped next. */
void window_unmap(struct loader *loader, uint32_t frame, uint32_t size_bits)
{
    const seL4_ARM_Page cap = object_cap(loader, frame);

    loader_check(loader, frame, seL4_ARM_Page_Unify_Instruction(cap, 0, UINT64_C(1) << size_bits));
    loader_check(loader, frame, seL4_ARM_Page_Unmap(cap));
}
