/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/provider.h>

#include <sel4ish/registry.h>
#include <sel4ish/run.h>

#include "runtime_slot.h"

static const struct sel4ish_entry *granted(const char *name, uint16_t version)
{
    const struct sel4ish_entry *e = NULL;

    while ((e = sel4ish_config_next(sel4ish_config(), SEL4ISH_PROVIDE, name, e)))
        if (e->v[SEL4ISH_PROVIDE_VERSION] == version)
            return e;
    return NULL;
}

/* Nothing is taken from the pages: a peer's place follows from the plan, who it is from the kernel (ask). */
static void peers_init(struct sel4ish_provider *provider, uintptr_t base)
{
    for (unsigned n = 0; n < provider->count; n++)
        provider->peers[n] = (struct sel4ish_peer) {
            .n = n,
            .base = (void *)(base + n * provider->provide->v[SEL4ISH_PROVIDE_WINDOW]),
        };
}

seL4_Error sel4ish_provide(const char *name, uint16_t version, struct sel4ish_provider *provider)
{
    const struct sel4ish_entry *e = granted(name, version);
    sel4ish_Registry_Base_t answer;

    *provider = (struct sel4ish_provider) { 0 };
    if (!e)
        return seL4_IllegalOperation;
    if (e->v[SEL4ISH_PROVIDE_COUNT] > SEL4ISH_PEERS)
        sel4ish_stop("has more clients of '%s' than a provider serves", name);
    answer = sel4ish_Registry_Register(e->v[SEL4ISH_PROVIDE_REGISTRY],
                                       sel4ish_key(e->v[SEL4ISH_PROVIDE_ID], version, e->v[SEL4ISH_PROVIDE_INSTANCE]),
                                       0, 0, 0, 0, 0, 0);
    if (answer.error)
        return (seL4_Error)answer.error;
    provider->provide = e;
    provider->cap = runtime_slot_address(e->v[SEL4ISH_PROVIDE_SLOT]);
    provider->count = (unsigned)e->v[SEL4ISH_PROVIDE_COUNT];
    peers_init(provider, answer.base);
    return seL4_NoError;
}

void sel4ish_provider_leave(struct sel4ish_provider *provider)
{
    if (provider->provide && runtime_slot_delete(provider->provide->v[SEL4ISH_PROVIDE_SLOT]) != seL4_NoError)
        sel4ish_stop("cannot delete the provider capability of '%s'", provider->provide->name);
    *provider = (struct sel4ish_provider) { 0 };
}

seL4_Word sel4ish_provider_bits(const struct sel4ish_provider *provider)
{
    return provider->provide ? provider->provide->v[SEL4ISH_PROVIDE_BADGE] : 0;
}

seL4_Word sel4ish_peer_bits(const struct sel4ish_peer *peer)
{
    return peer->connection ? peer->connection->v[SEL4ISH_CONNECTION_BADGE] : 0;
}

/* ---- what changed */

/* The entry that the tool wrote for connection n, if it is the label's whom the kernel names. */
static const struct sel4ish_entry *connection_entry(const struct sel4ish_provider *provider, unsigned n, uint32_t label)
{
    const struct sel4ish_entry *e = NULL;

    while ((e = sel4ish_config_owned(sel4ish_config(), provider->provide, SEL4ISH_CONNECTION, NULL, e)))
        if (e->v[SEL4ISH_CONNECTION_N] == n && e->v[SEL4ISH_CONNECTION_LABEL] == label)
            return e;
    return NULL;
}

static void begin(struct sel4ish_provider *provider, struct sel4ish_peer *peer,
                  const struct sel4ish_provider_handler *handler, void *context)
{
    const uint64_t *v = provider->provide->v;

    if (!handler->fill(context, provider, peer))
        return;
    sel4ish_header_publish(peer->base, sel4ish_ready_word((uint16_t)v[SEL4ISH_PROVIDE_ID],
                                                          (uint16_t)v[SEL4ISH_PROVIDE_VERSION]));
    peer->filled = true;
    sel4ish_peer_ring(peer);
}

static void end(struct sel4ish_provider *provider, struct sel4ish_peer *peer,
                const struct sel4ish_provider_handler *handler, void *context)
{
    if (peer->filled && handler->ended)
        handler->ended(context, provider, peer);
    peer->filled = false;
}

/* Brings one peer up to what the kernel says. True: something changed. */
static bool update(struct sel4ish_provider *provider, struct sel4ish_peer *peer,
                   const struct sel4ish_provider_handler *handler, void *context)
{
    sel4ish_Provider_Query_t now = sel4ish_Provider_Query(provider->cap, peer->n);

    if (now.error || (now.state == (seL4_Word)peer->state && now.sequence == peer->sequence))
        return false;
    end(provider, peer, handler, context);
    peer->state = (enum sel4ish_state)now.state;
    peer->sequence = now.sequence;
    peer->label = (uint32_t)now.label;
    peer->client_base = now.client_base;
    peer->bytes = now.length;
    peer->connection = connection_entry(provider, peer->n, peer->label);
    if (peer->state == SEL4ISH_LIVE)
        begin(provider, peer, handler, context);
    if (peer->state == SEL4ISH_DRAINING && sel4ish_Provider_Acknowledge(provider->cap, peer->n) == seL4_NoError)
        peer->state = SEL4ISH_FREE;
    return true;
}

unsigned sel4ish_provider_scan(struct sel4ish_provider *provider, const struct sel4ish_provider_handler *handler,
                               void *context)
{
    unsigned changed = 0;

    for (unsigned n = 0; n < provider->count; n++)
        changed += update(provider, &provider->peers[n], handler, context);
    return changed;
}

/* ---- a peer */

const char *sel4ish_peer_name(const struct sel4ish_peer *peer)
{
    return peer->connection ? peer->connection->peer : "?";
}

void sel4ish_peer_ring(const struct sel4ish_peer *peer)
{
    if (peer->connection && peer->connection->v[SEL4ISH_CONNECTION_BELL])
        seL4_Signal(peer->connection->v[SEL4ISH_CONNECTION_BELL]);
}

uint64_t sel4ish_peer_routine(const struct sel4ish_provider *provider, const struct sel4ish_peer *peer,
                              const char *symbol)
{
    const struct sel4ish_entry *e =
        sel4ish_config_owned(sel4ish_config(), provider->provide, SEL4ISH_ROUTINE, symbol, NULL);

    if (!e)
        sel4ish_stop("the sealed image of '%s' has no entry point '%s'", provider->provide->name, symbol);
    return sel4ish_peer_address(peer, e->v[0]);
}
