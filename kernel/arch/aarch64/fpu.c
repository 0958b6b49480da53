/* SPDX-License-Identifier: BSD-2-Clause
 * Who may use the vector registers. */
#include "../arch.h"

#include "registers.h"

void arch_fpu_enable(bool enabled)
{
    /* No barrier: the next eret is one, and the kernel's own access stays. */
    __asm__ volatile("msr cpacr_el1, %0" ::"r"(enabled ? CPACR_ALL : CPACR_KERNEL_ONLY));
}
