/* SPDX-License-Identifier: BSD-2-Clause
 * Software interrupt: the right to raise one numbered interrupt at one processor. It has no state; what is raised arrives
 * at the interrupt's handler like any other (see irq.h). Any message to the capability raises it. */
#include "sgi.h"

#include "../arch/arch.h"
#include "../core/derivation.h"

enum { TARGET_SHIFT = 4 };      /* in the capability's size_bits, above the number: what tells two of them apart */
_Static_assert(ARCH_SGIS <= 1u << TARGET_SHIFT && ARCH_SGI_TARGETS <= 16, "both fit");

seL4_Error irq_control_issue_sgi_signal(struct invocation *inv)
{
    const word_t irq = inv_arg(inv, 0), target = inv_arg(inv, 1);
    struct cap cap = { .type = CAP_SGI_SIGNAL };
    struct slot *slot;

    if (irq >= ARCH_SGIS)
        return inv_range(inv, 0, ARCH_SGIS - 1);
    if (target >= ARCH_SGI_TARGETS)
        return inv_bad_arg(inv, 1);
    const seL4_Error error = inv_target_slot(inv, &inv->caps[0]->cap, inv_arg(inv, 2), inv_arg(inv, 3), 2, &slot);
    if (error)
        return error;

    cap.size_bits = (uint8_t)(irq | target << TARGET_SHIFT);
    derivation_insert(slot, &cap, inv->slot);
    return seL4_NoError;
}

seL4_Error sgi_raise(const struct cap *cap)
{
    arch_irq_send(cap->size_bits & ((1u << TARGET_SHIFT) - 1), cap->size_bits >> TARGET_SHIFT);
    return seL4_NoError;
}
