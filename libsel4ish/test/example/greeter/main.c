/* SPDX-License-Identifier: BSD-2-Clause
 * Greeter: provides greeting@1 to whoever the system's description lets have it. */
#include <stdio.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/provider.h>
#include <sel4ish/run.h>

#include <greeting.h>

enum { TEXT_OFFSET = 256 };

static uint32_t visits;

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct greeting *page = sel4ish_peer_at(peer, GREETING_V1_BASE_OFFSET);

    (void)context;
    snprintf(sel4ish_peer_at(peer, TEXT_OFFSET), GREETING_TEXT, "hello, %s", sel4ish_peer_name(peer));
    page->visit = visits++;
    page->text = sel4ish_peer_address(peer, TEXT_OFFSET);
    page->shout = sel4ish_peer_routine(provider, peer, "greeting_shout");
    return true;                /* now the library stores the ready word */
}

static const struct sel4ish_provider_handler handler = { .fill = fill };

int main(void)
{
    struct sel4ish_provider provider;

    if (sel4ish_provide("greeting", GREETING_V1, &provider) != seL4_NoError)
        sel4ish_stop("cannot provide greeting@1");
    log_line("ready");
    for (;;)
        if (sel4ish_event_wait() & sel4ish_provider_bits(&provider))
            sel4ish_provider_scan(&provider, &handler, NULL);
}
