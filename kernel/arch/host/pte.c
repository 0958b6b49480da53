/* SPDX-License-Identifier: BSD-2-Clause
 * One entry of the host machine's page tables: a bit for each thing that it says. */
#include "internal.h"

enum { VALID = 1, TABLE = 2, READABLE = 4, WRITABLE = 8, EXECUTABLE = 16, DEVICE = 32, UNCACHED = 64 };
#define ADDRESS_MASK 0x0000fffffffff000ul

pte_t arch_pte_table(paddr_t next)
{
    return next | VALID | TABLE;
}

pte_t arch_pte_leaf(unsigned bits, paddr_t page, rights_t rights, struct mem mem)
{
    pte_t pte = page | VALID;

    (void)bits;
    if (mem.kind == MEM_DEVICE)
        pte |= DEVICE;
    if (mem.kind == MEM_UNCACHED)
        pte |= UNCACHED;
    if (!(rights & RIGHT_READ))
        return pte;
    pte |= READABLE;
    if (rights & RIGHT_WRITE)
        return pte | WRITABLE;
    return mem.never_execute || mem.kind == MEM_DEVICE ? pte : pte | EXECUTABLE;
}

enum pte_kind arch_pte_kind(pte_t pte, unsigned bits)
{
    (void)bits;
    if (!(pte & VALID))
        return PTE_HOLE;
    return pte & TABLE ? PTE_TABLE : PTE_LEAF;
}

paddr_t arch_pte_addr(pte_t pte)
{
    return pte & ADDRESS_MASK;
}

bool arch_pte_writable(pte_t pte) { return pte & WRITABLE; }
bool arch_pte_executable(pte_t pte) { return pte & EXECUTABLE; }

bool host_pte_allows(pte_t pte, enum host_access access)
{
    static const pte_t needed[] = { [HOST_READ] = READABLE, [HOST_WRITE] = WRITABLE, [HOST_FETCH] = EXECUTABLE };

    return pte & needed[access];
}

bool host_pte_uncached(pte_t pte) { return pte & UNCACHED; }

void arch_pte_publish(void)
{
}
