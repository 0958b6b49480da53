/* SPDX-License-Identifier: BSD-2-Clause
 * Seat: a player's thread, what it is doing, and what it has counted. Written by the player; read, and put back when the
 * player is stuck, by the maker. */
#pragma once

#include "play.h"
#include "witness.h"

enum { STACK_BYTES = 16384, CHECK_EVERY = 64, RING_EVERY = 200,
       FLAG_TIMER = 2 /* of a thread that may use the physical timer */ };

struct registers { uint64_t x[9]; };

struct seat {
    struct player player;
    struct chance chance;
    struct call call;
    struct table table;
    enum row event;                 /* what is being done beside calls; ROW_NONE: nothing */
    bool making;                    /* the call was begun, and has not come back */
    bool soon;                      /* an interrupt is to come while the next call is made */
    struct counters before;         /* read before the call; not known: they were not */
    uint64_t done;                  /* calls */
    uint64_t seen;                  /* `done` when the maker looked last */
    unsigned stuck;                 /* looks since then */
    uint8_t stack[STACK_BYTES] __attribute__((aligned(16)));
};

extern struct seat seats[PLAYERS];
extern struct play play;

void seat_main(struct seat *seat);          /* of a player's thread, from its first instruction on; never returns */
void seat_count(struct seat *seat, enum row row, enum outcome_index outcome);
struct seat *seat_here(void);               /* whose stack this is; null: the maker's */

/* player.S */
void player_syscall(struct registers *r);
extern const char player_svc[];             /* where it enters the kernel */
void player_undefined(void);
void player_vector(void);
void player_timer(uint64_t ticks);          /* faults unless the thread was given it */
void player_timer_off(void);
void idler_entry(void);
