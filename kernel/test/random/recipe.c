/* SPDX-License-Identifier: BSD-2-Clause
 * Recipes: plans of several calls, for what chance alone would hardly ever come to. Each step makes one call of what the
 * player finds at that moment, so that others may be in the way. A step that gives nothing ends the plan. */
#include "play.h"

#include "names.h"

#include <stddef.h>

enum { DEPTH = 64, BEGIN = 10, STEP = 2, KEY_ONE = 0x10001, BIG = 21, SMALL_PAGE = 12 };
#define KEY(label) ((uint64_t)(label) << 40 | KEY_ONE)

typedef bool step_function(struct player *p, struct call *call);

static void invoke(struct call *call, uint64_t cap, unsigned label, unsigned length, const uint64_t *words, unsigned caps,
                   const uint64_t *capv)
{
    call_invoke(call, cap, label);
    for (; call->length < length; call->length++)
        call->word[call->length] = words[call->length];
    for (; call->caps < caps; call->caps++)
        call->capv[call->caps] = capv[call->caps];
}

#define LIST(...) sizeof((uint64_t[]){ __VA_ARGS__ }) / sizeof(uint64_t), (const uint64_t[]){ __VA_ARGS__ }
#define NONE 0, (const uint64_t *)0

/* Into the plan's n-th slot, which is chosen now. */
static bool make(struct player *p, struct call *call, unsigned n, unsigned type, uint64_t bits)
{
    p->slot[n] = play_empty(p);
    invoke(call, PLAY_UNTYPED, INV_UntypedRetype, LIST(type, bits, 0, 0, p->slot[n], 1), LIST(PLAY_CNODE));
    return p->slot[n];
}

/* ---- an interface with one connection, offered and asked for */

static bool make_interface(struct player *p, struct call *call) { return make(p, call, 0, TYPE_INTERFACE, 0); }
static bool make_connection(struct player *p, struct call *call) { return make(p, call, 1, TYPE_CONNECTION, 0); }
static bool make_code(struct player *p, struct call *call) { return make(p, call, 2, TYPE_FRAME_SMALL, 0); }
static bool make_data(struct player *p, struct call *call) { return make(p, call, 3, TYPE_FRAME_SMALL, 0); }

static bool make_registry(struct player *p, struct call *call)
{
    return !play_pick(p, HAS_REGISTRY) && make(p, call, 4, TYPE_REGISTRY, 0);
}

/* Two pages of data, one of code; or something that is wrong with them. */
static bool configure(struct player *p, struct call *call)
{
    invoke(call, p->slot[0], INV_sel4ish_InterfaceConfigure,
           LIST(KEY_ONE, 0, 0, SMALL_PAGE | 2 << 16, 0x2000, SMALL_PAGE | 3 << 8 | 1 << 16), NONE);
    switch (below(p->chance, 16)) {
    case 0:
        call->word[4] = 0x2010;
        break;
    case 1:
        call->word[4] = 1ul << 50;
        break;
    case 2:
        call->length = 5;
        break;
    default:
        break;
    }
    return true;
}

static bool configure_large(struct player *p, struct call *call)
{
    invoke(call, p->slot[0], INV_sel4ish_InterfaceConfigure,
           LIST(KEY_ONE, 0, 0, SMALL_PAGE | 1 << 16, 1u << BIG, BIG | 3 << 8 | 1 << 16), NONE);
    return true;
}

static bool make_large_code(struct player *p, struct call *call) { return make(p, call, 2, TYPE_FRAME_LARGE, 0); }

static bool map_code(struct player *p, struct call *call)
{
    invoke(call, p->slot[2], INV_ARMPageMap, LIST(PLAY_ADDRESS + (below(p->chance, 4) << SMALL_PAGE), 3, 1), LIST(PLAY_VSPACE));
    return true;
}

static bool provide_code(struct player *p, struct call *call)
{
    invoke(call, p->slot[0], INV_sel4ish_InterfaceProvideCode, NONE, LIST(p->slot[2]));
    return true;
}

static bool provide_data(struct player *p, struct call *call)
{
    invoke(call, p->slot[1], INV_sel4ish_ConnectionProvideFrame, NONE, LIST(p->slot[3]));
    return true;
}

