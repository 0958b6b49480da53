/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/pointer.h>

/* Do `bytes` from offset lie in the region? No sum that can wrap. */
static bool in_region(const struct sel4ish_entry *region, uint64_t offset, size_t bytes)
{
    uint64_t start = region->v[0], length = region->v[1];

    return offset >= start && offset - start <= length && bytes <= length - (offset - start);
}

bool sel4ish_pointer_in_region(const struct sel4ish_config *config, const struct sel4ish_entry *use, uintptr_t base,
                               uint64_t address, size_t bytes, unsigned kinds)
{
    const struct sel4ish_entry *region = NULL;

    if (address < base)
        return false;
    while ((region = sel4ish_config_owned(config, use, SEL4ISH_REGION, NULL, region)))
        if (region->v[2] < 32 && (kinds >> region->v[2] & 1) && in_region(region, address - base, bytes))
            return true;
    return false;
}

bool sel4ish_pointer_is_routine(const struct sel4ish_config *config, const struct sel4ish_entry *use, uintptr_t base,
                                uint64_t address)
{
    const struct sel4ish_entry *routine = NULL;

    if (!sel4ish_pointer_in_region(config, use, base, address, 4, SEL4ISH_KIND(SEL4ISH_CODE)))
        return false;
    while ((routine = sel4ish_config_owned(config, use, SEL4ISH_ROUTINE, NULL, routine)))
        if (routine->v[0] == address - base)
            return true;
    return false;
}
