/* SPDX-License-Identifier: BSD-2-Clause
 * Vector registers: see fpu.h. */
#include "fpu.h"

#include "fault.h"
#include "sched.h"

enum { FPU_AHEAD = 250 };   /* so often a thread that used them gets them without being asked again whether it does */

static void take(struct cpu *cpu, struct thread *t)
{
    if (!cpu->fpu_enabled)
        fpu_allow(cpu, true);
    if (cpu->fpu_owner)
        arch_fpu_save(&cpu->fpu_owner->fpu);
    arch_fpu_load(&t->fpu);
    cpu->fpu_owner = t;
}

void fpu_enter(struct cpu *cpu, struct thread *t)
{
    const bool owner = t && t == cpu->fpu_owner;

    if (t && !owner && t->fpu_ahead) {
        t->fpu_ahead--;
        take(cpu, t);
    } else if (owner != cpu->fpu_enabled) {
        fpu_allow(cpu, owner);
    }
}

__attribute__((noinline)) struct thread *fpu_entered(struct cpu *cpu, struct thread *t)
{
    fpu_enter(cpu, t);
    return t;
}

void fpu_drop(struct thread *t)
{
    struct cpu *cpu = this_cpu();

    if (cpu->fpu_owner != t)
        return;
    cpu->fpu_owner = NULL;
    fpu_allow(cpu, false);
}

void fpu_store(struct thread *t)
{
    struct cpu *cpu = this_cpu();

    t->fpu_ahead = 0;
    if (cpu->fpu_owner != t)
        return;
    fpu_allow(cpu, true);
    arch_fpu_save(&t->fpu);
    fpu_drop(t);
}

struct thread *kernel_fpu_trap(word_t number)
{
    struct cpu *cpu = this_cpu();
    struct thread *t = cpu->current;

    if (t->flags & THREAD_FLAG_FPU_DISABLED) {
        fault_raise(t, FAULT_USER_EXCEPTION, number, 0, 0);
        return sched_next();
    }
    t->fpu_ahead = FPU_AHEAD;
    take(cpu, t);       /* they are switched off for nobody whose they are */
    return sched_next();
}
