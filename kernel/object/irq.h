/* SPDX-License-Identifier: BSD-2-Clause
 * Interrupt: a number, at most one handler capability's worth of owners, and the notification that it signals.
 * Invariants: `slot` is empty unless state is ISSUED; an interrupt that is not ISSUED is masked (the kernel's own timer
 * excepted); one that was delivered stays masked until it is acknowledged. */
#pragma once

#include "../core/cap.h"
#include "../core/delete.h"

enum irq_state { IRQ_FREE, IRQ_ISSUED, IRQ_KERNEL };

struct irq_line {
    union slot_cell slot;       /* notification capability to signal through, or empty */
    enum irq_state state;
    bool delivered;             /* and not acknowledged: masked */
};

void irq_init(void);            /* at boot: all masked but the kernel's timer */
void irq_deliver(irq_t irq);    /* a device's interrupt arrived */

extern const struct object_end irq_handler_end;
