/* SPDX-License-Identifier: BSD-2-Clause
 * Interrupt lines: raised by tests, by the timer, or at a preemption point that a test chose. */
#include "internal.h"

#include "../../core/assert.h"

enum { TIMER_LINE = 27 };

static struct line { bool raised, level, masked; } lines[ARCH_IRQS];
static unsigned polls_left;     /* preemption points until planned appears; 0: none planned */
static irq_t planned;

void host_interrupt_reset(void)
{
    for (irq_t i = 0; i < ARCH_IRQS; i++)
        lines[i] = (struct line){ .masked = i != TIMER_LINE };
    polls_left = 0;
}

static bool waits(irq_t irq)
{
    return !lines[irq].masked && (lines[irq].raised || (irq == TIMER_LINE && host_timer_due()));
}

bool host_interrupt_waits(void)
{
    for (irq_t i = 0; i < ARCH_IRQS; i++)
        if (waits(i))
            return true;
    return false;
}

void host_raise_quietly(irq_t irq)
{
    lines[irq].raised = true;
}

void host_lower(irq_t irq)
{
    lines[irq].raised = false;
}

void host_raise_after(unsigned polls, irq_t irq)
{
    assert(!lines[irq].masked);     /* else the kernel would never see it */
    polls_left = polls;
    planned = irq;
}

bool host_irq_masked(irq_t irq)
{
    return lines[irq].masked;
}

irq_t arch_irq_timer(void)
{
    return TIMER_LINE;
}

irq_t arch_irq_claim(void)
{
    for (irq_t i = 0; i < ARCH_IRQS; i++)
        if (waits(i)) {
            if (!lines[i].level)
                lines[i].raised = false;
            return i;
        }
    return IRQ_NONE;
}

void arch_irq_complete(irq_t irq)
{
    assert(irq < ARCH_IRQS);
}

void arch_irq_mask(irq_t irq, bool masked)
{
    assert(irq < ARCH_IRQS);
    lines[irq].masked = masked;
}

void arch_irq_trigger(irq_t irq, bool edge)
{
    assert(irq < ARCH_IRQS);
    lines[irq].level = !edge;
}

void arch_irq_send(unsigned sgi, unsigned target)
{
    assert(sgi < ARCH_SGIS && target < ARCH_SGI_TARGETS);
    if (target < ARCH_CPUS)
        host_raise_quietly(sgi);
}

bool arch_irq_pending(void)
{
    if (polls_left && !--polls_left)
        host_raise_quietly(planned);
    return host_interrupt_waits();
}
