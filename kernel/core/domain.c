/* SPDX-License-Identifier: BSD-2-Clause
 * Domains: see domain.h. */
#include "domain.h"

#include "../arch/arch.h"
#include "refill.h"
#include "sched.h"

enum { GROUPS = PRIORITIES / 64 };      /* words of ready_bits that are one domain's */

/* Mutable and global, because there is one schedule for all processors: under the kernel's lock. */
static struct { struct domain_turn turn[DOMAIN_SCHEDULE]; word_t start, current; } schedule;

static void begin(struct cpu *cpu, word_t index, ticks_t now)
{
    const struct domain_turn *turn = &schedule.turn[index];

    schedule.current = index;
    cpu->domain = turn->domain;
    cpu->domain_groups = (((uint64_t)1 << GROUPS) - 1) << turn->domain * GROUPS;
    cpu->domain_end = turn->duration < DOMAIN_MAX_DURATION ? time_add(now, turn->duration) : TIME_NEVER;
    cpu->timer_stale = true;
}

BOOT void domain_init(struct cpu *cpu)
{
    for (word_t i = 0; i < DOMAIN_SCHEDULE; i++)
        schedule.turn[i] = (struct domain_turn){ 0 };
    schedule.turn[0].duration = DOMAIN_MAX_DURATION;
    schedule.start = 0;
    begin(cpu, 0, 0);
}

/* The thread that runs stops doing so if it is of another domain: it is the first of its own when that is on again. */
static void switch_to(struct cpu *cpu, word_t index, ticks_t now)
{
    struct thread *const t = cpu->current;

    begin(cpu, index, now);
    if (t && t->domain != cpu->domain)
        ready_prepend(cpu, t);
    cpu->reschedule = true;
}

void domain_turn(struct cpu *cpu, ticks_t now)
{
    const word_t next = schedule.current + 1;

    switch_to(cpu, next < DOMAIN_SCHEDULE && !domain_is_end(next) ? next : schedule.start, now);
}

void domain_configure(word_t index, struct domain_turn turn)
{
    schedule.turn[index] = turn;
}

bool domain_is_end(word_t index) { return !schedule.turn[index].duration; }
word_t domain_start(void) { return schedule.start; }

void domain_set_start(struct cpu *cpu, word_t index)
{
    schedule.start = index;
    switch_to(cpu, index, arch_time());
}
