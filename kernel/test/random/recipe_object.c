/* SPDX-License-Identifier: BSD-2-Clause
 * Recipes with everything but interfaces. */
#include "recipe.h"

#include "names.h"

#include <stddef.h>

/* ---- tables down to a page, and a frame there */

bool recipe_make_table(struct player *p, struct call *call) { return recipe_retype(p, call, 0, TYPE_PAGE_TABLE, 0); }

bool recipe_map_table(struct player *p, struct call *call)
{
    const uint64_t at = one_in(p->chance, 40) ? 1ul << 47 : PLAY_ADDRESS + (one_in(p->chance, 4) ? 1ul << BIG : 0);

    recipe_invoke(call, p->slot[0], INV_ARMPageTableMap, LIST(at, 0), LIST(PLAY_VSPACE));
    return true;
}

static bool copy_table(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_CNODE, INV_CNodeCopy, LIST(play_empty(p), DEPTH, p->slot[0], DEPTH, 15), LIST(PLAY_CNODE));
    return true;
}

static bool unmap_table(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[0], INV_ARMPageTableUnmap, NONE, NONE);
    return true;
}

static bool map_frame(struct player *p, struct call *call)
{
    recipe_invoke(call, play_pick(p, HAS_FRAME), INV_ARMPageMap, LIST(PLAY_ADDRESS + (below(p->chance, 4) << SMALL_PAGE), 3, 1),
                  LIST(PLAY_VSPACE));
    return true;
}

/* ---- a frame whose table goes, and a copy of it where it was */

static const uint64_t apart = PLAY_ADDRESS + (5ul << BIG);

static bool map_table_apart(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[0], INV_ARMPageTableMap, LIST(apart, 0), LIST(PLAY_VSPACE));
    return true;
}

static bool make_frame(struct player *p, struct call *call) { return recipe_retype(p, call, 1, TYPE_FRAME_SMALL, 0); }

static bool copy_frame(struct player *p, struct call *call)
{
    p->slot[2] = play_empty(p);
    recipe_invoke(call, PLAY_CNODE, INV_CNodeCopy, LIST(p->slot[2], DEPTH, p->slot[1], DEPTH, 15), LIST(PLAY_CNODE));
    return true;
}

static bool map_apart(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[1], INV_ARMPageMap, LIST(apart, 3, 1), LIST(PLAY_VSPACE));
    return true;
}

static bool map_copy_apart(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[2], INV_ARMPageMap, LIST(apart, 3, 1), LIST(PLAY_VSPACE));
    return true;
}

/* ---- a large frame, maintained by offset and by address */

static bool make_large(struct player *p, struct call *call) { return recipe_retype(p, call, 1, TYPE_FRAME_LARGE, 0); }

static bool map_large(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[1], INV_ARMPageMap, LIST(PLAY_ADDRESS + (3ul << BIG), 3, below(p->chance, 2)), LIST(PLAY_VSPACE));
    return true;
}

/* What can be preempted is, where that can be had; and some of it is not told how it went. */
static bool preempted(struct player *p, struct call *call)
{
    env_interrupt_soon();
    if (one_in(p->chance, 6))
        call->number = one_in(p->chance, 2) ? NUMBER_Send : NUMBER_NBSend;
    return true;
}

static bool maintain_frame(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[1], INV_ARMPageClean_Data + (unsigned)below(p->chance, 4),
                  LIST(0, 1ul << (14 + below(p->chance, 4))), NONE);
    return preempted(p, call);
}

static bool maintain_space(struct player *p, struct call *call)
{
    const uint64_t at = PLAY_ADDRESS + (3ul << BIG), some = one_in(p->chance, 8) ? 0 : 1ul << (14 + below(p->chance, 4));
    const uint64_t bytes = one_in(p->chance, 2) ? 3ul << BIG : some;

    recipe_invoke(call, PLAY_VSPACE, INV_ARMVSpaceClean_Data + (unsigned)below(p->chance, 4),
                  LIST(at, at + bytes), NONE);
    return preempted(p, call);
}

/* ---- a pool of address-space numbers, and a space with one */

static bool make_page(struct player *p, struct call *call) { return recipe_retype(p, call, 0, TYPE_UNTYPED, SMALL_PAGE); }
static bool make_space(struct player *p, struct call *call) { return recipe_retype(p, call, 1, TYPE_VSPACE, 0); }

static bool make_pool(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_ASID_CONTROL, INV_ARMASIDControlMakePool, LIST(play_empty(p), DEPTH), LIST(p->slot[0], PLAY_CNODE));
    if (one_in(p->chance, 3))
        call->word[1] = one_in(p->chance, 2) ? 65 : 3;
    else if (one_in(p->chance, 6))
        call->word[0] = PLAY_CNODE;
    return true;
}

