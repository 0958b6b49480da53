/* SPDX-License-Identifier: BSD-2-Clause
 * TLB: remembers each translation that user mode used until the kernel says to forget it, as a machine with an endless
 * one would. Invariant that the kernel must keep: what it remembers of the address space that is entered is what the
 * tables say. */
#include "internal.h"

enum { ENTRIES = 4096 };

static struct entry { word_t asid; vaddr_t page; pte_t pte; unsigned level; } entries[ENTRIES];
static unsigned count, next;    /* entries in use, from the first; which one makes room when all are */
static paddr_t current_root;
static word_t current_asid;

static unsigned bits_below(unsigned level)
{
    return ARCH_PAGE_BITS + ARCH_PT_BITS * (ARCH_PT_LEVELS - 1 - level);
}

/* The hardware's walk. Tables outside RAM are a finding: no machine should be led there. */
static bool walk(paddr_t root, vaddr_t va, pte_t *leaf, unsigned *leaf_level)
{
    paddr_t table = root;

    for (unsigned level = 0; level < ARCH_PT_LEVELS; level++) {
        const word_t index = va >> bits_below(level) & ((1u << ARCH_PT_BITS) - 1);
        pte_t pte;

        if (!host_is_ram(table, 1u << ARCH_PAGE_BITS)) {
            host_find("a page table outside memory", table);
            return false;
        }
        pte = ((const pte_t *)arch_pointer(table))[index];
        switch (arch_pte_kind(pte, bits_below(level))) {
        case PTE_HOLE:
            return false;
        case PTE_LEAF:
            *leaf = pte;
            *leaf_level = level;
            return true;
        case PTE_TABLE:
            table = arch_pte_addr(pte);
        }
    }
    host_find("a table below the last level", va);
    return false;
}

static bool differs(const struct entry *e)
{
    pte_t leaf;
    unsigned level;

    return !walk(current_root, e->page, &leaf, &level) || leaf != e->pte || level != e->level;
}

static const struct entry *find(vaddr_t page)
{
    for (unsigned i = 0; i < count; i++)
        if (entries[i].asid == current_asid && entries[i].page == page)
            return &entries[i];
    return NULL;
}

static const struct entry *fill(vaddr_t page)
{
    struct entry e = { .asid = current_asid, .page = page };

    if (!current_root || page >= ARCH_USER_TOP || !walk(current_root, page, &e.pte, &e.level))
        return NULL;
    if (count < ENTRIES)
        next = count++;
    else
        next = (next + 1) % ENTRIES;
    entries[next] = e;
    return &entries[next];
}

bool host_translate(vaddr_t va, enum host_access access, struct host_translation *translation)
{
    const vaddr_t page = va & ~(vaddr_t)((1u << ARCH_PAGE_BITS) - 1);
    const struct entry *e = find(page);

    if (e && differs(e))
        host_find("an access through a translation that the tables do not hold", va);
    if (!e)
        e = fill(page);
    if (!e || !host_pte_allows(e->pte, access))
        return false;
    *translation = (struct host_translation){
        .paddr = arch_pte_addr(e->pte) + (va & (((word_t)1 << bits_below(e->level)) - 1)),
        .uncached = host_pte_uncached(e->pte),
    };
    return true;
}

void host_tlb_check(void)
{
    for (unsigned i = 0; i < count; i++)
        if (entries[i].asid == current_asid && current_root && differs(&entries[i]))
            host_find("a translation is remembered that the tables do not hold", entries[i].page);
}

void host_tlb_reset(void)
{
    count = 0;
    current_root = 0;
    current_asid = 0;
}

void arch_vspace_init(pte_t *root)
{
    (void)root;
}

void arch_vspace_enter(paddr_t root, word_t asid)
{
    current_root = root;
    current_asid = asid;
}

void arch_vspace_leave(void)
{
    arch_vspace_enter(0, 0);
}

/* One translation may have been remembered for several pages of its size: forget all that contain va. */
void arch_tlb_flush_page(word_t asid, vaddr_t va)
{
    for (unsigned i = count; i-- > 0;)
        if (entries[i].asid == asid && !((entries[i].page ^ va) >> bits_below(entries[i].level)))
            entries[i] = entries[--count];
}

void arch_tlb_flush_asid(word_t asid)
{
    for (unsigned i = count; i-- > 0;)
        if (entries[i].asid == asid)
            entries[i] = entries[--count];
}
