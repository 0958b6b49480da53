/* SPDX-License-Identifier: BSD-2-Clause
 * Machine: what the processor has of the thread that runs, beside its registers: address space, vector registers, and
 * what few threads want. */
#pragma once

#include "../arch/arch.h"
#include "cpu.h"
#include "fpu.h"

void machine_enter(struct cpu *cpu, struct thread *t);              /* make it t's; null: nobody's */
struct thread *machine_entered(struct cpu *cpu, struct thread *t);  /* the same; returns t */

/* Is t's address space what it was when t ran last? */
static inline bool machine_knows_space(const struct cpu *cpu, const struct thread *t)
{
    return t->space.seen == cpu->spaces_ended && t->slots[SLOT_VSPACE].slot.cap.type == CAP_VSPACE;
}

/* t, not null, runs from now on. Returns it. */
static inline struct thread *machine_switch(struct cpu *cpu, struct thread *t)
{
    const bool owner = t == cpu->fpu_owner;

    cpu->current = t;
    t->counters.switches++;
    if (!machine_knows_space(cpu, t) || (t->fpu_ahead && !owner) || t->flags & THREAD_FLAGS_MACHINE || cpu->machine_flags)
        return machine_entered(cpu, t);
    arch_vspace_enter(t->space.root, t->space.asid);
    if (owner != cpu->fpu_enabled)
        fpu_allow(cpu, owner);
    return t;
}
