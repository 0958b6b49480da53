/* SPDX-License-Identifier: BSD-2-Clause
 * Vector registers: loaded when a thread uses them, which traps; and from then on for a while with the thread, because who
 * uses them does so again, and two threads that call each other would trap each time.
 * Invariant: while cpu->fpu_enabled, the machine holds the current thread's; fpu_owner's are in the machine and not in
 * its thread, everybody else's the other way round. */
#pragma once

#include "../arch/arch.h"
#include "cpu.h"

void fpu_enter(struct cpu *cpu, struct thread *t);          /* t runs next (null: nobody) */
__attribute__((returns_nonnull)) struct thread *fpu_entered(struct cpu *cpu, struct thread *t);     /* the same; returns t */
static inline void fpu_allow(struct cpu *cpu, bool allowed)
{
    cpu->fpu_enabled = allowed;
    arch_fpu_enable(allowed);
}
void fpu_drop(struct thread *t);                            /* t ends: nobody wants its registers any more */
void fpu_store(struct thread *t);                           /* t->fpu shall hold t's registers, the machine no longer */
