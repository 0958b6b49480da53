/* SPDX-License-Identifier: BSD-2-Clause
 * Release queue: scheduling contexts that wait for their first refill, an AVL tree ordered by its time. Inserting and
 * removing take a number of steps bounded by the tree's height (at most 1.44 log2 of how many wait), without recursion. One
 * that is earlier than all others when it comes stands apart from the tree: the earliest comes and goes most often.
 *
 * Invariant: left's times <= own time <= right's times (equal: first come to the left); heights of siblings differ by at
 * most 1; cpu->release_first is the earliest: the one that stands apart (its height is 0), or the leftmost. */
#pragma once

#include "../object/sched_context.h"

struct cpu;

void release_insert(struct cpu *cpu, struct sched_context *sc);     /* by its first refill's time; not in it before */
void release_remove(struct cpu *cpu, struct sched_context *sc);     /* nothing if it is not in it */
