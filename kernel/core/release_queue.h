/* SPDX-License-Identifier: BSD-2-Clause
 * Release queue: scheduling contexts that wait for their first refill, a leftist heap by its time: the earliest is at the
 * top. Inserting and removing take a number of steps bounded by twice log2 of how many wait, without recursion; one that is
 * earlier than all others comes and goes in a fixed number: the earliest comes and goes most often.
 *
 * Invariant: nobody's time is before its parent's (equal: nor did it come first); rank is one more than the right side's (none:
 * 0), which is at most the left side's, so that a way that only goes right is short: a rank of r has 2^r - 1 contexts. */
#pragma once

#include "../object/sched_context.h"

struct cpu;

void release_insert(struct cpu *cpu, struct sched_context *sc);     /* by its first refill's time; not in it before */
void release_remove(struct cpu *cpu, struct sched_context *sc);     /* nothing if it is not in it */
