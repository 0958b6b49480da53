/* SPDX-License-Identifier: BSD-2-Clause
 * Finding slots: resolution of capability addresses through guards and radixes, seL4's rules. */
#pragma once

#include "thread.h"

enum lookup_kind {          /* numbers as seL4_LookupFailureType */
    LOOKUP_NONE, LOOKUP_INVALID_ROOT, LOOKUP_MISSING_CAPABILITY, LOOKUP_DEPTH_MISMATCH, LOOKUP_GUARD_MISMATCH
};

struct lookup_failure {
    enum lookup_kind kind;
    word_t bits_left;       /* MISSING_CAPABILITY, DEPTH_MISMATCH, GUARD_MISMATCH; page tables: bits of the missing level */
    word_t bits_found;      /* DEPTH_MISMATCH; GUARD_MISMATCH: the guard's bits */
    word_t guard_found;     /* GUARD_MISMATCH */
};

/* The slot at the last `depth` bits of an address when this CNode is all that they lead through. False says nothing. */
bool cnode_find(const struct cap *cnode, word_t address, word_t depth, struct slot **found);
/* The slot at an address of 64 bits when the thread's own CNode is all that it leads through. False says nothing. */
bool cspace_find(const struct thread *t, word_t address, struct slot **found);
/* The same whatever it leads through. Null and *failure set when it leads nowhere. */
struct slot *cspace_walk(const struct thread *t, word_t address, struct lookup_failure *failure);
/* A capability address of 64 bits in the thread's CSpace, for invocation. Null and *failure set when not found. */
struct slot *cspace_lookup(const struct thread *t, word_t address, struct lookup_failure *failure);
/* A slot for a CNode operation: exactly depth bits, from the CNode capability root. */
seL4_Error cspace_lookup_target(const struct cap *root, word_t index, word_t depth, struct slot **found,
                                struct lookup_failure *failure) MUST_USE;
