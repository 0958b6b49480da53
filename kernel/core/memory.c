/* SPDX-License-Identifier: BSD-2-Clause
 * Memory as the kernel hands it out. */
#include "memory.h"

enum { ZERO_GRAIN = 64 };               /* of arch_zero */

static struct { struct memory_range range[BOOT_RANGES + 1]; unsigned count; } ram;     /* constant after boot */

static uint8_t *zero_words(uint8_t *at, const uint8_t *end)
{
    for (; at < end; at += sizeof(word_t))
        *(word_t *)(void *)at = 0;
    return at;
}

void memory_zero(void *start, size_t bytes)
{
    uint8_t *at = start, *const end = at + bytes;
    uint8_t *const first = (uint8_t *)(((uintptr_t)at + ZERO_GRAIN - 1) & ~(uintptr_t)(ZERO_GRAIN - 1));
    uint8_t *const last = (uint8_t *)((uintptr_t)end & ~(uintptr_t)(ZERO_GRAIN - 1));

    if (first >= last) {
        zero_words(at, end);
    } else {
        zero_words(at, first);
        arch_zero(first, (size_t)(last - first));
        zero_words(last, end);
    }
    arch_cache_clean(start, bytes);     /* a mapping without cache, or a device, reads the zeros too */
}

void memory_init(const struct boot_machine *machine)
{
    for (ram.count = 0; ram.count < machine->ram_count; ram.count++)
        ram.range[ram.count] = machine->ram[ram.count];
    ram.range[ram.count++] = machine->payload;
}

bool memory_is_ram(paddr_t p)
{
    for (unsigned i = 0; i < ram.count; i++)
        if (ram.range[i].start <= p && p < ram.range[i].end)
            return true;
    return false;
}
