/* SPDX-License-Identifier: BSD-2-Clause */
#include "pages.h"

seL4_Error page_map(word_t frame, word_t vspace, vaddr_t va, word_t rights)
{
    return do_op(frame, ARMPageMap, ARGS(va, rights, CACHED), CAPS(vspace));
}

seL4_Error page_unmap(word_t frame) { return do_op(frame, ARMPageUnmap, NO_ARGS, NO_CAPS); }

seL4_Error table_map(word_t table, word_t vspace, vaddr_t va)
{
    return do_op(table, ARMPageTableMap, ARGS(va, 0), CAPS(vspace));
}

word_t tables_new(word_t vspace, vaddr_t va, unsigned count)
{
    word_t table = 0;

    while (count--)
        CHECK_EQUAL(table_map(table = object_new(OBJ_PAGE_TABLE, 0), vspace, va), seL4_NoError);
    return table;
}

word_t numbered_space(void)
{
    const word_t vspace = object_new(OBJ_VSPACE, 0);

    CHECK_EQUAL(do_op(ROOT_ASID_POOL, ARMASIDPoolAssign, NO_ARGS, CAPS(vspace)), seL4_NoError);
    return vspace;
}

seL4_Error slot_end(word_t slot) { return do_op(ROOT_CNODE, CNodeDelete, ARGS(slot, WORD_BITS), NO_CAPS); }

word_t cap_copy(word_t from, word_t rights)
{
    const word_t to = slot_new();

    CHECK_EQUAL(do_op(ROOT_CNODE, CNodeCopy, ARGS(to, WORD_BITS, from, WORD_BITS, rights), CAPS(ROOT_CNODE)),
                seL4_NoError);
    return to;
}

bool readable(vaddr_t va)
{
    uint32_t word;

    return host_load(va, &word, sizeof word);
}

bool writable(vaddr_t va)
{
    const uint32_t word = 1;

    return host_store(va, &word, sizeof word);
}

bool executable(vaddr_t va)
{
    uint32_t word;

    return host_fetch(va, &word, sizeof word);
}
