/* SPDX-License-Identifier: BSD-2-Clause
 * Provider: a component's end of an interface, with all its connections.
 *
 *   sel4ish_provide("store", 2, &store);
 *   for (;;) {
 *       seL4_Word bits = sel4ish_event_wait();
 *       if (bits & sel4ish_provider_bits(&store))
 *           sel4ish_provider_scan(&store, &handler, context);
 *       ...
 *   }
 *
 * Invariants: a peer's label, state, sequence and client base come from the kernel, its name and bell from the config,
 * nothing of it from the page; the ready word is stored after fill returned, by the library alone. */
#pragma once

#include <sel4/sel4.h>
#include <sel4ish/config.h>
#include <sel4ish/interface.h>

enum { SEL4ISH_PEERS = 32 };        /* connections of one interface that a provider serves */

/* As the kernel's Provider_Query numbers them. */
enum sel4ish_state { SEL4ISH_FREE, SEL4ISH_LIVE, SEL4ISH_DRAINING, SEL4ISH_ORPHANED };

/* One connection as its provider sees it. */
struct sel4ish_peer {
    const struct sel4ish_entry *connection;
    unsigned n;
    enum sel4ish_state state;
    bool filled;                    /* ready was stored for this sequence */
    uint32_t label;
    uint64_t sequence;              /* changes with every request and every end */
    void *base;                     /* in this component; the header is first */
    uintptr_t client_base;          /* the same page in the client; 0 while it has none */
    size_t bytes;
};

struct sel4ish_provider {
    const struct sel4ish_entry *provide;
    seL4_CPtr cap;
    unsigned count;
    struct sel4ish_peer peers[SEL4ISH_PEERS];
};

/* What a provider does for a client that came or went. */
struct sel4ish_provider_handler {
    /* Write everything but the header into the connection; false refuses it: it never becomes ready. Whatever an earlier
     * client of this connection left is gone: the pages are zero when a connection starts. */
    bool (*fill)(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer);
    /* The client left: forget it and touch its pages no more. May be null. */
    void (*ended)(void *context, struct sel4ish_provider *provider, struct sel4ish_peer *peer);
};

/* Registers; may be called once for each version that the config grants. Providers register the newest version first.
 * seL4_IllegalOperation: not granted; seL4_RevokeFirst: somebody else is registered. */
seL4_Error sel4ish_provide(const char *name, uint16_t version, struct sel4ish_provider *provider) LIBSEL4_WARN_UNUSED;
/* Deletes the provider capability: every connection ends. */
void sel4ish_provider_leave(struct sel4ish_provider *provider);

/* Bits of the inbox that say "a client requested or left", and those that one peer rings. */
seL4_Word sel4ish_provider_bits(const struct sel4ish_provider *provider);
seL4_Word sel4ish_peer_bits(const struct sel4ish_peer *peer);

/* Asks the kernel about every connection and handles what changed. Returns how many did. */
unsigned sel4ish_provider_scan(struct sel4ish_provider *provider, const struct sel4ish_provider_handler *handler,
                               void *context);

/* The client component's name, from the config. */
const char *sel4ish_peer_name(const struct sel4ish_peer *peer);
/* Signals the client; nothing if it has no bell. */
void sel4ish_peer_ring(const struct sel4ish_peer *peer);

/* Is this peer's connection in use, by this provider? */
static inline bool sel4ish_peer_live(const struct sel4ish_peer *peer)
{
    return peer->state == SEL4ISH_LIVE && peer->filled;
}

/* An offset in the connection as this component's pointer, and as the address that goes into the page. */
static inline void *sel4ish_peer_at(const struct sel4ish_peer *peer, size_t offset)
{
    return (char *)peer->base + offset;
}

static inline uint64_t sel4ish_peer_address(const struct sel4ish_peer *peer, size_t offset)
{
    return peer->client_base + offset;
}

/* Client address of an entry point of this interface's sealed image. It being absent is a mistake of the build: says so
 * and stops. */
uint64_t sel4ish_peer_routine(const struct sel4ish_provider *provider, const struct sel4ish_peer *peer,
                              const char *symbol);
