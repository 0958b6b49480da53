/* SPDX-License-Identifier: BSD-2-Clause
 * Rows: notifications, with nobody waiting and with a waiter of a higher priority in another address space. */
#include "bench.h"
#include "peer.h"
#include "world.h"

static seL4_CPtr notification;
static volatile seL4_Word woken;    /* when the waiter ran */

static void signal(seL4_Word took[REPETITIONS])
{
    notification = make(seL4_NotificationObject, 0);
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        seL4_Signal(notification);
        took[i] = cycles() - start;
    }
}

static void poll(seL4_Word took[REPETITIONS])
{
    notification = make(seL4_NotificationObject, 0);
    for (unsigned i = 0; i < REPETITIONS; i++) {
        seL4_Word badge;

        seL4_Signal(notification);
        const seL4_Word start = cycles();
        seL4_Poll(notification, &badge);
        took[i] = cycles() - start;
    }
}

static void wait_for_ever(void)
{
    for (;;) {
        seL4_Wait(notification, NULL);
        woken = cycles();
    }
}

static void waiter_make(void)
{
    notification = make(seL4_NotificationObject, 0);
    peer_start(wait_for_ever, (struct peer_kind){ .vspace = other_space(), .priority = PRIORITY_HIGH });
}

static void signal_switch(seL4_Word took[REPETITIONS])
{
    waiter_make();
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        seL4_Signal(notification);
        took[i] = woken - start;
    }
}

static void signal_return(seL4_Word took[REPETITIONS])
{
    waiter_make();
    for (unsigned i = 0; i < REPETITIONS; i++) {
        const seL4_Word start = cycles();

        seL4_Signal(notification);
        took[i] = cycles() - start;
    }
}

const struct row signal_rows[] = {
    { "signal", signal },
    { "poll", poll },
    { "signal_switch", signal_switch },
    { "signal_return", signal_return },
    { 0 },
};
