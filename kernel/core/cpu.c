/* SPDX-License-Identifier: BSD-2-Clause
 * The processors' states: the kernel's own mutable memory. */
#include "cpu.h"

#include "../arch/arch.h"
#include "../object/sched_control.h"

struct cpu cpus[ARCH_CPUS];

void cpu_init(void)
{
    struct cpu *cpu = this_cpu();

    *cpu = (struct cpu){ .min_budget = sched_min_budget() };
    arch_fpu_enable(false);
    arch_timer_user(false);
}
