/* SPDX-License-Identifier: BSD-2-Clause
 * Rows: an interrupt whose handler thread, in another address space, is of a higher priority than who runs. */
#include "bench.h"
#include "peer.h"
#include "uart.h"
#include "world.h"

static seL4_CPtr handler, notification;
static volatile seL4_Word handled;  /* when the handler ran */

static void handle(void)
{
    for (;;) {
        seL4_Wait(notification, NULL);
        handled = cycles();
        uart_interrupt(false);
        seL4_IRQHandler_Ack(handler);
    }
}

static void handler_make(void)
{
    const seL4_CPtr root = seL4_CapInitThreadCNode;

    handler = slot_next();
    notification = make(seL4_NotificationObject, 0);
    check(seL4_IRQControl_Get(seL4_CapIRQControl, UART_IRQ, root, handler, seL4_WordBits), "get an interrupt");
    check(seL4_IRQHandler_SetNotification(handler, notification), "set a notification");
    uart_map(other_space());
    peer_start(handle, (struct peer_kind){ .vspace = other_space(), .priority = PRIORITY_HIGH });
}

static void handler_end(void)
{
    check(seL4_CNode_Delete(seL4_CapInitThreadCNode, handler, seL4_WordBits), "delete the handler");
}

static void interrupt_switch(seL4_Word took[REPETITIONS])
{
    handler_make();
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        uart_interrupt(true);
        took[i] = handled - start;
    }
    handler_end();
}

static void interrupt_return(seL4_Word took[REPETITIONS])
{
    handler_make();
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        uart_interrupt(true);
        took[i] = cycles() - start;
    }
    handler_end();
}

const struct row interrupt_rows[] = {
    { "interrupt_switch", interrupt_switch },
    { "interrupt_return", interrupt_return },
    { 0 },
};
