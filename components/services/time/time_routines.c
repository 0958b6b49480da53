/* SPDX-License-Identifier: BSD-2-Clause
 * Time routine: the time from the machine's counter, without asking anybody. Sealed: runs in the client. */
#include <interfaces/time/time.h>

time_now_routine time_now;

static uint64_t counter(void)
{
    uint64_t count;

    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count)::"memory");
    return count;
}

/* Whole seconds apart from the rest, so that no product leaves 64 bits. */
uint64_t time_now(const struct time_base *base)
{
    uint64_t frequency = base->frequency;
    uint64_t count = counter() - base->origin;

    if (frequency == 0 || frequency >> 34)
        return 0;                   /* the provider broke its word: no division by what it says */
    return count / frequency * UINT64_C(1000000000) + count % frequency * UINT64_C(1000000000) / frequency;
}
