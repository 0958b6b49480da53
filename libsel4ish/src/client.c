/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4ish/client.h>

#include <sel4ish/event.h>
#include <sel4ish/pointer.h>
#include <sel4ish/registry.h>
#include <sel4ish/run.h>

#include "runtime_slot.h"

/* ---- asking */

/* The newest version below `below` that was granted under that name. */
static const struct sel4ish_entry *newest_below(const char *name, uint64_t below)
{
    const struct sel4ish_entry *best = NULL, *e = NULL;

    while ((e = sel4ish_config_next(sel4ish_config(), SEL4ISH_USE, name, e)))
        if (e->v[SEL4ISH_USE_VERSION] < below &&
            (!best || e->v[SEL4ISH_USE_VERSION] > best->v[SEL4ISH_USE_VERSION]))
            best = e;
    return best;
}

/* A missing page table is not "nobody provides it": the plan and the loader disagree, and no waiting helps. */
static seL4_Error request_one(const struct sel4ish_entry *use, struct sel4ish_connection *c)
{
    const uint64_t *v = use->v;
    seL4_Word key = sel4ish_key(v[SEL4ISH_USE_ID], v[SEL4ISH_USE_VERSION], v[SEL4ISH_USE_INSTANCE]);
    sel4ish_Registry_Base_t answer = sel4ish_Registry_Request(v[SEL4ISH_USE_REGISTRY], key, 0, 0, 0, 0, 0, 0);

    if (answer.error == seL4_FailedLookup && seL4_MappingFailedLookupLevel())
        return seL4_InvalidArgument;
    if (answer.error)
        return (seL4_Error)answer.error;
    *c = (struct sel4ish_connection) {
        .use = use,
        .base = answer.base,
        .ready = sel4ish_ready_word((uint16_t)v[SEL4ISH_USE_ID], (uint16_t)v[SEL4ISH_USE_VERSION]),
        .id = (uint16_t)v[SEL4ISH_USE_ID],
        .version = (uint16_t)v[SEL4ISH_USE_VERSION],
    };
    return seL4_NoError;
}

seL4_Error sel4ish_request(const char *name, struct sel4ish_connection *c)
{
    const struct sel4ish_entry *use = newest_below(name, UINT64_MAX);
    seL4_Error error = seL4_IllegalOperation;

    *c = (struct sel4ish_connection) { 0 };
    for (; use; use = newest_below(name, use->v[SEL4ISH_USE_VERSION])) {
        seL4_Error one = request_one(use, c);

        if (one == seL4_NoError)
            return seL4_NoError;
        if (error != seL4_FailedLookup)     /* one that may come later outweighs those that never will */
            error = one;
    }
    return error;
}

seL4_Error sel4ish_request_entry(const struct sel4ish_entry *use, struct sel4ish_connection *c)
{
    *c = (struct sel4ish_connection) { 0 };
    return request_one(use, c);
}

/* ---- waiting */

static seL4_Word bits_of(const char *name)
{
    const struct sel4ish_entry *e = NULL;
    seL4_Word bits = 0;

    while ((e = sel4ish_config_next(sel4ish_config(), SEL4ISH_USE, name, e)))
        bits |= e->v[SEL4ISH_USE_BADGE];
    return bits;
}

/* The kernel signals every granted client when a provider registers, so nothing is missed between asking and sleeping.
 * Where no signal was planned, asks again for a while. */
static seL4_Error request_waiting(const char *name, struct sel4ish_connection *c)
{
    seL4_Word bits = bits_of(name);
    uint64_t deadline = sel4ish_counter() + SEL4ISH_CONNECT_SECONDS * sel4ish_counter_frequency();
    seL4_Error error;

    while ((error = sel4ish_request(name, c)) == seL4_FailedLookup) {
        if (bits)
            sel4ish_event_wait_for(bits);
        else if (sel4ish_counter() < deadline)
            seL4_Yield();
        else
            break;
    }
    return error;
}

static bool wait_ready(const struct sel4ish_connection *c)
{
    seL4_Word bits = sel4ish_connection_bits(c);
    uint64_t deadline = sel4ish_counter() + SEL4ISH_CONNECT_SECONDS * sel4ish_counter_frequency();

    for (unsigned polls = 0; !sel4ish_ready(c) && sel4ish_counter() < deadline; polls++) {
        if (bits && polls >= SEL4ISH_CONNECT_POLLS)
            break;
        seL4_Yield();
    }
    for (unsigned wakes = 0; bits && !sel4ish_ready(c) && wakes < SEL4ISH_CONNECT_WAKES; wakes++)
        sel4ish_event_wait_for(bits);
    return sel4ish_ready(c);
}

seL4_Error sel4ish_connect(const char *name, struct sel4ish_connection *c)
{
    seL4_Error error = request_waiting(name, c);

    if (error != seL4_NoError)
        return error;
    if (!wait_ready(c))
        error = seL4_FailedLookup;
    else if (!sel4ish_header_true(c))
        error = seL4_InvalidArgument;
    if (error != seL4_NoError)
        sel4ish_release(c);
    return error;
}

/* ---- a connection */

bool sel4ish_ready(const struct sel4ish_connection *c)
{
    return c->use && sel4ish_header_ready(sel4ish_base(c)) == c->ready;
}

bool sel4ish_header_true(const struct sel4ish_connection *c)
{
    return sel4ish_header_base(sel4ish_base(c)) == c->base;
}

void sel4ish_release(struct sel4ish_connection *c)
{
    if (c->use && runtime_slot_delete(c->use->v[SEL4ISH_USE_SLOT]) != seL4_NoError)
        sel4ish_stop("cannot delete the client capability of '%s'", c->use->name);
    *c = (struct sel4ish_connection) { 0 };
}

void sel4ish_ring(const struct sel4ish_connection *c)
{
    if (c->use && c->use->v[SEL4ISH_USE_DOORBELL])
        seL4_Signal(c->use->v[SEL4ISH_USE_DOORBELL]);
}

seL4_Word sel4ish_connection_bits(const struct sel4ish_connection *c)
{
    return c->use ? c->use->v[SEL4ISH_USE_BADGE] : 0;
}

sel4ish_routine_t *sel4ish_routine(const struct sel4ish_connection *c, uint64_t pointer)
{
    if (!c->use || !(c->use->v[SEL4ISH_USE_FLAGS] & SEL4ISH_USE_TRUSTS_CODE) ||
        !sel4ish_pointer_is_routine(sel4ish_config(), c->use, c->base, pointer))
        return NULL;
    return (sel4ish_routine_t *)pointer;
}

static void *checked(const struct sel4ish_connection *c, uint64_t pointer, size_t bytes, size_t align, unsigned kinds)
{
    if (!c->use || pointer % align ||
        !sel4ish_pointer_in_region(sel4ish_config(), c->use, c->base, pointer, bytes, kinds))
        return NULL;
    return (void *)pointer;
}

const void *sel4ish_data(const struct sel4ish_connection *c, uint64_t pointer, size_t bytes, size_t align)
{
    return checked(c, pointer, bytes, align, SEL4ISH_KINDS_READ);
}

void *sel4ish_data_writable(const struct sel4ish_connection *c, uint64_t pointer, size_t bytes, size_t align)
{
    return checked(c, pointer, bytes, align, SEL4ISH_KINDS_WRITE);
}
