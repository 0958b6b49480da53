/* SPDX-License-Identifier: BSD-2-Clause
 * Address space: the walk through its tables, and what may be written into them. */
#include "vspace.h"

#include "asid.h"
#include "cpu.h"
#include "derivation.h"
#include "memory.h"

static pte_t *entry_at(pte_t *table, vaddr_t vaddr, unsigned level)
{
    return &table[vaddr >> level_bits(level) & ((1u << ARCH_PT_BITS) - 1)];
}

/* Go down from root towards vaddr to the entry that is no table, or to level `to` at the latest. *level: where that is. */
static pte_t *walk(pte_t *root, vaddr_t vaddr, unsigned to, unsigned *level)
{
    pte_t *entry = entry_at(root, vaddr, 0);

    for (*level = 0; *level < to && arch_pte_kind(*entry, *level) == PTE_TABLE; ++*level)
        entry = entry_at(arch_pointer(arch_pte_addr(*entry, *level)), vaddr, *level + 1);
    return entry;
}

static unsigned leaf_level(unsigned size_bits)
{
    return ARCH_PT_LEVELS - 1 - (size_bits - ARCH_PAGE_BITS) / ARCH_PT_BITS;
}

static void write_entry(pte_t *entry, pte_t value)
{
    *entry = value;
    arch_pte_publish(entry);
}

bool vspace_usable(const struct cap *cap)
{
    return cap->type == CAP_VSPACE && (cap->flags & CAP_MAPPED) && vspace_root(cap->aux) == cap->object;
}

bool vaddr_range_is_user(vaddr_t start, word_t bytes)
{
    return bytes <= ARCH_USER_TOP && start <= ARCH_USER_TOP - bytes;
}

seL4_Error vspace_check_range(uint32_t tag, vaddr_t start, unsigned size_bits, word_t count, unsigned *missing_bits)
{
    pte_t *const root = vspace_root(tag);
    const unsigned want = leaf_level(size_bits);
    seL4_Error worst = seL4_NoError;

    if (!root)
        return seL4_InvalidCapability;
    for (word_t i = 0; i < count; i++) {
        unsigned level;
        const pte_t *entry = walk(root, start + (i << size_bits), want, &level);

        if (arch_pte_kind(*entry, level) != PTE_HOLE)
            return seL4_DeleteFirst;
        if (level < want && !worst) {
            *missing_bits = level_bits(level);
            worst = seL4_FailedLookup;
        }
    }
    return worst;
}

void vspace_map(uint32_t tag, vaddr_t vaddr, unsigned size_bits, paddr_t page, rights_t rights, struct mem mem)
{
    unsigned level;
    pte_t *entry = walk(vspace_root(tag), vaddr, leaf_level(size_bits), &level);
    const bool changes = arch_pte_kind(*entry, level) != PTE_HOLE;
    const pte_t leaf = arch_pte_leaf(level, page, rights, mem);

    if (changes) {      /* break before make: never two different translations at once */
        write_entry(entry, 0);
        arch_tlb_flush_page(tag_asid(tag), vaddr);
    }
    write_entry(entry, leaf);
}

/* The entry at vaddr, if it is a leaf of this size to this page. */
static pte_t *find_leaf(uint32_t tag, vaddr_t vaddr, unsigned size_bits, paddr_t page)
{
    pte_t *const root = vspace_root(tag);
    unsigned level;

    if (!root)
        return NULL;
    pte_t *entry = walk(root, vaddr, leaf_level(size_bits), &level);
    const bool same = level == leaf_level(size_bits) && arch_pte_kind(*entry, level) == PTE_LEAF &&
                      arch_pte_addr(*entry, level) == page;
    return same ? entry : NULL;
}

bool vspace_maps(uint32_t tag, vaddr_t vaddr, unsigned size_bits, paddr_t page)
{
    return find_leaf(tag, vaddr, size_bits, page);
}

void vspace_unmap(uint32_t tag, vaddr_t vaddr, unsigned size_bits, paddr_t page)
{
    pte_t *entry = find_leaf(tag, vaddr, size_bits, page);

    if (!entry)
        return;
    write_entry(entry, 0);
    arch_tlb_flush_page(tag_asid(tag), vaddr);
}

seL4_Error vspace_map_table(uint32_t tag, vaddr_t vaddr, pte_t *table, vaddr_t *mapped_at)
{
    unsigned level;
    pte_t *entry = walk(vspace_root(tag), vaddr, ARCH_PT_LEVELS - 1, &level);

    if (level == ARCH_PT_LEVELS - 1 || arch_pte_kind(*entry, level) != PTE_HOLE)
        return seL4_DeleteFirst;
    *mapped_at = vaddr & ~(((vaddr_t)1 << level_bits(level)) - 1);
    write_entry(entry, arch_pte_table(arch_paddr(table)));
    return seL4_NoError;
}

void vspace_unmap_table(uint32_t tag, vaddr_t vaddr, const pte_t *table)
{
    pte_t *at = vspace_root(tag);

    for (unsigned level = 0; at && level < ARCH_PT_LEVELS - 1; level++) {
        pte_t *entry = entry_at(at, vaddr, level);

        if (arch_pte_kind(*entry, level) != PTE_TABLE)
            return;
        at = arch_pointer(arch_pte_addr(*entry, level));
        if (at == table) {
            write_entry(entry, 0);
            asid_tear(tag);
            arch_tlb_flush_asid(tag_asid(tag));     /* also what the walker remembers of this table */
            return;
        }
    }
}

bool vspace_leaf(uint32_t tag, vaddr_t vaddr, struct vspace_leaf *leaf)
{
    pte_t *const root = vspace_root(tag);
    unsigned level;

    if (!root)
        return false;
    const pte_t entry = *walk(root, vaddr, ARCH_PT_LEVELS - 1, &level);
    if (arch_pte_kind(entry, level) != PTE_LEAF)
        return false;
    *leaf = (struct vspace_leaf){ arch_pte_addr(entry, level), level_bits(level), arch_pte_writable(entry) };
    return true;
}

void vspace_enter(const struct cap *cap)
{
    if (vspace_usable(cap))
        arch_vspace_enter(arch_paddr(cap->object), tag_asid(cap->aux));
    else
        arch_vspace_enter(0, 0);
}

void vspace_leave_ended(void)
{
    struct thread *current = this_cpu()->current;

    if (current)
        vspace_enter(&thread_slot(current, SLOT_VSPACE)->cap);
}
