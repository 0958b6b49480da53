/* SPDX-License-Identifier: BSD-2-Clause
 * Which recipe a player follows: see recipe.h. */
#include "recipe.h"

#include "names.h"

#include <stddef.h>

enum { BEGIN = 10, STEP = 2, LIKELY = 2 };

void recipe_invoke(struct call *call, uint64_t cap, unsigned label, unsigned length, const uint64_t *words, unsigned caps,
                   const uint64_t *capv)
{
    call_invoke(call, cap, label);
    for (; call->length < length; call->length++)
        call->word[call->length] = words[call->length];
    for (; call->caps < caps; call->caps++)
        call->capv[call->caps] = capv[call->caps];
}

bool recipe_retype(struct player *p, struct call *call, unsigned n, unsigned type, uint64_t bits)
{
    p->slot[n] = play_empty(p);
    recipe_invoke(call, PLAY_UNTYPED, INV_UntypedRetype, LIST(type, bits, 0, 0, p->slot[n], 1), LIST(PLAY_CNODE));
    return p->slot[n] != PLAY_CNODE;
}

/* By weight; null: none. */
static const struct recipe *any_recipe(struct player *p)
{
    uint64_t n = below(p->chance, RECIPE_WEIGHTS);

    for (unsigned i = 0; i < INTERFACE_RECIPES + OBJECT_RECIPES; i++) {
        const struct recipe *const r = i < INTERFACE_RECIPES ? &interface_recipes[i] : &object_recipes[i - INTERFACE_RECIPES];

        if (n < r->weight)
            return r;
        n -= r->weight;
    }
    return NULL;
}

/* What others wait for comes first. */
static const struct recipe *likely_recipe(struct player *p)
{
    if (!play_pick(p, HAS_REGISTRY))
        return &interface_recipes[RECIPE_REGISTRY];
    return play_pick(p, HAS_PROVIDER) ? &interface_recipes[RECIPE_TALK] : any_recipe(p);
}

static void begin(struct player *p)
{
    p->step = 0;
    p->recipe = one_in(p->chance, LIKELY) ? likely_recipe(p) : any_recipe(p);
}

void recipe_reclaim(struct player *p)
{
    p->recipe = &object_recipes[RECIPE_RECLAIM];
    p->step = 0;
}

static step_function *next_step(struct player *p)
{
    const unsigned at = p->recipe->repeats && p->step ? 1 : p->step;

    p->step++;
    return at < RECIPE_STEPS ? p->recipe->steps[at] : NULL;
}

bool recipe_next(struct player *p, struct call *call)
{
    if (!p->recipe && one_in(p->chance, BEGIN))
        begin(p);
    if (!p->recipe)
        return false;
    if (!p->recipe->repeats && !one_in(p->chance, STEP))    /* others come in between, and so does the player itself */
        return false;

    step_function *const step = next_step(p);

    if (step && step(p, call))
        return true;
    p->recipe = NULL;
    return false;
}
