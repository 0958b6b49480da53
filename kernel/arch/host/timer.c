/* SPDX-License-Identifier: BSD-2-Clause
 * Time: a counter that only tests move, and one deadline. */
#include "internal.h"

enum { TICKS_PER_US = 10, START = 1000 };

static ticks_t now, deadline;
static bool everybodys;         /* may user mode touch the physical timer */

void host_timer_reset(void)
{
    now = START;
    deadline = UINT64_MAX;
    everybodys = true;          /* whatever ran before */
}

bool host_timer_due(void) { return now >= deadline; }
ticks_t host_deadline(void) { return deadline; }
bool host_timer_usable(void) { return everybodys; }
void host_time_move(ticks_t ticks) { now += ticks; }

ticks_t arch_time(void) { return now; }
void arch_timer_set(ticks_t at) { deadline = at; }
void arch_timer_user(bool allowed) { everybodys = allowed; }

ticks_t arch_us_to_ticks(word_t us)
{
    return us > UINT64_MAX / TICKS_PER_US ? UINT64_MAX : us * TICKS_PER_US;
}

word_t arch_ticks_to_us(ticks_t ticks) { return ticks / TICKS_PER_US; }
