/* SPDX-License-Identifier: BSD-2-Clause
 * Recipes with interfaces: made, put on a registry's list, offered, asked for, left, and taken back. */
#include "recipe.h"

#include "names.h"

#include <stddef.h>

enum { KEY_ONE = 0x10001 };
#define KEY(label) ((uint64_t)(label) << 40 | KEY_ONE)

/* ---- an interface with one connection, offered and asked for */

static bool make_interface(struct player *p, struct call *call) { return recipe_retype(p, call, 0, TYPE_INTERFACE, 0); }
static bool make_connection(struct player *p, struct call *call) { return recipe_retype(p, call, 1, TYPE_CONNECTION, 0); }
static bool make_code(struct player *p, struct call *call) { return recipe_retype(p, call, 2, TYPE_FRAME_SMALL, 0); }
static bool make_data(struct player *p, struct call *call) { return recipe_retype(p, call, 3, TYPE_FRAME_SMALL, 0); }

static bool make_registry(struct player *p, struct call *call)
{
    return !play_pick(p, HAS_REGISTRY) && recipe_retype(p, call, 4, TYPE_REGISTRY, 0);
}

/* Two pages of data, one of code; or something that is wrong with them. */
static bool configure(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[0], INV_sel4ish_InterfaceConfigure,
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
    recipe_invoke(call, p->slot[0], INV_sel4ish_InterfaceConfigure,
                  LIST(KEY_ONE, 0, 0, SMALL_PAGE | 1 << 16, 1u << BIG, BIG | 3 << 8 | 1 << 16), NONE);
    return true;
}

static bool make_large_code(struct player *p, struct call *call) { return recipe_retype(p, call, 2, TYPE_FRAME_LARGE, 0); }

static bool map_code(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[2], INV_ARMPageMap, LIST(PLAY_ADDRESS + (below(p->chance, 4) << SMALL_PAGE), 3, 1),
                  LIST(PLAY_VSPACE));
    return true;
}

static bool provide_code(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[0], INV_sel4ish_InterfaceProvideCode, NONE, LIST(p->slot[2]));
    env_interrupt_soon();
    return true;
}

static bool provide_data(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[1], INV_sel4ish_ConnectionProvideFrame, NONE, LIST(p->slot[3]));
    return true;
}

static uint64_t label(struct player *p) { return one_in(p->chance, 4) ? 2 : 1; }

static bool provide_connection(struct player *p, struct call *call)
{
    recipe_invoke(call, p->slot[0], INV_sel4ish_InterfaceProvideConnection, LIST(one_in(p->chance, 8) ? 0 : label(p)),
                  LIST(p->slot[1]));
    return true;
}

static bool copy_connection(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_CNODE, INV_CNodeCopy, LIST(play_empty(p), DEPTH, p->slot[1], DEPTH, 15), LIST(PLAY_CNODE));
    return true;
}

/* From memory of its own, which is taken back later. */
static bool make_own_memory(struct player *p, struct call *call) { return recipe_retype(p, call, 4, TYPE_UNTYPED, 13); }

static bool make_own_connection(struct player *p, struct call *call)
{
    p->slot[1] = play_empty(p);
    recipe_invoke(call, p->slot[4], INV_UntypedRetype, LIST(TYPE_CONNECTION, 0, 0, 0, p->slot[1], 1), LIST(PLAY_CNODE));
    return true;
}

static bool take_back(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_CNODE, INV_CNodeRevoke, LIST(p->slot[4], DEPTH), NONE);
    return true;
}

static bool provision(struct player *p, struct call *call)
{
    recipe_invoke(call, play_pick(p, HAS_REGISTRY), INV_sel4ish_RegistryProvision, NONE, LIST(p->slot[0]));
    return true;
}

static void ask(struct player *p, struct call *call, unsigned what, uint64_t base)
{
    recipe_invoke(call, play_pick(p, HAS_REGISTRY), what, LIST(KEY(label(p)), base, play_empty(p), DEPTH),
                  LIST(PLAY_VSPACE, PLAY_CNODE, play_pick(p, HAS_NOTIFICATION)));
}

/* Where nothing is mapped yet, though tables are; or where something may be. */
static uint64_t base(struct player *p, uint64_t usual) { return one_in(p->chance, 8) ? PLAY_ADDRESS : usual; }

