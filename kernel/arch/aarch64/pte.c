/* SPDX-License-Identifier: BSD-2-Clause
 * One entry of a user page table. Invariants: a writable page is never executed, by nobody; the kernel executes none;
 * every page is marked accessed (we count nothing) and belongs to one ASID. */
#include "../arch.h"

#include "registers.h"

static pte_t memory_bits(struct mem mem)
{
    switch (mem.kind) {
    case MEM_NORMAL:
        return PTE_NORMAL | PTE_INNER_SHAREABLE;
    case MEM_UNCACHED:
        return PTE_UNCACHED | PTE_INNER_SHAREABLE;
    default:
        return PTE_DEVICE | PTE_UXN;    /* fetching from a device may do anything */
    }
}

pte_t arch_pte_leaf(unsigned bits, paddr_t page, rights_t rights, struct mem mem)
{
    pte_t pte = page | PTE_VALID | PTE_ACCESSED | PTE_NOT_GLOBAL | PTE_PXN | memory_bits(mem);

    if (bits == ARCH_PAGE_BITS)
        pte |= PTE_PAGE;
    if (!(rights & RIGHT_READ))
        return pte | PTE_READ_ONLY | PTE_UXN;   /* there is no write-only: nobody's, but present */
    pte |= PTE_USER;
    if (rights & RIGHT_WRITE)
        return pte | PTE_UXN;
    return pte | PTE_READ_ONLY | (mem.never_execute ? PTE_UXN : 0);
}

bool arch_pte_writable(pte_t pte)
{
    return (pte & PTE_VALID) && (pte & PTE_USER) && !(pte & PTE_READ_ONLY);
}

bool arch_pte_executable(pte_t pte)
{
    return (pte & PTE_VALID) && (pte & PTE_USER) && !(pte & PTE_UXN);
}
