/* SPDX-License-Identifier: BSD-2-Clause
 * Memory as the kernel hands it out: zeroed, and seen so by everyone. */
#pragma once

#include "../arch/arch.h"

enum { MEMORY_STEP_BYTES = 4096 };      /* at most this much is done between two looks at the interrupts */

/* start and bytes are multiples of 16. */
void memory_zero(void *start, size_t bytes);

/* Once, at boot. */
void memory_init(const struct boot_machine *machine);
/* Is there RAM behind this address, which the kernel sees through arch_pointer? */
bool memory_is_ram(paddr_t p);

static inline word_t align_down(word_t value, unsigned bits) { return value >> bits << bits; }
static inline word_t align_up(word_t value, unsigned bits)
{
    const word_t mask = ((word_t)1 << bits) - 1;
    return (value + mask) & ~mask;
}
static inline bool aligned(word_t value, unsigned bits) { return !(value & (((word_t)1 << bits) - 1)); }
