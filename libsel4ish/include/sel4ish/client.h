/* SPDX-License-Identifier: BSD-2-Clause
 * Client: a component's end of a connection.
 *
 *   struct sel4ish_connection store;
 *   if (sel4ish_connect("store", &store) != seL4_NoError) ...
 *   const struct store_base *page = sel4ish_base(&store);
 *   store_send_routine *send = (store_send_routine *)sel4ish_routine(&store, page->send);
 *
 * After sel4ish_connect no call here but sel4ish_ring and sel4ish_release makes a system call.
 * Invariants: whatever a connection hands out was read from the page once, checked, and is the client's own copy;
 * `base` is what the kernel answered, never what the page says. */
#pragma once

#include <sel4/sel4.h>
#include <sel4ish/config.h>
#include <sel4ish/interface.h>

struct sel4ish_connection {
    const struct sel4ish_entry *use;    /* null: not connected */
    uintptr_t base;
    uint32_t ready;                     /* what the ready word has to be */
    uint16_t id, version;
};

/* A routine of a sealed image, to be cast to its type in the interface's header. */
typedef void sel4ish_routine_t(void);

/* Connects to the newest version of the interface that this component was granted and somebody provides, waits for it
 * to be ready, and checks its header. Waits, asleep where the system can wake it, until there is a provider.
 *
 *   seL4_IllegalOperation   not granted
 *   seL4_FailedLookup       the provider did not get ready within the bound: nothing is connected
 *   seL4_InvalidArgument    the header does not say what was asked for: nothing is connected
 *
 * Bound: where the provider can signal this component, SEL4ISH_CONNECT_POLLS looks with a Yield between, then sleep for
 * SEL4ISH_CONNECT_WAKES signals; where it cannot, SEL4ISH_CONNECT_SECONDS of looking and yielding. A component that must
 * not sleep on a silent provider uses sel4ish_request and sel4ish_ready from its event loop, and an alarm. Other events
 * that arrive meanwhile are kept for sel4ish_event_wait. */
seL4_Error sel4ish_connect(const char *name, struct sel4ish_connection *c) LIBSEL4_WARN_UNUSED;

/* The parts of it, for components that never wait. Asks once: seL4_FailedLookup if nobody provides it yet. The provider
 * has been signalled; the connection is not ready. */
seL4_Error sel4ish_request(const char *name, struct sel4ish_connection *c) LIBSEL4_WARN_UNUSED;
/* The same for one entry of kind USE: for components that are granted several instances of an interface. */
seL4_Error sel4ish_request_entry(const struct sel4ish_entry *use, struct sel4ish_connection *c) LIBSEL4_WARN_UNUSED;
/* Is it ready (and has the provider not left since)? One load. */
bool sel4ish_ready(const struct sel4ish_connection *c);
/* Has the header the identity and base that the kernel gave? To be asked once, when it is ready. */
bool sel4ish_header_true(const struct sel4ish_connection *c);

enum { SEL4ISH_CONNECT_POLLS = 16, SEL4ISH_CONNECT_WAKES = 16, SEL4ISH_CONNECT_SECONDS = 2 };

/* Gives the connection back: its pages are unmapped. May be called on one that is not connected. */
void sel4ish_release(struct sel4ish_connection *c);

/* Signals the provider; nothing if the interface has no doorbell. */
void sel4ish_ring(const struct sel4ish_connection *c);
/* Bits of the inbox that the provider's signals set. */
seL4_Word sel4ish_connection_bits(const struct sel4ish_connection *c);

/* The connection's first page, starting with struct sel4ish_header. */
static inline void *sel4ish_base(const struct sel4ish_connection *c)
{
    return (void *)c->base;
}

/* Check a value that the provider stored and that was read from the page once; null if it is not what it claims to be.
 * A routine must be an entry point of this connection's sealed image, and the component must have been granted to trust
 * its code; data must lie in one region that this client reads, or (writable) writes, and be a multiple of align. */
sel4ish_routine_t *sel4ish_routine(const struct sel4ish_connection *c, uint64_t pointer);
const void *sel4ish_data(const struct sel4ish_connection *c, uint64_t pointer, size_t bytes, size_t align);
void *sel4ish_data_writable(const struct sel4ish_connection *c, uint64_t pointer, size_t bytes, size_t align);
