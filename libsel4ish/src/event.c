/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/event.h>

#include <sel4ish/config.h>
#include <sel4ish/log.h>

static seL4_Word kept;

static seL4_Word take(seL4_Word bits)
{
    seL4_Word taken = kept & bits;

    kept &= ~bits;
    return taken;
}

void sel4ish_event_keep(seL4_Word bits)
{
    kept |= bits;
}

/* Lines may have waited for the log's provider, whose coming is one of the events. */
static void sleep_once(void)
{
    seL4_Word badge = 0;

    log_flush();
    seL4_Wait(sel4ish_config()->inbox, &badge);
    kept |= badge;
    log_flush();
}

seL4_Word sel4ish_event_wait(void)
{
    return sel4ish_event_wait_for(~0ul);
}

seL4_Word sel4ish_event_wait_for(seL4_Word bits)
{
    while (!(kept & bits))
        sleep_once();
    return take(bits);
}

seL4_Word sel4ish_event_poll(void)
{
    seL4_Word badge = 0;

    seL4_Poll(sel4ish_config()->inbox, &badge);
    kept |= badge;
    return take(~0ul);
}
