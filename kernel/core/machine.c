/* SPDX-License-Identifier: BSD-2-Clause
 * Machine: see machine.h. */
#include "machine.h"

/* What few threads want: the physical timer, debug registers. */
static void flags_enter(struct cpu *cpu, const struct thread *t, uint8_t flags)
{
    if ((flags ^ cpu->machine_flags) & THREAD_FLAG_TIMER)
        arch_timer_user(flags & THREAD_FLAG_TIMER);
    if ((flags | cpu->machine_flags) & THREAD_FLAG_DEBUGGED)
        arch_debug_enter(flags & THREAD_FLAG_DEBUGGED ? &t->breakpoints : NULL, flags & THREAD_FLAG_STEPS);
    cpu->machine_flags = flags;
}

void machine_enter(struct cpu *cpu, struct thread *t)
{
    const uint8_t flags = t ? t->flags & THREAD_FLAGS_MACHINE : 0;

    vspace_enter(cpu, t);
    fpu_enter(cpu, t);
    if (flags | cpu->machine_flags)
        flags_enter(cpu, t, flags);
}

__attribute__((noinline)) struct thread *machine_entered(struct cpu *cpu, struct thread *t)
{
    machine_enter(cpu, t);
    return t;
}
