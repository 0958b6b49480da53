/* SPDX-License-Identifier: BSD-2-Clause
 * Rows: giving way, and the timer's interrupt when a context's time has come. */
#include "bench.h"
#include "peer.h"
#include "world.h"

enum { BUDGET_US = 100, PERIOD_US = 1000 };
#define FAR_US 1800000000ul         /* longer than the benchmark takes */

static void yield(seL4_Word took[REPETITIONS])
{
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        seL4_Yield();
        took[i] = cycles() - start;
    }
}

static volatile seL4_Word woken;    /* when the periodic thread ran; null: not yet */

static void periodic(void)
{
    for (;;) {
        woken = cycles();
        seL4_Yield();               /* until the next period */
    }
}

/* Counts until `woken` is set: the last count before that happened. The timer fires at a multiple of 16 counts, so the loop
 * of 4 instructions begins at the same remainder each time: it is always interrupted at the same place. */
static seL4_Word last_count_before_woken(void)
{
    seL4_Word count, place, other;

    __asm__ volatile("mrs   %[count], pmccntr_el0\n\t"
                     "and   %[count], %[count], #15\n\t"
                     "adr   %[place], 1f\n\t"
                     "add   %[place], %[place], %[count], lsl #2\n\t"
                     "br    %[place]\n"
                     "1:\n\t"
                     ".rept 16\n\t"
                     "nop\n\t"
                     ".endr\n"
                     "2:\n\t"
                     "mov   %[count], %[place]\n\t"
                     "mrs   %[place], pmccntr_el0\n\t"
                     "ldr   %[other], %[woken]\n\t"
                     "cbz   %[other], 2b"
                     : [count] "=&r"(count), [place] "=&r"(place), [other] "=&r"(other)
                     : [woken] "m"(woken)
                     : "memory");
    return count;
}

static void expiry(unsigned others, seL4_Word took[REPETITIONS])
{
    struct peer_kind kind = { .vspace = other_space(), .priority = PRIORITY_HIGH };

    for (unsigned i = 0; i < others; i++) {
        kind.sc = context_make(BUDGET_US, FAR_US);
        waiter_start(kind, (seL4_Word)seL4_SysYield, seL4_CapNull);
    }
    kind.sc = context_make(BUDGET_US, PERIOD_US);
    peer_start(periodic, kind);
    for (unsigned i = 0; i < REPETITIONS; i++) {
        woken = 0;
        const seL4_Word count = last_count_before_woken();

        took[i] = woken - count;
    }
}

static void expiry_of_1(seL4_Word took[REPETITIONS]) { expiry(0, took); }
static void expiry_of_500(seL4_Word took[REPETITIONS]) { expiry(499, took); }

const struct row scheduling_rows[] = {
    { "yield", yield },
    { "expiry_of_1", expiry_of_1 },
    { "expiry_of_500", expiry_of_500 },
    { 0 },
};
