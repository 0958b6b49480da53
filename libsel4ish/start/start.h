/* SPDX-License-Identifier: BSD-2-Clause
 * Start: what both kinds of program do before main. */
#pragma once

#include <stdint.h>

int main(int argc, char **argv);    /* a program's own main may have no parameters */

extern void (*const __init_array_start[])(void);
extern void (*const __init_array_end[])(void);

static inline void thread_pointer_set(uintptr_t tls)
{
    __asm__ volatile("msr tpidr_el0, %0" ::"r"(tls) : "memory");
}

static inline void constructors_run(void)
{
    for (void (*const *run)(void) = __init_array_start; run != __init_array_end; run++)
        (*run)();
}
