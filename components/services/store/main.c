/* SPDX-License-Identifier: BSD-2-Clause
 * Store: keeps records and answers store@1 and store@2 from one table. Sleeps when no request is there; reads each
 * request once into memory of its own before it looks at it. */
#include <stdlib.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/provider.h>
#include <sel4ish/run.h>

#include <lib/ring/ring.h>

#include "table.h"

/* One connection of either version: the layouts are the same. Counters are the store's own, never read back. */
struct desk {
    bool live;
    uint32_t taken, sent;
    const struct store_requests *requests;
    struct store_responses *responses;
};

struct shop {
    struct sel4ish_provider provider;
    unsigned version;
    struct desk desks[SEL4ISH_PEERS];
};

static struct table table;
static struct shop shops[] = {{.version = STORE_V2}, {.version = STORE_V1}};    /* newest first */

_Static_assert((int)STORE_V1_RESPONSES_OFFSET == STORE_V2_RESPONSES_OFFSET &&
               (int)STORE_V1_REQUESTS_OFFSET == STORE_V2_REQUESTS_OFFSET, "one layout in both versions");

static bool fill(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct shop *shop = context;
    struct desk *desk = &shop->desks[peer->n];
    struct store_base *base = sel4ish_peer_at(peer, STORE_V1_BASE_OFFSET);
    bool newer = shop->version == STORE_V2;

    *desk = (struct desk){.live = true,
                          .requests = sel4ish_peer_at(peer, STORE_V1_REQUESTS_OFFSET),
                          .responses = sel4ish_peer_at(peer, STORE_V1_RESPONSES_OFFSET)};
    base->responses = sel4ish_peer_address(peer, STORE_V1_RESPONSES_OFFSET);
    base->requests = sel4ish_peer_address(peer, STORE_V1_REQUESTS_OFFSET);
    base->send = sel4ish_peer_routine(provider, peer, newer ? "store_send_2" : "store_send_1");
    base->poll = sel4ish_peer_routine(provider, peer, newer ? "store_poll_2" : "store_poll_1");
    return true;
}

static void ended(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer)
{
    struct shop *shop = context;

    (void)provider;
    shop->desks[peer->n].live = false;
}

static const struct sel4ish_provider_handler handler = {.fill = fill, .ended = ended};

/* One request, if one is there and its answer has room. */
static bool answer_one(struct desk *desk, unsigned version)
{
    struct store_message request;
    uint32_t count;

    if (!ring_used(ring_load(&desk->requests->sent), desk->taken, STORE_RING, &count) || count == 0)
        return false;
    if (ring_free(desk->sent, ring_load(&desk->requests->taken), STORE_RING) == 0)
        return false;
    request = *(const volatile struct store_message *)&desk->requests->slots[desk->taken % STORE_RING];
    desk->responses->slots[desk->sent % STORE_RING] = table_answer(&table, &request, version);
    ring_store(&desk->responses->taken, ++desk->taken);
    ring_store(&desk->responses->sent, ++desk->sent);
    return true;
}

/* Every client's requests, at most a ring's length of one before the next has its turn. Was there any? */
static bool serve(struct shop *shop)
{
    bool any = false;

    for (unsigned n = 0; n < shop->provider.count; n++) {
        struct desk *desk = &shop->desks[n];
        unsigned served = 0;

        if (!desk->live)
            continue;
        while (served < STORE_RING && answer_one(desk, shop->version))
            served++;
        ring_fence();
        if (served && ring_load(&desk->requests->bell_wanted))
            sel4ish_peer_ring(&shop->provider.peers[n]);
        any |= served > 0;
    }
    return any;
}

static void want_bells(struct shop *shop, bool wanted)
{
    for (unsigned n = 0; n < shop->provider.count; n++)
        if (shop->desks[n].live)
            ring_store(&shop->desks[n].responses->bell_wanted, wanted);
    ring_fence();
}

static void start(struct shop *shop)
{
    if (sel4ish_provide("store", (uint16_t)shop->version, &shop->provider) != seL4_NoError)
        sel4ish_stop("cannot provide store@%u", shop->version);
}

int main(void)
{
    start(&shops[0]);
    start(&shops[1]);
    log_line("ready: store@%d, store@%d", STORE_V1, STORE_V2);
    for (;;) {
        seL4_Word bits;

        want_bells(&shops[0], true);
        want_bells(&shops[1], true);
        if (serve(&shops[0]) | serve(&shops[1]))
            continue;
        bits = sel4ish_event_wait();
        for (unsigned i = 0; i < sizeof shops / sizeof shops[0]; i++)
            if (bits & sel4ish_provider_bits(&shops[i].provider))
                sel4ish_provider_scan(&shops[i].provider, &handler, &shops[i]);
    }
}
