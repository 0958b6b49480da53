/* SPDX-License-Identifier: BSD-2-Clause
 * Vector registers: saved and loaded only when another thread uses them.
 * Invariant: while cpu->fpu_enabled, the machine holds the current thread's; fpu_owner's are in the machine and not in
 * its thread, everybody else's the other way round. */
#pragma once

#include "cpu.h"

void fpu_enter(struct cpu *cpu, const struct thread *t);    /* t runs next (null: nobody) */
void fpu_drop(struct thread *t);                            /* t ends: nobody wants its registers any more */
void fpu_store(struct thread *t);                           /* t->fpu shall hold t's registers, the machine no longer */
