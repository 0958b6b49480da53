/* SPDX-License-Identifier: BSD-2-Clause
 * Recipe: a plan of several calls, for what chance alone would hardly ever come to. Each step makes one call of what the
 * player finds at that moment, so that others may be in the way. A step that gives nothing ends the plan. */
#pragma once

#include "play.h"

enum { RECIPE_STEPS = 36, DEPTH = 64, SMALL_PAGE = 12, BIG = 21, NOWHERE = 1 << 20 /* an address in no CSpace */ };

typedef bool step_function(struct player *p, struct call *call);

struct recipe {
    unsigned weight;            /* of RECIPE_WEIGHTS, in all */
    bool repeats;               /* the second step, without others in between, until it gives nothing */
    step_function *steps[RECIPE_STEPS];
};
enum { RECIPE_WEIGHTS = 104 };

enum { RECIPE_REGISTRY, RECIPE_TALK, INTERFACE_RECIPES = 8 };       /* recipe_interface.c */
enum { RECIPE_RECLAIM, OBJECT_RECIPES = 9 };                        /* recipe_object.c */
extern const struct recipe interface_recipes[INTERFACE_RECIPES], object_recipes[OBJECT_RECIPES];

/* ---- what steps are made of */

#define LIST(...) sizeof((uint64_t[]){ __VA_ARGS__ }) / sizeof(uint64_t), (const uint64_t[]){ __VA_ARGS__ }
#define NONE 0, (const uint64_t *)0

void recipe_invoke(struct call *call, uint64_t cap, unsigned label, unsigned length, const uint64_t *words, unsigned caps,
                   const uint64_t *capv);
/* Retype into the plan's n-th slot, which is chosen now. False: there is no place. */
bool recipe_retype(struct player *p, struct call *call, unsigned n, unsigned type, uint64_t bits);
/* A page table, mapped where players map: three of them lead to a page. Both files' plans need them. */
bool recipe_make_table(struct player *p, struct call *call);
bool recipe_map_table(struct player *p, struct call *call);
#define TABLES                                                                                                            \
    recipe_make_table, recipe_map_table, recipe_make_table, recipe_map_table, recipe_make_table, recipe_map_table
