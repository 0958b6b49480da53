/* SPDX-License-Identifier: BSD-2-Clause
 * Domains: threads of one domain run at a time, each domain for a fixed while, in the order of a schedule that whoever
 * holds the domain capability writes. Who runs in the domain whose turn it is decides the scheduler.
 *
 * Invariants: an entry without a duration is the end of the schedule; the entry that the schedule starts with has one;
 * cpu->domain is that of the entry whose turn it is when that began. */
#pragma once

#include "cpu.h"

#define DOMAIN_MAX_DURATION (UINT64_MAX >> 8)   /* ticks: never, and no sum of it and a time wraps */

struct domain_turn { ticks_t duration; uint8_t domain; };

void domain_init(struct cpu *cpu);                      /* at boot: domain 0, for ever */
void domain_turn(struct cpu *cpu, ticks_t now);         /* the time of the one whose turn it is has come to its end */
/* The entry counts from the next time that its turn comes. */
void domain_configure(word_t index, struct domain_turn turn);
bool domain_is_end(word_t index);
word_t domain_start(void);
void domain_set_start(struct cpu *cpu, word_t index);   /* that entry's turn begins now */
