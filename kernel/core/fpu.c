/* SPDX-License-Identifier: BSD-2-Clause
 * Vector registers: see fpu.h. */
#include "fpu.h"

#include "../arch/arch.h"
#include "fault.h"
#include "sched.h"

static void enable(struct cpu *cpu, bool enabled)
{
    if (cpu->fpu_enabled == enabled)
        return;
    cpu->fpu_enabled = enabled;
    arch_fpu_enable(enabled);
}

void fpu_enter(struct cpu *cpu, const struct thread *t)
{
    enable(cpu, t && t == cpu->fpu_owner);
}

void fpu_drop(struct thread *t)
{
    struct cpu *cpu = this_cpu();

    if (cpu->fpu_owner != t)
        return;
    cpu->fpu_owner = NULL;
    enable(cpu, false);
}

void fpu_store(struct thread *t)
{
    struct cpu *cpu = this_cpu();

    if (cpu->fpu_owner != t)
        return;
    enable(cpu, true);
    arch_fpu_save(&t->fpu);
    fpu_drop(t);
}

struct thread *kernel_fpu_trap(const struct fault *refused)
{
    struct cpu *cpu = this_cpu();
    struct thread *t = cpu->current;

    if (t->flags & THREAD_FLAG_FPU_DISABLED) {
        fault_raise(t, refused);
        return sched_next();
    }
    if (cpu->fpu_owner != t) {
        enable(cpu, true);
        if (cpu->fpu_owner)
            arch_fpu_save(&cpu->fpu_owner->fpu);
        arch_fpu_load(&t->fpu);
        cpu->fpu_owner = t;
    }
    enable(cpu, true);
    return sched_next();
}
