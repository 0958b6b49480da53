/* SPDX-License-Identifier: BSD-2-Clause */
#include "table.h"

#include "caps.h"
#include "window.h"

/* A table of level n maps what lies in one span of 1 << spans[n] bytes. From the top: a leaf needs the tables of all
 * spans that are larger than itself. */
static const uint32_t spans[] = { 39, 30, 21 };
enum { LEVELS = sizeof spans / sizeof spans[0] };

/* What an address space holds, by ascending address: its mappings and its two lists of tables, merged. */
struct walk {
    const struct spec *spec;
    const struct spec_vspace *vspace;
    uint32_t mapping, table, large_table;
    uint64_t last[LEVELS];              /* the span that got its table last, plus 1 */
};

struct place {
    uint64_t vaddr;
    uint32_t bits;                      /* of what is mapped there; a table alone: of what it is for */
};

/* The earlier of what was found so far and what `from` counts to. */
static void choose(struct place *place, uint32_t **chosen, struct place other, uint32_t *from)
{
    if (*chosen && place->vaddr <= other.vaddr)
        return;
    *place = other;
    *chosen = from;
}

static bool walk_next(struct walk *walk, struct place *place)
{
    const struct spec *spec = walk->spec;
    const struct spec_vspace *vspace = walk->vspace;
    uint32_t *chosen = NULL;

    if (walk->mapping < vspace->mapping_count) {
        const struct spec_mapping *mapping = spec_mapping(spec, vspace->mappings + walk->mapping);
        const uint32_t frame = spec_object(spec, mapping->frame)->detail;

        choose(place, &chosen, (struct place){ mapping->vaddr, spec_frame(spec, frame)->size_bits }, &walk->mapping);
    }
    if (walk->table < vspace->table_count)
        choose(place, &chosen, (struct place){ spec_table(spec, vspace->tables + walk->table)->vaddr, seL4_PageBits },
               &walk->table);
    if (walk->large_table < vspace->large_table_count)
        choose(place, &chosen,
               (struct place){ spec_table(spec, vspace->large_tables + walk->large_table)->vaddr, seL4_LargePageBits },
               &walk->large_table);
    if (chosen)
        ++*chosen;
    return chosen;
}

/* How many tables the place needs that no place before it needed. */
static uint32_t walk_missing(struct walk *walk, const struct place *place)
{
    uint32_t missing = 0;

    for (uint32_t level = 0; level < LEVELS && spans[level] > place->bits; level++) {
        const uint64_t span = (place->vaddr >> spans[level]) + 1;

        missing += walk->last[level] != span;
        walk->last[level] = span;
    }
    return missing;
}

static uint32_t tables_of(const struct spec *spec, uint32_t vspace)
{
    struct walk walk = { .spec = spec, .vspace = spec_vspace(spec, vspace) };
    struct place place;
    uint32_t count = 0;

    while (walk_next(&walk, &place))
        count += walk_missing(&walk, &place);
    return count;
}

uint64_t tables_needed(const struct spec *spec)
{
    uint64_t needed = WINDOW_TABLES;

    for (uint32_t i = 0; i < spec->counts[SPEC_VSPACES]; i++)
        needed += tables_of(spec, i);
    return needed;
}

/* At the highest level that has no table there yet. */
static void map_table(struct loader *loader, uint32_t vspace, uint64_t vaddr)
{
    const seL4_CPtr table = table_create(loader, spec_name(&loader->spec, vspace));

    loader_check(loader, vspace, seL4_ARM_PageTable_Map(table, object_cap(loader, vspace), vaddr,
                                                        seL4_ARM_Default_VMAttributes));
}

static void make_tables(struct loader *loader, uint32_t object)
{
    const struct spec *spec = &loader->spec;
    struct walk walk = { .spec = spec, .vspace = spec_vspace(spec, spec_object(spec, object)->detail) };
    struct place place;

    while (walk_next(&walk, &place))
        for (uint32_t missing = walk_missing(&walk, &place); missing > 0; missing--)
            map_table(loader, object, place.vaddr);
}

void tables_delete(struct loader *loader, uint32_t object)
{
    const uint32_t vspace = spec_object(&loader->spec, object)->detail;
    seL4_CPtr first = loader->tables;

    for (uint32_t i = 0; i < vspace; i++)
        first += tables_of(&loader->spec, i);
    for (uint32_t n = tables_of(&loader->spec, vspace); n > 0; n--)
        loader_check(loader, object, seL4_CNode_Delete(OWN_CNODE, first + n - 1, OWN_DEPTH));
}

void step_tables(struct loader *loader)
{
    loader->tables = loader->next_slot;
    FOR_EACH(loader, object, KIND_VSPACE)
        make_tables(loader, object);
}