static uint64_t label(struct player *p) { return one_in(p->chance, 4) ? 2 : 1; }

static bool provide_connection(struct player *p, struct call *call)
{
    invoke(call, p->slot[0], INV_sel4ish_InterfaceProvideConnection, LIST(one_in(p->chance, 8) ? 0 : label(p)), LIST(p->slot[1]));
    return true;
}

static bool copy_connection(struct player *p, struct call *call)
{
    invoke(call, PLAY_CNODE, INV_CNodeCopy, LIST(play_empty(p), DEPTH, p->slot[1], DEPTH, 15), LIST(PLAY_CNODE));
    return true;
}

/* From memory of its own, which is taken back later. */
static bool make_own_memory(struct player *p, struct call *call) { return make(p, call, 4, TYPE_UNTYPED, 13); }

static bool make_own_connection(struct player *p, struct call *call)
{
    p->slot[1] = play_empty(p);
    invoke(call, p->slot[4], INV_UntypedRetype, LIST(TYPE_CONNECTION, 0, 0, 0, p->slot[1], 1), LIST(PLAY_CNODE));
    return true;
}

static bool take_back(struct player *p, struct call *call)
{
    invoke(call, PLAY_CNODE, INV_CNodeRevoke, LIST(p->slot[4], DEPTH), NONE);
    return true;
}

static bool provision(struct player *p, struct call *call)
{
    invoke(call, play_pick(p, HAS_REGISTRY), INV_sel4ish_RegistryProvision, NONE, LIST(p->slot[0]));
    return true;
}

static void ask(struct player *p, struct call *call, unsigned what, uint64_t base)
{
    invoke(call, play_pick(p, HAS_REGISTRY), what, LIST(KEY(label(p)), base, play_empty(p), DEPTH),
           LIST(PLAY_VSPACE, PLAY_CNODE, play_pick(p, HAS_NOTIFICATION)));
}

/* Mostly where nothing is mapped yet, though tables are. */
static uint64_t base(struct player *p, uint64_t usual)
{
    switch (below(p->chance, 6)) {
    case 0:
        return usual + 16;
    case 1:
        return 1ul << 47;
    case 2:
        return PLAY_ADDRESS;
    default:
        return usual;
    }
}

static bool ask_to_provide(struct player *p, struct call *call)
{
    ask(p, call, INV_sel4ish_RegistryRegister, base(p, PLAY_ADDRESS + 0x8000));
    return true;
}

static bool ask_to_use(struct player *p, struct call *call)
{
    ask(p, call, INV_sel4ish_RegistryRequest, base(p, PLAY_ADDRESS + 0x20000));
    return true;
}

static bool acknowledge(struct player *p, struct call *call)
{
    invoke(call, play_pick(p, HAS_PROVIDER), INV_sel4ish_ProviderAcknowledge, LIST(0), NONE);
    return true;
}

/* An acknowledgement that stops half way, and is not made again: a request then finds pages that are still to be cleared. */
static bool acknowledge_in_part(struct player *p, struct call *call)
{
    env_interrupt_soon();
    return acknowledge(p, call);
}

static bool ask_for_what_is_left(struct player *p, struct call *call)
{
    env_interrupt_soon();
    return ask_to_use(p, call);
}

static bool ask_about(struct player *p, struct call *call)
{
    invoke(call, play_pick(p, HAS_PROVIDER), INV_sel4ish_ProviderQuery, LIST(below(p->chance, 2)), NONE);
    return true;
}

static bool end_client(struct player *p, struct call *call)
{
    invoke(call, PLAY_CNODE, INV_CNodeDelete, LIST(play_pick(p, HAS_CLIENT), DEPTH), NONE);
    return call->word[0];
}

/* ---- tables down to a page, and a frame there */

static bool make_table(struct player *p, struct call *call) { return make(p, call, 0, TYPE_PAGE_TABLE, 0); }

static bool map_table(struct player *p, struct call *call)
{
    invoke(call, p->slot[0], INV_ARMPageTableMap, LIST(PLAY_ADDRESS + (one_in(p->chance, 4) ? 1ul << BIG : 0), 0), LIST(PLAY_VSPACE));
    return true;
}

