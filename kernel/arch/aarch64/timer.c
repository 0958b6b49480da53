/* SPDX-License-Identifier: BSD-2-Clause
 * The generic timer: the virtual one is the kernel's; its counter everybody may read; the physical one belongs to the
 * threads that arch_timer_user allows. */
#include "port.h"

#include "platform.h"

enum { CNTKCTL_PHYSICAL_COUNTER = 0x1, CNTKCTL_VIRTUAL_COUNTER = 0x2, CNTKCTL_PHYSICAL_TIMER = 0x200 };
enum { TIMER_OFF = 0, TIMER_ON = 1 };
#define MICROSECONDS 1000000ul

static word_t frequency(void)
{
    word_t hertz;

    __asm__("mrs %0, cntfrq_el0" : "=r"(hertz));
    return hertz;
}

BOOT void arch_timer_init(void)
{
    __asm__ volatile("msr cntp_ctl_el0, xzr\n\tmsr cntv_ctl_el0, xzr");
    arch_timer_user(false);
    arch_irq_mask(PLATFORM_kernel_timer, false);
}

void arch_timer_user(bool allowed)
{
    const word_t physical = allowed ? CNTKCTL_PHYSICAL_COUNTER | CNTKCTL_PHYSICAL_TIMER : 0;

    __asm__ volatile("msr cntkctl_el1, %0" ::"r"(CNTKCTL_VIRTUAL_COUNTER | physical));
}

irq_t arch_irq_timer(void)
{
    return PLATFORM_kernel_timer;
}

ticks_t arch_time(void)
{
    ticks_t now;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(now)::"memory");
    return now;
}

void arch_timer_set(ticks_t deadline)
{
    const word_t control = deadline == UINT64_MAX ? TIMER_OFF : TIMER_ON;

    /* No barrier: it need not fire before the return to user mode, which is one. */
    __asm__ volatile("msr cntv_cval_el0, %0\n\tmsr cntv_ctl_el0, %1" ::"r"(deadline), "r"(control) : "memory");
}

/* Whole seconds apart, so that no product overflows; what no counter will reach is UINT64_MAX. */
ticks_t arch_us_to_ticks(word_t us)
{
    const word_t hertz = frequency(), seconds = us / MICROSECONDS;

    if (seconds > UINT64_MAX / hertz - 1)
        return UINT64_MAX;
    return seconds * hertz + us % MICROSECONDS * hertz / MICROSECONDS;
}

word_t arch_ticks_to_us(ticks_t ticks)
{
    const word_t hertz = frequency(), seconds = ticks / hertz;

    if (seconds > UINT64_MAX / MICROSECONDS - 1)
        return UINT64_MAX;
    return seconds * MICROSECONDS + ticks % hertz * MICROSECONDS / hertz;
}
