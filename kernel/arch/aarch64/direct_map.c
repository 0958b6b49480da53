/* SPDX-License-Identifier: BSD-2-Clause
 * Direct map: the kernel's window onto physical memory, after the device tree told how much there is.
 * Invariant: every byte of RAM is mapped once, writable or executable, never both; what is no RAM only as a device. */
#include "../../core/assert.h"
#include "port.h"

#include "platform.h"
#include "registers.h"

enum { ENTRIES = 1 << ARCH_PT_BITS, PARTIAL_TABLES = 4 };
#define BLOCK_BYTES (2ul << 20)
#define GIB         (1ul << 30)
#define DATA        (PTE_VALID | PTE_ACCESSED | PTE_UXN | PTE_PXN | PTE_NORMAL | PTE_INNER_SHAREABLE)

extern pte_t boot_level1[ENTRIES], boot_level2[ENTRIES], boot_level3[ENTRIES];

static void publish(void)
{
    __asm__ volatile("dsb ishst\n\ttlbi vmalle1is\n\tdsb ish\n\tisb" ::: "memory");
}

BOOT static bool is_ram(const struct memory_range *ram, unsigned count, paddr_t start)
{
    for (unsigned i = 0; i < count; i++)
        if (ram[i].start <= start && start < ram[i].end)
            return true;
    return false;
}

/* The first GiB is mapped since the start: take out what is no RAM. */
BOOT static void first_trim(const struct memory_range *ram, unsigned count)
{
    for (unsigned i = 0; i < ENTRIES; i++)
        if (!is_ram(ram, count, PLATFORM_ram + i * BLOCK_BYTES))
            boot_level2[i] = 0;
}

BOOT static pte_t gib_entry(const struct memory_range *ram, unsigned count, paddr_t gib)
{
    static pte_t partial[PARTIAL_TABLES][ENTRIES] __attribute__((aligned(1 << ARCH_PAGE_BITS)));
    static unsigned partial_used;
    unsigned blocks = 0;

    for (unsigned i = 0; i < ENTRIES; i++)
        blocks += is_ram(ram, count, gib + i * BLOCK_BYTES);
    if (blocks == 0)
        return 0;
    if (blocks == ENTRIES)
        return gib | DATA;
    assert(partial_used < PARTIAL_TABLES);
    for (unsigned i = 0; i < ENTRIES; i++)
        if (is_ram(ram, count, gib + i * BLOCK_BYTES))
            partial[partial_used][i] = (gib + i * BLOCK_BYTES) | DATA;
    return arch_paddr(partial[partial_used++]) | PTE_TABLE_BITS;
}

BOOT void arch_direct_map(const struct memory_range *ram, unsigned count)
{
    first_trim(ram, count);
    for (unsigned i = PLATFORM_ram / GIB + 1; i < ENTRIES; i++)
        if (ram[count - 1].end > i * GIB)
            boot_level1[i] = gib_entry(ram, count, i * GIB);
    publish();
}

void arch_boot_over(void)
{
    for (paddr_t page = arch_paddr(kernel_start); page < arch_paddr(kernel_kept); page += 1 << ARCH_PAGE_BITS)
        boot_level3[(page - PLATFORM_image) >> ARCH_PAGE_BITS] = page | DATA | PTE_PAGE;
    publish();
}