static bool map_frame(struct player *p, struct call *call)
{
    invoke(call, play_pick(p, HAS_FRAME), INV_ARMPageMap, LIST(PLAY_ADDRESS + (below(p->chance, 4) << SMALL_PAGE), 3, 1),
           LIST(PLAY_VSPACE));
    return true;
}

/* ---- a large frame, maintained by offset and by address */

static bool make_large(struct player *p, struct call *call) { return make(p, call, 1, TYPE_FRAME_LARGE, 0); }

static bool map_large(struct player *p, struct call *call)
{
    invoke(call, p->slot[1], INV_ARMPageMap, LIST(PLAY_ADDRESS + (3ul << BIG), 3, below(p->chance, 2)), LIST(PLAY_VSPACE));
    return true;
}

static bool maintain_frame(struct player *p, struct call *call)
{
    invoke(call, p->slot[1], INV_ARMPageClean_Data + (unsigned)below(p->chance, 4), LIST(0, 1ul << (14 + below(p->chance, 4))), NONE);
    return true;
}

static bool maintain_space(struct player *p, struct call *call)
{
    const uint64_t at = PLAY_ADDRESS + (3ul << BIG);

    invoke(call, PLAY_VSPACE, INV_ARMVSpaceClean_Data + (unsigned)below(p->chance, 4),
           LIST(at, at + (one_in(p->chance, 6) ? 3ul << BIG : 1ul << (14 + below(p->chance, 4)))), NONE);
    return true;
}

/* ---- a pool of address-space numbers, and a space with one */

static bool make_page(struct player *p, struct call *call) { return make(p, call, 0, TYPE_UNTYPED, SMALL_PAGE); }
static bool make_space(struct player *p, struct call *call) { return make(p, call, 1, TYPE_VSPACE, 0); }

static bool make_pool(struct player *p, struct call *call)
{
    invoke(call, PLAY_ASID_CONTROL, INV_ARMASIDControlMakePool, LIST(play_empty(p), DEPTH), LIST(p->slot[0], PLAY_CNODE));
    if (one_in(p->chance, 3))
        call->word[1] = one_in(p->chance, 2) ? 65 : 3;
    return true;
}

static bool assign(struct player *p, struct call *call)
{
    invoke(call, play_pick(p, HAS_ASID_POOL), INV_ARMASIDPoolAssign, NONE, LIST(p->slot[1]));
    return true;
}

/* ---- a thread that holds the last capability to a CNode with something in it, and is given another */

static bool make_thread(struct player *p, struct call *call) { return make(p, call, 0, TYPE_TCB, 0); }
static bool make_cnode(struct player *p, struct call *call) { return make(p, call, 1, TYPE_CNODE, PLAY_INNER_BITS); }

static bool fill_cnode(struct player *p, struct call *call)
{
    invoke(call, p->slot[1], INV_CNodeCopy, LIST(below(p->chance, 4), PLAY_INNER_BITS, PLAY_UNTYPED - 1, DEPTH, 15),
           LIST(PLAY_CNODE));
    return true;
}

static bool give_cnode(struct player *p, struct call *call)
{
    invoke(call, p->slot[0], INV_TCBSetSpace, LIST(0, 0), LIST(0, p->slot[1], PLAY_VSPACE));
    return true;
}

static bool drop_cnode(struct player *p, struct call *call)
{
    invoke(call, PLAY_CNODE, INV_CNodeDelete, LIST(p->slot[1], DEPTH), NONE);
    return true;
}

static bool give_another(struct player *p, struct call *call)
{
    if (one_in(p->chance, 2))
        invoke(call, p->slot[0], INV_TCBSetSpace, LIST(0, 0), LIST(0, PLAY_CNODE, PLAY_VSPACE));
    else
        invoke(call, p->slot[0], INV_TCBConfigure, LIST(0, 0, 0), LIST(PLAY_CNODE, PLAY_VSPACE, 0));
    return true;
}

/* ---- a connection with as many frames as it takes */

static bool more_frames(struct player *p, struct call *call)
{
    enum { FRAMES = 64, FIRST = 1, REFUSED = 8 };
    const unsigned n = p->step - FIRST;

    if (n >= 2 * FRAMES + REFUSED)
        return false;
    return n % 2 ? make_data(p, call) : provide_data(p, call);
}

