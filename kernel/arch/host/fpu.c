/* SPDX-License-Identifier: BSD-2-Clause
 * Vector registers: one set, which traps when it is disabled. */
#include "internal.h"

static struct arch_fpu registers;
static bool usable;

void host_fpu_reset(void)
{
    registers = (struct arch_fpu){ 0 };
    usable = false;
}

/* The machine would trap in the kernel. */
static void touch(void)
{
    if (!usable)
        host_find("vector registers that are switched off are used by the kernel", 0);
}

void arch_fpu_save(struct arch_fpu *f)
{
    touch();
    *f = registers;
}

void arch_fpu_load(const struct arch_fpu *f)
{
    touch();
    registers = *f;
}

void arch_fpu_enable(bool enabled) { usable = enabled; }

bool host_fpu_usable(void) { return usable; }
void host_fpu_set(uint64_t value) { registers.v[0] = value; }
uint64_t host_fpu_get(void) { return registers.v[0]; }
