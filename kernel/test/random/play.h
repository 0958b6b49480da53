/* SPDX-License-Identifier: BSD-2-Clause
 * Play: the small world in which threads make random calls. All that they reach lies in one CNode, whose first slots are
 * never emptied, and in a few addresses; whoever made it, and mends it, is out of their reach.
 *
 * The same code runs on the host and in a root task; env_... is what differs. */
#pragma once

#include "call.h"
#include "chance.h"

enum {                          /* slots of the CNode that the players have as their CSpace */
    PLAY_NULL, PLAY_CNODE, PLAY_VSPACE, PLAY_UNTYPED, PLAY_SCHED_CONTROL, PLAY_ASID_CONTROL, PLAY_ASID_POOL,
    PLAY_IRQ_CONTROL, PLAY_DOMAIN, PLAY_BELL, PLAY_DEVICE, PLAY_TCB, PLAYERS = 4, PLAY_SC = PLAY_TCB + PLAYERS,
    PLAY_FREE = PLAY_SC + PLAYERS, PLAY_BITS = 6, PLAY_SLOTS = 1 << PLAY_BITS,
    PLAY_INNER_BITS = 2,        /* of the CNodes that players make */
};
#define PLAY_BUFFERS  0x5000000000ul        /* players' IPC buffers, a page each */
#define PLAY_ADDRESS  0x10000000000ul       /* where they map */

/* ---- what the place gives */

enum env_slot { ENV_TCB, ENV_CNODE, ENV_VSPACE, ENV_IRQ_CONTROL, ENV_ASID_CONTROL, ENV_ASID_POOL, ENV_SCHED_CONTROL,
                ENV_DOMAIN,
                ENV_UNTYPED, ENV_DEVICE };
uint64_t env_slot(enum env_slot which);     /* of the maker's own CSpace */
uint64_t env_slot_new(void);
/* A call by the maker; the error. Those of play.c must not fail, and say so by env_fail. */
uint64_t env_invoke(uint64_t cap, unsigned label, unsigned length, const uint64_t *words, unsigned caps,
                    const uint64_t *capv);
void env_fail(const char *what);
uint64_t env_line(void);                    /* first of eight interrupts that nobody else needs */
bool env_is_machine(void);                  /* do players run what their registers say, and do people read what is printed? */
void env_interrupt_soon(void);              /* at the first preemption point of the next call, where that can be had */
/* Type of the capability in a slot of the play's CNode (a number of capabilities.def). */
unsigned env_type(uint64_t slot);

/* ---- the world */

struct play {
    uint64_t cnode, tcb[PLAYERS], sc[PLAYERS], buffer[PLAYERS], handler[PLAYERS];     /* the maker's slots */
    uint64_t untyped, supply, bell, faults, reply;
    uint8_t type[PLAY_SLOTS];               /* what players believe to be where */
};

void play_make(struct play *play);
void play_mend(struct play *play, unsigned player);     /* whoever lost a space, a context or a buffer gets it back */
void play_mend_time(struct play *play);                 /* it is their domain's turn, and stays so */
void play_supply(struct play *play);                    /* there is something to talk by */
void play_reclaim(struct play *play);                   /* all that players made goes, and its memory comes back */
void play_look(struct play *play, uint64_t slot);       /* believe what is there */

/* ---- one player */

struct recipe;
enum { RECIPE_SLOTS = 5 };
struct player {
    struct play *play;
    struct chance *chance;
    unsigned self;
    const struct recipe *recipe;            /* a longer plan; null: none */
    unsigned step;                          /* how far it is */
    uint64_t slot[RECIPE_SLOTS];            /* what it is made of */
};

void player_choose(struct player *p, struct call *call);
void player_looks(struct player *p, const struct call *call, enum outcome_index outcome);    /* at what the call named */
/* recipe.c: the next call of the player's plan. False: there is none (any more). */
bool recipe_next(struct player *p, struct call *call);
void recipe_reclaim(struct player *p);
uint64_t play_pick(struct player *p, unsigned type);            /* a slot with that; 0: none */
uint64_t play_empty(struct player *p);                         /* a slot without; a full one, if there is none */
void call_invoke(struct call *call, uint64_t cap, unsigned label);