/* ---- a thread that waits loses its context, and others talk to it */

static bool take_context(struct player *p, struct call *call)
{
    invoke(call, PLAY_SC + below(p->chance, PLAYERS), INV_SchedContextUnbind, NONE, NONE);
    return true;
}

static bool talk(struct player *p, struct call *call)
{
    static const struct { int64_t number; enum row row; } ways[] = {
        { NUMBER_Call, ROW_Call }, { NUMBER_Send, ROW_Send }, { NUMBER_NBSend, ROW_NBSend },
    };
    const unsigned way = (unsigned)below(p->chance, sizeof ways / sizeof ways[0]);

    *call = (struct call){ .row = ways[way].row, .number = ways[way].number, .cap = play_pick(p, HAS_ENDPOINT), .length = 1 };
    return true;
}

/* ---- the memory of all comes back, in the midst of everything */

static bool reclaim(struct player *p, struct call *call)
{
    (void)p;
    invoke(call, PLAY_CNODE, INV_CNodeRevoke, LIST(PLAY_UNTYPED, DEPTH), NONE);
    return true;
}

#define DATA           make_data, provide_data
#define TABLES         make_table, map_table, make_table, map_table, make_table, map_table
#define CONVERSATION   ask_to_provide, ask_about, ask_to_use, end_client, acknowledge, ask_to_use, end_client, \
                       acknowledge_in_part, ask_for_what_is_left

static step_function *const recipes[][24] = {
    { NULL },
    { make_registry, TABLES },
    { make_interface, make_connection, make_code, configure, provide_code, DATA, DATA, provide_connection, provision,
      CONVERSATION },
    { make_interface, make_connection, make_code, configure, map_code, provide_code, DATA, DATA, copy_connection,
      provide_connection },
    { make_interface, make_own_memory, make_own_connection, make_code, configure, provide_code, DATA, DATA,
      provide_connection, provision, ask_to_provide, take_back, acknowledge, ask_about },
    { CONVERSATION },
    { make_interface, make_large_code, configure_large, provide_code },
    { TABLES, map_frame, map_frame },
    { make_large, map_large, maintain_frame, maintain_space, maintain_frame, maintain_space, maintain_space },
    { make_page, make_pool, make_space, assign },
    { make_thread, make_cnode, fill_cnode, fill_cnode, give_cnode, drop_cnode, give_another },
    { make_connection, more_frames },
    { take_context, talk, talk, take_context, talk, talk },
    { reclaim },
};
enum { RECIPES = sizeof recipes / sizeof recipes[0], STEPS = sizeof recipes[0] / sizeof recipes[0][0], 
       TALK_RECIPE = 5, LARGE_CODE_RECIPE = 6, LARGE_RECIPE = 8, FRAMES_RECIPE = RECIPES - 3 };

static void begin(struct player *p)
{
    p->recipe = (unsigned)below(p->chance, RECIPES);
    if (play_pick(p, HAS_PROVIDER) && one_in(p->chance, 2))
        p->recipe = TALK_RECIPE;
    if ((p->recipe == LARGE_CODE_RECIPE || p->recipe == LARGE_RECIPE) && !one_in(p->chance, 3))
        p->recipe = 0;      /* two of those, and the memory is gone */
    if (p->recipe == RECIPES - 1 && !one_in(p->chance, 12))
        p->recipe = 0;
    if (p->recipe == FRAMES_RECIPE && !one_in(p->chance, 6))
        p->recipe = 0;
    p->step = 0;
}

void recipe_reclaim(struct player *p)
{
    p->recipe = RECIPES - 1;
    p->step = 0;
}

bool recipe_next(struct player *p, struct call *call)
{
    if (!p->recipe && one_in(p->chance, BEGIN))
        begin(p);
    if (!p->recipe)
        return false;
    if (p->recipe != FRAMES_RECIPE && !one_in(p->chance, STEP))      /* others come in between, and so does the player itself */
        return false;

    const unsigned at = p->recipe == FRAMES_RECIPE && p->step ? 1 : p->step;
    step_function *const step = at < STEPS ? recipes[p->recipe][at] : NULL;

    p->step++;
    if (step && step(p, call))
        return true;
    p->recipe = 0;
    return false;
}
