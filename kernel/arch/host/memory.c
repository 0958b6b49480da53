/* SPDX-License-Identifier: BSD-2-Clause
 * Simulated physical memory: one reserved mapping as large as all physical addresses that there are, of which only RAM
 * may be touched; and what is behind its caches. At start it holds garbage. */
#define _DEFAULT_SOURCE
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { GARBAGE = 0xa5 };
#define ADDRESS_SPACE ((size_t)HOST_RAM_BASE + HOST_RAM_BYTES)

static uint8_t *window, *memory_view, *code_view;
static bool fresh;      /* nobody has written since the garbage was put there */

static void *reserve(size_t bytes, int protection)
{
    void *p = mmap(NULL, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED)
        abort();
    return p;
}

/* Before main, so that tests, which are forked, share the garbage until they write. */
__attribute__((constructor)) static void memory_make(void)
{
    window = reserve(ADDRESS_SPACE, PROT_NONE);
    if (mprotect(window + HOST_RAM_BASE, HOST_RAM_BYTES, PROT_READ | PROT_WRITE))
        abort();
    memset(window + HOST_RAM_BASE, GARBAGE, HOST_RAM_BYTES);
    memory_view = reserve(HOST_RAM_BYTES, PROT_READ | PROT_WRITE);
    code_view = reserve(HOST_RAM_BYTES, PROT_READ | PROT_WRITE);
    fresh = true;
}

void host_memory_reset(void)
{
    if (fresh) {
        fresh = false;
        return;
    }
    memset(window + HOST_RAM_BASE, GARBAGE, HOST_RAM_BYTES);
    madvise(memory_view, HOST_RAM_BYTES, MADV_DONTNEED);
    madvise(code_view, HOST_RAM_BYTES, MADV_DONTNEED);
}

void *arch_pointer(paddr_t p)
{
    return p <= ADDRESS_SPACE ? window + p : NULL;      /* one past the end is the end of a range */
}

paddr_t arch_paddr(const void *pointer)
{
    return (paddr_t)((const uint8_t *)pointer - window);
}

bool host_is_ram(paddr_t p, size_t bytes)
{
    return p >= HOST_RAM_BASE && p <= ADDRESS_SPACE && bytes <= ADDRESS_SPACE - p;
}

void *host_memory_view(paddr_t p) { return memory_view + (p - HOST_RAM_BASE); }
void *host_code_view(paddr_t p) { return code_view + (p - HOST_RAM_BASE); }

static void copy(void *to, const void *from, size_t len)
{
    memcpy(to, from, len);
}

/* RAM only: maintenance of a device's page changes nothing. */
static bool maintainable(const void *start, size_t len)
{
    return host_is_ram(arch_paddr(start), len);
}

void arch_cache_clean(const void *start, size_t len)
{
    if (maintainable(start, len))
        copy(host_memory_view(arch_paddr(start)), start, len);
}

void arch_cache_invalidate(const void *start, size_t len)
{
    if (maintainable(start, len))
        copy(arch_pointer(arch_paddr(start)), host_memory_view(arch_paddr(start)), len);
}

void arch_cache_clean_invalidate(const void *start, size_t len)
{
    arch_cache_clean(start, len);
}

void arch_code_publish(const void *start, size_t len)
{
    if (maintainable(start, len))
        copy(host_code_view(arch_paddr(start)), start, len);
}

void arch_zero(void *start, size_t len)
{
    memset(start, 0, len);
    arch_cache_clean(start, len);
}
