/* SPDX-License-Identifier: BSD-2-Clause
 * Registry: a list of interfaces, and who may do what with which.
 *
 * A capability to it carries rights (grant: provision, write: register, read: request) and a badge
 * label << 40 | instance << 32 | id << 16 | version; badge 0 covers everything, any other exactly what it says (which
 * badges can be minted: core/derive.c).
 *
 * Invariants: interfaces lie in the registry's slots, each the only capability of its kind; no two have one key; an
 * interface that was revoked leaves an empty slot, which may be used again. */
#pragma once

#include "../core/invoke.h"
#include "interface.h"

enum { REGISTRY_MONITOR, REGISTRY_FIRST, REGISTRY_SLOTS = 256 };

struct registry {
    union slot_cell slots[REGISTRY_SLOTS];      /* the monitor's notification, then interfaces */
};
_Static_assert(sizeof(struct registry) <= 1u << 14, "a registry is as large as it says");

/* Does the invoked capability cover this? Otherwise the caller's denial is counted, and reported if it is the first
 * since its counters were read. *label: the capability's, or the key's where the capability is unrestricted. */
seL4_Error registry_admit(struct invocation *inv, rights_t right, word_t key, word_t *label) MUST_USE;
/* The interface of that key (a label in it is not looked at); null: not on the list. */
struct interface *registry_find(struct registry *r, word_t key);
/* The slot where a listed interface's capability lies. */
struct slot *registry_slot_of(struct registry *r, const struct interface *i);
