/* SPDX-License-Identifier: BSD-2-Clause
 * Entering address spaces, and forgetting their translations. The ASID is in TTBR0; the kernel's half is in TTBR1 for
 * ever, so a user root table holds nothing of it. ASID 0 belongs to the space of no thread. */
#include "../arch.h"

extern pte_t identity_level0[];     /* empty since boot */

void arch_vspace_init(pte_t *root)
{
    (void)root;
}

void arch_vspace_enter(paddr_t root, word_t asid)
{
    /* No barrier: nothing in the kernel goes through TTBR0, and the return to user mode is one. */
    __asm__ volatile("msr ttbr0_el1, %0" ::"r"(root | asid << 48) : "memory");
}

void arch_vspace_leave(void)
{
    arch_vspace_enter(arch_paddr(identity_level0), 0);
}

/* In all of these the ISB that the processor's own next instructions may need is the return to user mode: the kernel
 * goes through no address that they are about. Walks are coherent with the data cache. */

void arch_pte_publish(void)
{
    __asm__ volatile("dsb ishst" ::: "memory");
}

void arch_tlb_flush_page(word_t asid, vaddr_t va)
{
    const word_t operand = asid << 48 | (va >> 12 & 0xfffffffffff);

    __asm__ volatile("dsb ishst\n\ttlbi vae1is, %0\n\tdsb ish" ::"r"(operand) : "memory");
}

void arch_tlb_flush_asid(word_t asid)
{
    __asm__ volatile("dsb ishst\n\ttlbi aside1is, %0\n\tdsb ish" ::"r"(asid << 48) : "memory");
}