/* Where nothing can be. */
static uint64_t no_base(struct player *p) { return one_in(p->chance, 2) ? PLAY_ADDRESS + 16 : 1ul << 47; }

/* One call in a few is not what it should be, as few of these come at all. */
static bool slip(struct player *p, struct call *call)
{
    switch (below(p->chance, 30)) {
    case 0:
        call->cap = PLAY_NULL;
        break;
    case 1:
        call->cap = NOWHERE;
        break;
    case 2:
        call->length--;
        break;
    case 3:
        call->cap = PLAY_TCB;
        break;
    default:
        break;
    }
    return true;
}

static bool ask_to_provide(struct player *p, struct call *call)
{
    ask(p, call, INV_sel4ish_RegistryRegister, base(p, PLAY_ADDRESS + 0x8000));
    env_interrupt_soon();
    return true;
}

static bool ask_to_use(struct player *p, struct call *call)
{
    ask(p, call, INV_sel4ish_RegistryRequest, base(p, PLAY_ADDRESS + 0x20000));
    return true;
}

static bool ask_to_provide_nowhere(struct player *p, struct call *call)
{
    ask(p, call, INV_sel4ish_RegistryRegister, no_base(p));
    return true;
}

static bool ask_to_use_nowhere(struct player *p, struct call *call)
{
    ask(p, call, INV_sel4ish_RegistryRequest, no_base(p));
    return true;
}

static bool look_up(struct player *p, struct call *call)
{
    recipe_invoke(call, play_pick(p, HAS_REGISTRY), INV_sel4ish_RegistryQuery,
                  LIST(one_in(p->chance, 2) ? 0 : KEY(label(p))), NONE);
    return slip(p, call);
}

static bool acknowledge(struct player *p, struct call *call)
{
    recipe_invoke(call, play_pick(p, HAS_PROVIDER), INV_sel4ish_ProviderAcknowledge, LIST(0), NONE);
    if (one_in(p->chance, 2))
        env_interrupt_soon();
    return slip(p, call);
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
    recipe_invoke(call, play_pick(p, HAS_PROVIDER), INV_sel4ish_ProviderQuery, LIST(below(p->chance, 2)), NONE);
    return slip(p, call);
}

static bool end_client(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_CNODE, INV_CNodeDelete, LIST(play_pick(p, HAS_CLIENT), DEPTH), NONE);
    return call->word[0];
}

static bool end_provider(struct player *p, struct call *call)
{
    recipe_invoke(call, PLAY_CNODE, INV_CNodeDelete, LIST(play_pick(p, HAS_PROVIDER), DEPTH), NONE);
    return call->word[0];
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

/* ---- all of them */

#define DATA         make_data, provide_data
#define BEGINNING    make_interface, make_connection, make_code, configure, provide_code, DATA, DATA, provide_connection
#define CONNECTION   make_connection, DATA, DATA, provide_connection
#define CONVERSATION look_up, ask_to_provide_nowhere, ask_to_provide, ask_about, ask_to_use_nowhere, ask_to_use, end_client, \
                     acknowledge, ask_to_use, end_client, acknowledge_in_part, ask_for_what_is_left

const struct recipe interface_recipes[INTERFACE_RECIPES] = {
    [RECIPE_REGISTRY] = { 8, false, { make_registry, TABLES } },
    [RECIPE_TALK] = { 10, false, { CONVERSATION, end_provider, ask_to_provide, end_provider, ask_to_provide } },
    { 2, false, { BEGINNING, provision, CONVERSATION } },
    { 11, false, { BEGINNING, CONNECTION, provision, CONVERSATION, end_provider, ask_to_provide } },
    { 8, false, { make_interface, make_connection, make_code, configure, map_code, provide_code, DATA, DATA, copy_connection,
                  provide_connection } },
    { 10, false, { make_interface, make_own_memory, make_own_connection, make_code, configure, provide_code, DATA, DATA,
                   provide_connection, provision, ask_to_provide, take_back, acknowledge, ask_about } },
    { 4, false, { make_interface, make_large_code, configure_large, provide_code } },
    { 1, true, { make_connection, more_frames } },
};
