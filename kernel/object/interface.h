/* SPDX-License-Identifier: BSD-2-Clause
 * Interface: one id, version and instance: the layout of its connections, its shared code, and its provider while one
 * is registered.
 *
 * Invariants: connections and code frames lie in the interface's slots, each the only capability of its kind to its
 * object; a slot whose capability was revoked is empty and stays so. provider.tag is set exactly while status is not
 * INTERFACE_VACANT, unless the interface has ended. While INTERFACE_ENTERING, connections from `mapped` on are still to be
 * mapped for the provider; while INTERFACE_LEAVING, those from `leaving` on are still to be unmapped. */
#pragma once

#include "../core/derivation.h"
#include "connection.h"
#include "layout.h"
#include "party.h"

enum { INTERFACE_CONNECTIONS = 160, INTERFACE_CODE = LAYOUT_PAGES };
enum { INTERFACE_SLOTS = PARTY_SLOTS + INTERFACE_CODE + INTERFACE_CONNECTIONS };

enum interface_status { INTERFACE_VACANT, INTERFACE_ENTERING, INTERFACE_REGISTERED, INTERFACE_LEAVING };

/* instance << 32 | id << 16 | version: what Register, Request and Query ask for. */
enum { KEY_ID_SHIFT = 16, KEY_LABEL_SHIFT = 40 };
#define KEY_MASK (((word_t)1 << KEY_LABEL_SHIFT) - 1)
bool key_valid(word_t key);                         /* id and version are not 0; no label */

struct interface {
    struct party provider;
    struct layout layout;
    word_t key;                                     /* 0: not configured */
    uint16_t code;                                  /* frames provided so far; interface_code(code) may be there too: */
    bool publishing;                                /* it is, and its caches are brought in line ... */
    word_t published;                               /* ... up to here */
    uint16_t connections;                           /* provided so far */
    uint16_t checked;
    uint16_t mapped;
    uint16_t leaving;
    uint8_t status;                                 /* enum interface_status */
    bool ended;                                     /* its owner takes it back: nothing is granted any more */
    bool withdrawn; /* ... and nothing of it is mapped. A provider capability may outlive it, and is empty */
    bool broken;                                    /* a code frame was revoked: nothing is granted any more */
    union slot_cell slots[INTERFACE_SLOTS];         /* the provider's fixed capabilities, code frames, connections */
};
_Static_assert(sizeof(struct interface) <= 1u << 14, "an interface is as large as it says");

static inline struct slot *interface_code(struct interface *i, unsigned n)
{
    return &i->slots[PARTY_SLOTS + n].slot;
}

static inline struct slot *interface_slot(struct interface *i, unsigned n)
{
    return &i->slots[PARTY_SLOTS + INTERFACE_CODE + n].slot;
}

/* Connection n; null: it was revoked. n < connections. */
struct connection *interface_connection(struct interface *i, unsigned n);
/* The first connection of that label that Request may use; null: none. */
struct connection *interface_available(struct interface *i, uint32_t label);
/* Configured, with all its code, and nothing revoked? */
bool interface_complete(const struct interface *i);
/* End every connection: both sides unmapped. seL4_NoError or KERNEL_PREEMPTED: call again. */
seL4_Error interface_withdraw(struct interface *i) MUST_USE;
/* The capability to a page of code is about to go. */
void interface_code_gone(struct interface *i, struct slot *slot);
/* Move a frame's capability into a consumer's slot. kind: CONSUMER_... */
void frame_consume(struct slot *to, struct slot *from, void *consumer, uint32_t kind);
