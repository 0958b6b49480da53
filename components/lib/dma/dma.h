/* SPDX-License-Identifier: BSD-2-Clause
 * DMA: order between memory that a device reads or writes and the device's registers. The platform's device tree calls
 * its DMA coherent, so memory for it is mapped cached, and order is all that is needed. */
#pragma once

/* What was stored before is in memory when a register is written after. */
static inline void dma_publish(void)
{
    __asm__ volatile("dsb st" ::: "memory");
}

/* What the device stored before it changed a register that was read before is seen by loads after. */
static inline void dma_observe(void)
{
    __asm__ volatile("dsb ld" ::: "memory");
}
