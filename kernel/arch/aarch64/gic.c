/* SPDX-License-Identifier: BSD-2-Clause
 * GICv2: every line masked until a handler wants it, all of one priority, all to this processor.
 * The kernel masks a line when it takes its interrupt, and unmasks it when user space acknowledges. */
#include "port.h"

#include "platform.h"

enum {                              /* distributor: one bit, two bits or a byte a line */
    GICD_CTLR = 0x000, GICD_ISENABLER = 0x100, GICD_ICENABLER = 0x180, GICD_ICPENDR = 0x280,
    GICD_IPRIORITYR = 0x400, GICD_ITARGETSR = 0x800, GICD_ICFGR = 0xc00, GICD_SGIR = 0xf00,
};
enum { GICC_CTLR = 0x00, GICC_PMR = 0x04, GICC_IAR = 0x0c, GICC_EOIR = 0x10 };
enum { FIRST_SHARED = 32, FIRST_SPECIAL = 1020, IRQ_MASK = 0x3ff };
enum { PRIORITY_ALL = 0xa0a0a0a0u, TARGET_FIRST = 0x01010101u };

static volatile uint32_t *distributor(word_t offset) { return arch_pointer(PLATFORM_gic_dist + offset); }
static volatile uint32_t *interface(word_t offset) { return arch_pointer(PLATFORM_gic_cpu + offset); }

BOOT void arch_gic_init(void)
{
    *distributor(GICD_CTLR) = 0;
    for (irq_t i = 0; i < ARCH_IRQS; i += 32) {
        *distributor(GICD_ICENABLER + i / 8) = UINT32_MAX;
        *distributor(GICD_ICPENDR + i / 8) = UINT32_MAX;
    }
    for (irq_t i = 0; i < ARCH_IRQS; i += 4)
        *distributor(GICD_IPRIORITYR + i) = PRIORITY_ALL;
    for (irq_t i = FIRST_SHARED; i < ARCH_IRQS; i += 4)
        *distributor(GICD_ITARGETSR + i) = TARGET_FIRST;
    for (irq_t i = FIRST_SHARED; i < ARCH_IRQS; i += 16)
        *distributor(GICD_ICFGR + i / 4) = 0;
    *distributor(GICD_CTLR) = 1;
    *interface(GICC_PMR) = 0xff;
    *interface(GICC_CTLR) = 1;
}

irq_t arch_irq_claim(void)
{
    const uint32_t irq = *interface(GICC_IAR) & IRQ_MASK;

    return irq < FIRST_SPECIAL ? irq : IRQ_NONE;
}

void arch_irq_complete(irq_t irq)
{
    *interface(GICC_EOIR) = irq;
}

void arch_irq_mask(irq_t irq, bool masked)
{
    *distributor((masked ? GICD_ICENABLER : GICD_ISENABLER) + irq / 32 * 4) = 1u << irq % 32;
    __asm__ volatile("dsb sy" ::: "memory");    /* the line is quiet before user mode goes on */
}

void arch_irq_trigger(irq_t irq, bool edge)
{
    volatile uint32_t *config = distributor(GICD_ICFGR + irq / 16 * 4);
    const uint32_t bit = 2u << irq % 16 * 2;

    if (irq >= FIRST_SHARED)                    /* the others' triggers are fixed */
        *config = edge ? *config | bit : *config & ~bit;
}

void arch_irq_send(unsigned sgi, unsigned target)
{
    const unsigned targets_shift = 16;

    __asm__ volatile("dsb ish" ::: "memory");   /* who handles it sees what was written before */
    *distributor(GICD_SGIR) = 1u << (targets_shift + target) | sgi;
}

bool arch_irq_pending(void)
{
    word_t status;

    __asm__ volatile("mrs %0, isr_el1" : "=r"(status));
    return status & 0x80;
}
