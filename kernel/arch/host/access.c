/* SPDX-License-Identifier: BSD-2-Clause
 * User mode's loads, stores and fetches: through the TLB, and through the cache or beside it. */
#include "internal.h"

#include <string.h>

static bool reach(vaddr_t va, size_t bytes, enum host_access access, struct host_translation *t)
{
    if ((va & ((1u << ARCH_PAGE_BITS) - 1)) + bytes > 1u << ARCH_PAGE_BITS || !host_translate(va, access, t))
        return false;
    return host_is_ram(t->paddr, bytes);        /* devices answer nothing here */
}

bool host_load(vaddr_t va, void *to, size_t bytes)
{
    struct host_translation t;

    if (!reach(va, bytes, HOST_READ, &t))
        return false;
    if (t.uncached && memcmp(host_memory_view(t.paddr), arch_pointer(t.paddr), bytes))
        host_find("an uncached load of what is still in the cache", va);
    memcpy(to, t.uncached ? host_memory_view(t.paddr) : arch_pointer(t.paddr), bytes);
    return true;
}

bool host_store(vaddr_t va, const void *from, size_t bytes)
{
    struct host_translation t;

    if (!reach(va, bytes, HOST_WRITE, &t))
        return false;
    memcpy(t.uncached ? host_memory_view(t.paddr) : arch_pointer(t.paddr), from, bytes);
    return true;
}

bool host_fetch(vaddr_t va, void *to, size_t bytes)
{
    struct host_translation t;

    if (!reach(va, bytes, HOST_FETCH, &t))
        return false;
    if (memcmp(host_code_view(t.paddr), arch_pointer(t.paddr), bytes))
        host_find("a fetch of what was never published", va);
    memcpy(to, host_code_view(t.paddr), bytes);
    return true;
}
