/* SPDX-License-Identifier: BSD-2-Clause
 * Invariants of address spaces: what the tables say against what capabilities and connections say. */
#include "../object/connection.h"
#include "../object/interface.h"
#include "invariants.h"
#include "vspace.h"

bool invariant_asids_unique(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        if (!vspace_usable(&s->cap) || invariant_seen(s))
            continue;
        for (const struct slot *t = s->next; t; t = t->next)
            if (vspace_usable(&t->cap) && t->cap.object != s->cap.object &&
                tag_asid(t->cap.aux) == tag_asid(s->cap.aux))
                return violated(v, "an ASID is one address space's", t);
    }
    return true;
}

struct entry {
    uint32_t tag;
    vaddr_t vaddr;
    unsigned level;
    pte_t pte;
};

/* ---- who names an entry */

static bool connection_names(struct connection *c, enum side side, const struct entry *e)
{
    const struct interface *i = c->interface;
    const uint32_t tag = side == SIDE_CLIENT ? c->client.tag : i->provider.tag;
    const vaddr_t base = side == SIDE_CLIENT ? c->client.base : i->provider.base + c->index * i->layout.window;
    const unsigned data = i->layout.data_pages;

    if (!tag || tag != e->tag || e->vaddr < base || e->vaddr - base >= i->layout.window)
        return false;
    for (unsigned n = 0; n < data + i->layout.code_pages; n++) {
        const struct page page = layout_page(&i->layout, n >= data, n >= data ? n - data : n);
        const struct cap *frame =
            n < data ? &connection_frame(c, n)->cap : &interface_code(c->interface, n - data)->cap;
        const rights_t rights = layout_rights(page.kind, side);

        if (base + page.offset == e->vaddr && page.size_bits == level_bits(e->level) && frame->type == CAP_FRAME)
            return rights && arch_paddr(frame->object) == arch_pte_addr(e->pte, e->level) &&
                   arch_pte_writable(e->pte) <= !!(rights & RIGHT_WRITE) &&
                   arch_pte_executable(e->pte) <= (page.kind == REGION_CODE);
    }
    return false;
}

static bool frame_names(const struct cap *cap, const struct entry *e)
{
    return (cap->flags & CAP_MAPPED) && cap->aux == e->tag && cap->badge == e->vaddr &&
           cap->size_bits == level_bits(e->level) && arch_paddr(cap->object) == arch_pte_addr(e->pte, e->level) &&
           arch_pte_writable(e->pte) <= !!(cap->rights & RIGHT_WRITE);
}

static unsigned names(const struct slot *s, const struct entry *e)
{
    struct connection *c = s->cap.object;

    if (s->cap.type == CAP_FRAME)
        return frame_names(&s->cap, e);
    if (s->cap.type != CAP_CONNECTION || !c->interface)
        return 0;
    return (unsigned)connection_names(c, SIDE_PROVIDER, e) + (unsigned)connection_names(c, SIDE_CLIENT, e);
}

static bool leaf_named(const struct entry *e)
{
    unsigned count = 0;

    for (const struct slot *s = invariant_first_slot(); s; s = s->next)
        count += names(s, e);
    return count == 1;
}

static bool table_named(const struct entry *e)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next)
        if (s->cap.type == CAP_PAGE_TABLE && (s->cap.flags & CAP_MAPPED) && s->cap.aux == e->tag &&
            arch_paddr(s->cap.object) == arch_pte_addr(e->pte, e->level))
            return true;
    return false;
}

/* ---- a walk over all entries, without recursion */

typedef bool entry_function(const struct entry *e);

static bool leaf_is_named(const struct entry *e)
{
    return arch_pte_kind(e->pte, e->level) != PTE_LEAF || leaf_named(e);
}

static bool table_is_named(const struct entry *e)
{
    return arch_pte_kind(e->pte, e->level) != PTE_TABLE || table_named(e);
}

static bool leaf_is_write_xor_execute(const struct entry *e)
{
    return arch_pte_kind(e->pte, e->level) != PTE_LEAF || !arch_pte_writable(e->pte) || !arch_pte_executable(e->pte);
}

/* The first entry of the space that does not pass; null when all do. */
static const pte_t *space_each(const struct cap *vspace, entry_function *passes)
{
    const pte_t *table[ARCH_PT_LEVELS] = { vspace->object };
    vaddr_t vaddr = 0;
    unsigned level = 0;

    while (vaddr < ARCH_USER_TOP) {
        const pte_t *at = &table[level][vaddr >> level_bits(level) & ((1u << ARCH_PT_BITS) - 1)];
        const struct entry e = { vspace->aux, vaddr, level, *at };
        const enum pte_kind kind = arch_pte_kind(e.pte, level);

        if (kind != PTE_HOLE && !passes(&e))
            return at;
        if (kind == PTE_TABLE) {
            table[++level] = arch_pointer(arch_pte_addr(e.pte, e.level));
            continue;
        }
        vaddr += (vaddr_t)1 << level_bits(level);
        while (level && !(vaddr & (((vaddr_t)1 << level_bits(level - 1)) - 1)))
            level--;
    }
    return NULL;
}

static bool spaces_each(entry_function *passes, const char *rule, struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        if (!vspace_usable(&s->cap) || invariant_seen(s))
            continue;

        const pte_t *at = space_each(&s->cap, passes);
        if (at)
            return violated(v, rule, at);
    }
    return true;
}

bool invariant_leaves_named(struct violation *v)
{
    return spaces_each(leaf_is_named, "a leaf is named by one frame or one end of a connection", v);
}

bool invariant_tables_named(struct violation *v)
{
    return spaces_each(table_is_named, "a table is named by a page table capability", v);
}

bool invariant_write_xor_execute(struct violation *v)
{
    return spaces_each(leaf_is_write_xor_execute, "no page is both written and executed", v);
}
