/* SPDX-License-Identifier: BSD-2-Clause
 * Invariants of address spaces: what the tables say against what capabilities and connections say. */
#include "../object/connection.h"
#include "../object/interface.h"
#include "asid.h"
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
            return rights && arch_paddr(frame->object) == arch_pte_addr(e->pte) &&
                   arch_pte_writable(e->pte) <= !!(rights & RIGHT_WRITE) &&
                   arch_pte_executable(e->pte) <= (page.kind == REGION_CODE);
    }
    return false;
}

static bool frame_names(const struct cap *cap, const struct entry *e)
{
    return (cap->flags & CAP_MAPPED) && cap->aux == e->tag && cap->badge == e->vaddr &&
           cap->size_bits == level_bits(e->level) && arch_paddr(cap->object) == arch_pte_addr(e->pte) &&
           arch_pte_writable(e->pte) <= !!(cap->rights & RIGHT_WRITE);
}

static unsigned ends_naming(const struct cap *cap, const struct entry *e)
{
    struct connection *c = cap->object;

    return c->interface ? (unsigned)connection_names(c, SIDE_PROVIDER, e) + (unsigned)connection_names(c, SIDE_CLIENT, e) : 0;
}

/* Who lost a page with a table does not know, nor does who was mapped at that place later. */
static bool leaf_named(const struct entry *e)
{
    unsigned named = 0;

    for (const struct slot *s = invariant_first_slot(); s; s = s->next)
        if (s->cap.type == CAP_FRAME)
            named += frame_names(&s->cap, e);
        else if (s->cap.type == CAP_CONNECTION)
            named += ends_naming(&s->cap, e);
    return named == 1 || (named > 1 && asid_torn(e->tag));
}

static bool table_named(const struct entry *e)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next)
        if (s->cap.type == CAP_PAGE_TABLE && (s->cap.flags & CAP_MAPPED) && s->cap.aux == e->tag &&
            arch_paddr(s->cap.object) == arch_pte_addr(e->pte))
            return true;
    return false;
}

/* ---- a walk over all entries, without recursion */

enum { ENTRIES = 1 << ARCH_PT_BITS, ENTRIES_AT_ONCE = 8 };

/* What is wrong with an entry that is no hole; null: nothing. */
static const char *broken_rule(const struct entry *e)
{
    if (arch_pte_kind(e->pte, level_bits(e->level)) == PTE_TABLE)
        return table_named(e) ? NULL : "a table is named by a page table capability";
    if (arch_pte_kind(e->pte, level_bits(e->level)) != PTE_LEAF)
        return NULL;
    if (!leaf_named(e))
        return "a leaf is named by one frame or one end of a connection";
    return arch_pte_writable(e->pte) && arch_pte_executable(e->pte) ? "no page is both written and executed" : NULL;
}

/* The first entry from there on that is not all zeros, as most are; ENTRIES: none. */
static unsigned next_used(const pte_t *table, unsigned from)
{
    while (from < ENTRIES && from % ENTRIES_AT_ONCE && !table[from])
        from++;
    for (; from < ENTRIES && from % ENTRIES_AT_ONCE == 0; from += ENTRIES_AT_ONCE) {
        pte_t any = 0;

        for (unsigned i = 0; i < ENTRIES_AT_ONCE; i++)
            any |= table[from + i];
        if (any)
            break;
    }
    while (from < ENTRIES && !table[from])
        from++;
    return from;
}

/* The first entry of the space that breaks a rule; null when none does. */
static const pte_t *space_first_broken(const struct cap *vspace, const char **rule)
{
    struct { const pte_t *table; vaddr_t vaddr; unsigned next; } at[ARCH_PT_LEVELS] = { { .table = vspace->object } };
    unsigned level = 0;

    for (;;) {
        const unsigned i = next_used(at[level].table, at[level].next);

        if (i == ENTRIES && level == 0)
            return NULL;
        if (i == ENTRIES) {
            level--;
            continue;
        }
        const struct entry e = { vspace->aux, at[level].vaddr | (vaddr_t)i << level_bits(level), level, at[level].table[i] };

        at[level].next = i + 1;
        if (e.vaddr >= ARCH_USER_TOP)
            return NULL;        /* behind it the kernel's own */
        *rule = broken_rule(&e);
        if (*rule)
            return &at[level].table[i];
        if (arch_pte_kind(e.pte, level_bits(level)) == PTE_TABLE) {
            at[++level].table = arch_pointer(arch_pte_addr(e.pte));
            at[level].vaddr = e.vaddr;
            at[level].next = 0;
        }
    }
}

bool invariant_entries_sound(struct violation *v)
{
    for (const struct slot *s = invariant_first_slot(); s; s = s->next) {
        const char *rule;

        if (!vspace_usable(&s->cap) || invariant_seen(s))
            continue;

        const pte_t *broken = space_first_broken(&s->cap, &rule);
        if (broken)
            return violated(v, rule, broken);
    }
    return true;
}
