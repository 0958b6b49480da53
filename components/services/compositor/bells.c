/* SPDX-License-Identifier: BSD-2-Clause
 * Bells: see bells.h. */
#include "bells.h"

#include <sel4ish/config.h>
#include <sel4ish/event.h>
#include <sel4ish/log.h>

void bells_add(struct bells *bells, seL4_CPtr cap)
{
    if (!cap)
        return;
    if (bells->count == BELLS)
        bells_ring(bells);
    bells->caps[bells->count++] = cap;
}

void bells_ring(struct bells *bells)
{
    for (unsigned i = 0; i < bells->count; i++)
        seL4_Signal(bells->caps[i]);
    bells->count = 0;
}

seL4_Word bells_wait(struct bells *bells)
{
    seL4_Word bits = 0;

    if (!bells->count)
        return sel4ish_event_wait();
    bells->count--;
    for (unsigned i = 0; i < bells->count; i++)
        seL4_Signal(bells->caps[i]);
    seL4_NBSendWait(bells->caps[bells->count], seL4_MessageInfo_new(0, 0, 0, 0), sel4ish_config()->inbox, &bits);
    bells->count = 0;
    sel4ish_event_keep(bits);
    log_flush();
    return sel4ish_event_wait();
}
