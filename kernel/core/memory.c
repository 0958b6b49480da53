/* SPDX-License-Identifier: BSD-2-Clause
 * Memory as the kernel hands it out. */
#include "memory.h"

static struct { struct memory_range range[BOOT_RANGES + 2]; unsigned count; } ram;     /* constant after boot */

enum { GRAIN_BITS = 6 };                /* of arch_zero */

/* The part of a grain that others have a share in. */
static void zero_part(uintptr_t start, uintptr_t end)
{
    if (start >= end)
        return;
    for (uintptr_t at = start; at < end; at += sizeof(word_t))
        *(word_t *)at = 0;
    arch_cache_clean((const void *)start, end - start);
}

void memory_zero(void *memory, size_t bytes)
{
    const uintptr_t start = (uintptr_t)memory, end = start + bytes;
    const uintptr_t first = align_up(start, GRAIN_BITS), last = align_down(end, GRAIN_BITS);

    if (first >= last) {
        zero_part(start, end);
        return;
    }
    zero_part(start, first);
    arch_zero((void *)first, last - first);
    zero_part(last, end);
}

BOOT void memory_init(const struct boot_machine *machine)
{
    for (ram.count = 0; ram.count < machine->ram_count; ram.count++)
        ram.range[ram.count] = machine->ram[ram.count];
    ram.range[ram.count++] = machine->boot;
    ram.range[ram.count++] = machine->payload;
}

bool memory_is_ram(paddr_t p)
{
    for (unsigned i = 0; i < ram.count; i++)
        if (ram.range[i].start <= p && p < ram.range[i].end)
            return true;
    return false;
}
