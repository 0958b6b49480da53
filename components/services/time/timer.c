/* SPDX-License-Identifier: BSD-2-Clause
 * Timer: see timer.h. */
#include "timer.h"

enum { CONTROL_ENABLE = 1 };

uint64_t timer_count(void)
{
    uint64_t count;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count)::"memory");
    return count;
}

uint64_t timer_frequency(void)
{
    uint64_t frequency;

    __asm__ volatile("mrs %0, cntfrq_el0" : "=r"(frequency));
    return frequency;
}

static void control(uint64_t value)
{
    __asm__ volatile("msr cntp_ctl_el0, %0\n\tisb" ::"r"(value) : "memory");
}

void timer_interrupt_at(uint64_t count)
{
    uint64_t now, physical;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0\n\tmrs %1, cntpct_el0" : "=r"(now), "=r"(physical)::"memory");
    __asm__ volatile("msr cntp_cval_el0, %0" ::"r"(count > now ? physical + (count - now) : physical));
    control(CONTROL_ENABLE);
}

void timer_stop(void)
{
    control(0);
}
