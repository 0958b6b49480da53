/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduling control: the right to say how much of one processor a context may use. It has no state. */
#pragma once

#include "../core/types.h"

/* Smallest budget that can be asked for, and smallest piece of one that is worth switching to. */
enum { MIN_BUDGET_US = 20 };
#define MAX_PERIOD_US ((word_t)1 << 44)

ticks_t sched_min_budget(void);     /* in ticks */
