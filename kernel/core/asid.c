/* SPDX-License-Identifier: BSD-2-Clause
 * ASIDs: which address space each number names. A number is a pool's index, then an entry of the pool; entry 0 of pool 0
 * is nobody's.
 *
 * Invariants: a tag is given out once: the generation of an entry grows with every use, that of a pool's index with every
 * pool, and what has used up its generations is not given out again. No two entries name the same root. */
#include "asid.h"

#include "memory.h"
#include "vspace.h"

enum { GENERATIONS = 1 << 16 };         /* as many as a tag can tell apart */

struct asid_entry {
    uint32_t page;          /* of the root table, by number; 0: free */
    uint16_t generation;    /* of the tag that is, or will be, in use */
    bool torn;              /* a table was taken out of this space, perhaps with mappings in it */
    bool worn;              /* there was a tag of every generation */
};
struct asid_pool { struct asid_entry entry[ASID_POOL_ENTRIES]; };
_Static_assert(sizeof(struct asid_pool) <= 1u << OBJECT_BITS_PAGE_TABLE, "a pool is one page");

/* Mutable and global, because numbers are the processor's: under the kernel's lock. */
static struct { struct asid_pool *pool; uint32_t generation; } pools[ASID_POOLS];

static struct asid_entry *entry_of(uint32_t tag)
{
    struct asid_pool *pool = pools[tag_asid(tag) / ASID_POOL_ENTRIES].pool;

    return pool ? &pool->entry[tag % ASID_POOL_ENTRIES] : NULL;
}

pte_t *vspace_root(uint32_t tag)
{
    const struct asid_entry *entry = entry_of(tag);

    if (!entry || !entry->page || entry->generation != tag >> 16)
        return NULL;
    return arch_pointer((paddr_t)entry->page << ARCH_PAGE_BITS);
}

void asid_tear(uint32_t tag) { entry_of(tag)->torn = true; }
bool asid_torn(uint32_t tag) { return entry_of(tag)->torn; }

seL4_Error asid_assign(struct asid_pool *pool, word_t first, pte_t *root, uint32_t *tag)
{
    for (word_t i = first ? 0 : 1; i < ASID_POOL_ENTRIES; i++) {
        struct asid_entry *entry = &pool->entry[i];

        if (entry->page || entry->worn)
            continue;
        entry->page = (uint32_t)(arch_paddr(root) >> ARCH_PAGE_BITS);
        entry->torn = false;
        *tag = (uint32_t)(first + i) | (uint32_t)entry->generation << 16;
        arch_tlb_flush_asid(first + i);
        return seL4_NoError;
    }
    return seL4_DeleteFirst;
}

static void release(struct asid_entry *entry, word_t asid)
{
    entry->page = 0;
    entry->worn = ++entry->generation == 0;
    arch_tlb_flush_asid(asid);
}

void asid_release(uint32_t tag, const pte_t *root)
{
    if (vspace_root(tag) != root)
        return;
    release(entry_of(tag), tag_asid(tag));
    vspace_leave_ended();
}

/* First index without a pool; ASID_POOLS: none. */
static unsigned free_pool(void)
{
    unsigned i = 0;

    while (i < ASID_POOLS && (pools[i].pool || pools[i].generation >= GENERATIONS))
        i++;
    return i;
}

bool asid_pool_room(void) { return free_pool() < ASID_POOLS; }

bool asid_pool_install(struct asid_pool *pool, word_t *first)
{
    const unsigned i = free_pool();

    if (i == ASID_POOLS)
        return false;
    for (unsigned e = 0; e < ASID_POOL_ENTRIES; e++)
        pool->entry[e].generation = (uint16_t)pools[i].generation;
    pools[i].pool = pool;
    *first = i * ASID_POOL_ENTRIES;
    return true;
}

/* Its address spaces lose their numbers; the next pool here starts where the furthest of its entries got to. */
void asid_pool_remove(struct asid_pool *pool, word_t first)
{
    const word_t index = first / ASID_POOL_ENTRIES;

    for (unsigned i = 0; i < ASID_POOL_ENTRIES; i++) {
        struct asid_entry *entry = &pool->entry[i];

        if (entry->page)
            release(entry, first + i);
        const uint32_t next = entry->worn ? GENERATIONS : entry->generation;
        if (pools[index].generation < next)
            pools[index].generation = next;
    }
    pools[index].pool = NULL;
    vspace_leave_ended();
}
