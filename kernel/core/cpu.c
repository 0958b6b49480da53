/* SPDX-License-Identifier: BSD-2-Clause
 * The processors' states: the kernel's own mutable memory. */
#include "cpu.h"

#include "../arch/arch.h"
#include "../object/sched_control.h"
#include "domain.h"

struct cpu cpus[ARCH_CPUS] __attribute__((aligned(64)));

BOOT void cpu_init(void)
{
    struct cpu *cpu = this_cpu();

    arch_zero(cpu, sizeof *cpu);
    cpu->spaces_ended = 1;
    cpu->min_budget = sched_min_budget();
    domain_init(cpu);
    arch_fpu_enable(false);
    arch_timer_user(false);
}