static bool assign(struct player *p, struct call *call)
{
    recipe_invoke(call, play_pick(p, HAS_ASID_POOL), INV_ARMASIDPoolAssign, NONE, LIST(p->slot[1]));
    return true;
}

/* ---- a thread that holds the last capability to a CNode with something in it, and is given another */

static bool make_thread(struct player *p, struct call *call) { return recipe_retype(p, call, 0, TYPE_TCB, 0); }
static bool make_cnode(struct player *p, struct call *call) { return recipe_retype(p, call, 1, TYPE_CNODE, PLAY_INNER_BITS); }

static bool fill_cnode(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[1], INV_CNodeCopy, LIST(below(p->chance, 4), PLAY_INNER_BITS, PLAY_UNTYPED - 1, DEPTH, 15),
                  LIST(PLAY_CNODE));
    return true;
}

static bool give_cnode(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[0], INV_TCBSetSpace, LIST(0, 0), LIST(0, p->slot[1], PLAY_VSPACE));
    return true;
}

static bool drop_cnode(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_CNODE, INV_CNodeDelete, LIST(p->slot[1], DEPTH), NONE);
    return true;
}

static bool give_another(struct player *p, struct call *call)
{
    if (one_in(p->chance, 2))
        recipe_invoke(call, p->slot[0], INV_TCBSetSpace, LIST(0, 0), LIST(0, PLAY_CNODE, PLAY_VSPACE));
    else
        recipe_invoke(call, p->slot[0], INV_TCBConfigure, LIST(0, 0, 0), LIST(PLAY_CNODE, PLAY_VSPACE, 0));
    env_interrupt_soon();
    return true;
}

/* ---- a thread that waits loses its context, and others talk to it */

static bool take_context(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_SC + below(p->chance, PLAYERS), INV_SchedContextUnbind, NONE, NONE);
    return true;
}

static bool talk(struct player *p, struct call *call)
{
    static const struct { int64_t number; enum row row; } ways[] = {
        { NUMBER_Call, ROW_Call }, { NUMBER_Call, ROW_Call }, { NUMBER_Send, ROW_Send }, { NUMBER_NBSend, ROW_NBSend },
    };
    const unsigned way = (unsigned)below(p->chance, sizeof ways / sizeof ways[0]);

    *call = (struct call){ .row = ways[way].row, .number = ways[way].number, .cap = play_pick(p, HAS_ENDPOINT), .length = 1 };
    return true;
}

/* ---- what has children is not copied */

static bool copy_parent(struct player *p, struct call *call)
{
    const unsigned label = one_in(p->chance, 2) ? INV_CNodeCopy : INV_CNodeMint;

    recipe_invoke(call, PLAY_CNODE, label, LIST(play_empty(p), DEPTH, PLAY_UNTYPED, DEPTH, 15, 0), LIST(PLAY_CNODE));
    return true;
}

/* ---- what is full is not moved to */

static bool rotate_onto(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_CNODE, INV_CNodeRotate,
                  LIST(PLAY_BELL, DEPTH, 0, play_pick(p, HAS_ENDPOINT), DEPTH, 0, play_pick(p, HAS_REPLY), DEPTH),
                  LIST(PLAY_CNODE, PLAY_CNODE));
    return true;
}

/* ---- the memory of all comes back, in the midst of everything */

static bool reclaim(struct player *p, struct call *call)
{
    (void)p;
    recipe_invoke(call, PLAY_CNODE, INV_CNodeRevoke, LIST(PLAY_UNTYPED, DEPTH), NONE);
    return true;
}

/* ---- all of them */

#define MAINTENANCE maintain_frame, maintain_space

const struct recipe object_recipes[OBJECT_RECIPES] = {
    [RECIPE_RECLAIM] = { 1, false, { reclaim } },
    { 5, false, { TABLES, map_frame, map_frame } },
    { 4, false, { recipe_make_table, recipe_map_table, copy_table, unmap_table } },
    { 4, false, { recipe_make_table, map_table_apart, make_frame, map_apart, copy_frame, unmap_table, map_table_apart,
                  map_copy_apart } },
    { 6, false, { make_large, map_large, MAINTENANCE, MAINTENANCE, MAINTENANCE, MAINTENANCE, MAINTENANCE } },
    { 7, false, { make_page, make_pool, make_space, assign } },
    { 7, false, { make_thread, make_cnode, fill_cnode, fill_cnode, give_cnode, drop_cnode, give_another } },
    { 11, false, { take_context, talk, talk, take_context, talk, talk } },
    { 5, false, { copy_parent, rotate_onto } },
};
