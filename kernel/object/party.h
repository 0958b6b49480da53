/* SPDX-License-Identifier: BSD-2-Clause
 * Party: one side of an interface (its provider) or of a connection (its client): where it is mapped, whom to signal,
 * and what provisioning fixed for it in advance.
 *
 * Invariants: fixed capabilities lie in the first slots of the party's object, as children of those that were handed
 * over; an empty one of a fixed party was revoked. tag is 0 unless the party is mapped. PARTY_SIGNAL is filled only
 * while the party is there or its end is under way. */
#pragma once

#include "../core/invoke.h"

enum party_slot { PARTY_VSPACE, PARTY_CNODE, PARTY_NOTIFICATION, PARTY_SIGNAL, PARTY_SLOTS };

struct party {
    bool fixed, fixed_notification;
    vaddr_t fixed_base;
    word_t index, depth;            /* of the fixed slot, in the CNode of PARTY_CNODE */
    uint32_t tag;                   /* address space that the pages are mapped in */
    vaddr_t base;                   /* where */
};

/* The arguments of Register and Request once they are found good: words 1 to 3 and capabilities 0 to 2. */
struct seat {
    uint32_t tag;
    vaddr_t base;
    struct slot *slot;              /* for the new capability; seat_check_slot: it is empty */
    struct slot *notification;      /* null: none */
};

/* FixProvider, FixClient: words base, index, depth; capabilities vspace, root, notification (may be absent). */
seL4_Error party_fix(struct party *p, union slot_cell *slots, struct invocation *inv) MUST_USE;
/* Take the seat from what is fixed and what the message says. Changes nothing. */
seL4_Error party_read(const struct party *p, union slot_cell *slots, struct invocation *inv,
                      struct seat *seat) MUST_USE;
seL4_Error seat_check_slot(const struct seat *seat, struct invocation *inv) MUST_USE;
/* Is the seat's base good for `bytes` of pages of at most 1 << largest_bits? */
seL4_Error seat_check_base(const struct seat *seat, unsigned largest_bits, word_t bytes,
                           struct invocation *inv) MUST_USE;
void party_sit(struct party *p, union slot_cell *slots, const struct seat *seat);
void party_leave(struct party *p);                             /* its pages are unmapped already */
/* It left: nobody is signalled any more. Long when that was the last capability to a notification for which many wait. */
seL4_Error party_forget(union slot_cell *slots) MUST_USE;
void party_signal(union slot_cell *slots);                     /* through PARTY_SIGNAL, if there is one */
/* Signal whatever notification a slot holds, if it does. */
void slot_signal(const struct slot *slot);
/* Is extra capability i of the message there? A null capability stands for none. */
bool inv_has_cap(const struct invocation *inv, word_t i);
