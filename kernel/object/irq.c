/* SPDX-License-Identifier: BSD-2-Clause
 * Interrupt: see irq.h. The handler capability names the line as its object, and the number in aux. */
#include "irq.h"

#include "../arch/arch.h"
#include "../core/derivation.h"
#include "../core/invoke.h"
#include "notification.h"

static struct irq_line lines[ARCH_IRQS];

static irq_t number_of(const struct irq_line *line)
{
    return (irq_t)(line - lines);
}

BOOT void irq_init(void)
{
    for (irq_t irq = 0; irq < ARCH_IRQS; irq++) {
        lines[irq] = (struct irq_line){ .state = irq == arch_irq_timer() ? IRQ_KERNEL : IRQ_FREE };
        arch_irq_mask(irq, lines[irq].state == IRQ_FREE);
    }
}

void irq_deliver(irq_t irq)
{
    const struct cap *cap;

    if (irq >= ARCH_IRQS)
        return;
    arch_irq_mask(irq, true);
    lines[irq].delivered = true;
    cap = &lines[irq].slot.slot.cap;
    if (cap->type == CAP_NOTIFICATION)
        notification_signal(cap->object, cap->badge);
}

static seL4_Error issue(struct invocation *inv, word_t irq, word_t index, word_t depth, bool set_trigger, bool edge)
{
    struct slot *target;
    struct cap cap = { .type = CAP_IRQ_HANDLER };
    seL4_Error error;

    if (irq >= ARCH_IRQS)
        return inv_range(inv, 0, ARCH_IRQS - 1);
    if (lines[irq].state != IRQ_FREE)
        return seL4_RevokeFirst;
    error = inv_target_slot(inv, &inv->caps[0]->cap, index, depth, 1, &target);
    if (error)
        return error;

    cap.aux = (uint32_t)irq;
    cap.object = &lines[irq];
    lines[irq].state = IRQ_ISSUED;
    lines[irq].delivered = false;
    if (set_trigger)
        arch_irq_trigger((irq_t)irq, edge);
    derivation_insert(target, &cap, inv->slot);
    return seL4_NoError;
}

seL4_Error irq_control_get(struct invocation *inv)
{
    return issue(inv, inv_arg(inv, 0), inv_arg(inv, 1), inv_arg(inv, 2), false, false);
}

seL4_Error irq_control_get_trigger(struct invocation *inv)
{
    return issue(inv, inv_arg(inv, 0), inv_arg(inv, 2), inv_arg(inv, 3), true, inv_arg(inv, 1) & 1);
}

seL4_Error irq_handler_ack(struct invocation *inv)
{
    struct irq_line *line = inv->slot->cap.object;

    line->delivered = false;
    arch_irq_mask(number_of(line), false);
    return seL4_NoError;
}

seL4_Error irq_handler_set_notification(struct invocation *inv)
{
    struct irq_line *line = inv->slot->cap.object;
    struct slot *source = inv->caps[0];
    const struct cap cap = source->cap;

    if (cap.type != CAP_NOTIFICATION || !(cap.rights & RIGHT_WRITE))
        return inv_bad_cap(inv, 0);

    const seL4_Error error = slot_delete(&line->slot.slot);
    if (error)
        return error;                       /* preempted: the call is made again */
    derivation_insert(&line->slot.slot, &cap, source);
    if (!line->delivered)
        arch_irq_mask(number_of(line), false);
    return seL4_NoError;
}

seL4_Error irq_handler_clear(struct invocation *inv)
{
    struct irq_line *line = inv->slot->cap.object;

    return slot_delete(&line->slot.slot);
}

static void first(struct cap *cap)
{
    arch_irq_mask(number_of(cap->object), true);
}

/* Not by `slots`: a handler that ends inside a CNode's end would keep its line for ever. */
static seL4_Error finish(struct cap *cap)
{
    struct irq_line *line = cap->object;
    const seL4_Error error = slot_delete(&line->slot.slot);

    if (!error)
        line->state = IRQ_FREE;
    return error;
}

const struct object_end irq_handler_end = { .first = first, .finish = finish };
