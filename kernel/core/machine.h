/* SPDX-License-Identifier: BSD-2-Clause
 * Machine: what the processor has of the thread that runs, beside its registers: address space, vector registers, and
 * what few threads want. */
#pragma once

#include "../arch/arch.h"
#include "cpu.h"
#include "fpu.h"
#include "vspace.h"

void machine_enter(struct cpu *cpu, struct thread *t);              /* make it t's; null: nobody's */
/* The same; returns t. */
__attribute__((returns_nonnull)) struct thread *machine_entered(struct cpu *cpu, struct thread *t);

/* t, not null, runs from now on. Returns it. What is not inline is called last: the path to here keeps no registers for it. */
static inline struct thread *machine_switch(struct cpu *cpu, struct thread *t)
{
    const bool owner = t == cpu->fpu_owner;

    cpu->current = t;
    t->counters.switches++;
    if (!vspace_known(cpu, t) || t->flags & THREAD_FLAGS_MACHINE || cpu->machine_flags)
        return machine_entered(cpu, t);
    arch_vspace_enter(t->space.root, t->space.asid);
    if (t->fpu_ahead && !owner)
        return fpu_entered(cpu, t);
    if (owner != cpu->fpu_enabled)
        fpu_allow(cpu, owner);
    return t;
}
