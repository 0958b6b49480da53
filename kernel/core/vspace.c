/* SPDX-License-Identifier: BSD-2-Clause
 * Address space: the walk through its tables, and what may be written into them. */
#include "vspace.h"

#include "asid.h"
#include "cpu.h"
#include "derivation.h"
#include "memory.h"

struct vspace_place vspace_find(pte_t *table, vaddr_t vaddr, unsigned bits)
{
    struct vspace_place at = { .bits = level_bits(0) };

    for (;; at.bits -= ARCH_PT_BITS) {
        at.entry = &table[vaddr >> at.bits & ((1u << ARCH_PT_BITS) - 1)];
        if (at.bits == bits || arch_pte_kind(*at.entry, at.bits) != PTE_TABLE)
            return at;
        table = arch_pointer(arch_pte_addr(*at.entry));
    }
}

static void make_hole(pte_t *entry, uint32_t tag, vaddr_t vaddr)
{
    *entry = 0;
    arch_tlb_flush_page(tag_asid(tag), vaddr);
}

static void fill_hole(pte_t *entry, pte_t value)
{
    *entry = value;
    arch_pte_publish();
}

bool vspace_usable(const struct cap *cap)
{
    return cap->type == CAP_VSPACE && vspace_root(cap->aux) == cap->object;
}

bool vaddr_range_is_user(vaddr_t start, word_t bytes)
{
    return bytes <= ARCH_USER_TOP && start <= ARCH_USER_TOP - bytes;
}

seL4_Error vspace_check_range(uint32_t tag, vaddr_t start, unsigned size_bits, word_t count, unsigned *missing_bits)
{
    pte_t *const root = vspace_root(tag);
    seL4_Error worst = seL4_NoError;

    for (word_t i = 0; i < count; i++) {
        const struct vspace_place at = vspace_find(root, start + (i << size_bits), size_bits);

        if (place_kind(at) != PTE_HOLE)
            return seL4_DeleteFirst;
        if (at.bits > size_bits && !worst) {
            *missing_bits = at.bits;
            worst = seL4_FailedLookup;
        }
    }
    return worst;
}

void vspace_set(struct vspace_place at, uint32_t tag, vaddr_t vaddr, paddr_t page, rights_t rights, struct mem mem)
{
    if (place_kind(at) != PTE_HOLE)     /* break before make: never two different translations at once */
        make_hole(at.entry, tag, vaddr);
    fill_hole(at.entry, arch_pte_leaf(at.bits, page, rights, mem));
}

void vspace_map(uint32_t tag, vaddr_t vaddr, unsigned size_bits, paddr_t page, rights_t rights, struct mem mem)
{
    vspace_set(vspace_find(vspace_root(tag), vaddr, size_bits), tag, vaddr, page, rights, mem);
}

void vspace_unmap(uint32_t tag, vaddr_t vaddr, unsigned size_bits, paddr_t page)
{
    pte_t *const root = vspace_root(tag);

    if (!root)
        return;
    const struct vspace_place at = vspace_find(root, vaddr, size_bits);
    if (place_maps(at, size_bits, page))
        make_hole(at.entry, tag, vaddr);
}

seL4_Error vspace_map_table(uint32_t tag, vaddr_t vaddr, pte_t *table, vaddr_t *mapped_at)
{
    const struct vspace_place at = vspace_find(vspace_root(tag), vaddr, ARCH_PAGE_BITS);

    if (at.bits == ARCH_PAGE_BITS || place_kind(at) != PTE_HOLE)
        return seL4_DeleteFirst;
    *mapped_at = align_down(vaddr, at.bits);
    fill_hole(at.entry, arch_pte_table(arch_paddr(table)));
    return seL4_NoError;
}

void vspace_unmap_table(uint32_t tag, vaddr_t vaddr, const pte_t *table)
{
    pte_t *const root = vspace_root(tag);

    for (unsigned bits = level_bits(0); root && bits > ARCH_PAGE_BITS; bits -= ARCH_PT_BITS) {
        const struct vspace_place at = vspace_find(root, vaddr, bits);

        if (place_kind(at) != PTE_TABLE)
            return;
        if (arch_pte_addr(*at.entry) == arch_paddr(table)) {
            *at.entry = 0;
            asid_tear(tag);
            arch_tlb_flush_asid(tag_asid(tag));     /* also what the walker remembers of this table */
            return;
        }
    }
}

bool vspace_leaf(uint32_t tag, vaddr_t vaddr, struct vspace_leaf *leaf)
{
    pte_t *const root = vspace_root(tag);

    if (!root)
        return false;
    const struct vspace_place at = vspace_find(root, vaddr, ARCH_PAGE_BITS);
    if (place_kind(at) != PTE_LEAF)
        return false;
    *leaf = (struct vspace_leaf){ arch_pte_addr(*at.entry), at.bits, arch_pte_writable(*at.entry) };
    return true;
}

/* What t's capability comes to. False: to no usable VSpace. */
static bool look(const struct cpu *cpu, struct thread *t)
{
    const struct cap *cap = &thread_slot(t, SLOT_VSPACE)->cap;

    if (!vspace_usable(cap))
        return false;
    t->space.root = arch_paddr(cap->object);
    t->space.asid = tag_asid(cap->aux);
    t->space.seen = cpu->spaces_ended;
    return true;
}

void vspace_enter(const struct cpu *cpu, struct thread *t)
{
    if (t && (vspace_known(cpu, t) || look(cpu, t)))
        arch_vspace_enter(t->space.root, t->space.asid);
    else
        arch_vspace_leave();
}

void vspace_leave_ended(void)
{
    struct cpu *cpu = this_cpu();

    cpu->spaces_ended++;
    vspace_enter(cpu, cpu->current);
}
