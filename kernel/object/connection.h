/* SPDX-License-Identifier: BSD-2-Clause
 * Connection: the frames that one client shares with the provider of one interface, under one label, for ever.
 *
 *            Request                 client leaves                    Acknowledge
 *   FREE ──────────────▶ LIVE ──────────────────────────▶ DRAINING ──────────────────▶ CLEARING ──▶ FREE
 *     ▲                    │ provider leaves                   │ provider leaves           ▲   pages zeroed,
 *     └ (CLEARING done)    └──────────▶ ORPHANED ──────────────┼───────────────────────────┘   preemptibly
 *                                          client leaves       └──▶ CLEARING
 *
 * Invariants: the data frames of a connection of an interface match its layout, are named by no other capability, and
 * are mapped at most for the interface's provider (while one is registered) and for the client (while LIVE or
 * ORPHANED). client.tag is set exactly in LIVE and ORPHANED. Pages are zeroed between a client and FREE; what is in a
 * FREE one after that, the provider wrote. held: a client capability exists or its end is under way; false in FREE. */
#pragma once

#include "../core/vspace.h"
#include "layout.h"
#include "party.h"

struct interface;

enum connection_state {         /* numbers as ProviderQuery tells them; CLEARING is told as DRAINING */
    CONNECTION_FREE, CONNECTION_LIVE, CONNECTION_DRAINING, CONNECTION_ORPHANED, CONNECTION_CLEARING
};

enum { CONNECTION_SLOTS = PARTY_SLOTS + LAYOUT_PAGES, LABEL_BITS = 24 };

/* What a consumed frame's capability says in aux: whose slots it lies in. */
enum { CONSUMER_CONNECTION = 1, CONSUMER_INTERFACE = 2 };

struct connection {
    struct party client;
    struct interface *interface;                /* null: not part of one yet, or not any more */
    uint32_t label;
    uint32_t sequence;                          /* requests answered so far */
    uint16_t index;                             /* in the interface */
    uint16_t frames;                            /* provided so far */
    uint8_t state;                              /* enum connection_state */
    bool held;
    bool broken;                                /* a frame was revoked: never granted again */
    uint16_t clear_page;                        /* CLEARING: up to where pages are zero */
    word_t clear_offset;
    union slot_cell slots[CONNECTION_SLOTS];    /* the client's fixed capabilities, then frames */
};
_Static_assert(sizeof(struct connection) <= 1u << 13, "a connection is as large as it says");

static inline struct slot *connection_frame(struct connection *c, unsigned n)
{
    return &c->slots[PARTY_SLOTS + n].slot;
}

/* Do the frames match the layout, each one there? */
bool connection_matches(struct connection *c, const struct layout *layout);
/* Can it be given to a client now (when it is CLEARING: after connection_clear)? */
bool connection_available(const struct connection *c);

/* Could a side's pages be mapped at base of the address space? Fills the invocation's answer when not. */
seL4_Error connection_check(struct connection *c, enum side side, uint32_t tag, vaddr_t base,
                            struct invocation *inv) MUST_USE;
void connection_map(struct connection *c, enum side side, uint32_t tag, vaddr_t base);
/* Each does nothing for pages that are not mapped any more. */
void connection_unmap_client(struct connection *c);
void connection_unmap_provider(struct connection *c);
/* Page n of the interface's code. */
void connection_unmap_code(struct connection *c, unsigned n);

/* Ready word 0, then the base as two halves. */
void connection_header_write(struct connection *c, vaddr_t base);
void connection_clear_begin(struct connection *c);
/* Zero the pages, then FREE. seL4_NoError or KERNEL_PREEMPTED: call again. */
seL4_Error connection_clear(struct connection *c) MUST_USE;
/* The owner takes it back: both sides are unmapped at once. A client capability may outlive this, and is then empty. */
void connection_withdraw(struct connection *c);
/* The provider's capability goes: this connection's share of it. As connection_clear. */
seL4_Error connection_provider_left(struct connection *c) MUST_USE;
