/* SPDX-License-Identifier: BSD-2-Clause
 * What the files of this port ask of each other. */
#pragma once

#include "../arch.h"

void arch_cache_init(void);     /* before the first cache operation */
void arch_gic_init(void);       /* every line masked; interrupts reach the processor */
void arch_debug_init(void);     /* no breakpoint counts yet */
void arch_timer_init(void);     /* not armed; user mode reads the virtual counter only */
/* Let the kernel's window cover these ranges of RAM (sorted, 2 MiB aligned), and nothing of RAM beside them. */
void arch_direct_map(const struct memory_range *ram, unsigned count);
/* From start.S: the first thread to run. */
struct thread *arch_boot(paddr_t device_tree);
/* From there, after it: the pages before kernel_kept hold no code any more. */
void arch_boot_over(void);
extern const char kernel_start[], kernel_kept[], kernel_end[];     /* kernel.lds */
