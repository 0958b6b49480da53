/* SPDX-License-Identifier: BSD-2-Clause
 * Row: from reset until the root task runs. The virtual counter has counted since then, and counts instructions, in
 * ticks of some; the program's own start-up until main, which is short, is in the figure. */
#include "bench.h"

#define NANOSECONDS 1000000000ul    /* of a second, each of which is an instruction */

static seL4_Word booted;

void boot_note(void)
{
    seL4_Word ticks, hertz;

    __asm__ volatile("mrs %0, cntvct_el0\n\tmrs %1, cntfrq_el0" : "=r"(ticks), "=r"(hertz));
    booted = ticks * (NANOSECONDS / hertz);
}

static void boot(seL4_Word took[REPETITIONS])
{
    for (unsigned i = 0; i < REPETITIONS; i++)
        took[i] = booted;
}

const struct row boot_rows[] = {
    { "boot", boot },
    { 0 },
};
