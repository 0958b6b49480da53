/* SPDX-License-Identifier: BSD-2-Clause
 * Finding slots: resolution of capability addresses through guards and radixes, seL4's rules. */
#pragma once

#include "cap.h"

enum lookup_kind {          /* numbers as seL4_LookupFailureType */
    LOOKUP_NONE, LOOKUP_INVALID_ROOT, LOOKUP_MISSING_CAPABILITY, LOOKUP_DEPTH_MISMATCH, LOOKUP_GUARD_MISMATCH
};

struct lookup_failure {
    enum lookup_kind kind;
    word_t bits_left;       /* MISSING_CAPABILITY, DEPTH_MISMATCH, GUARD_MISMATCH; page tables: bits of the missing level */
    word_t bits_found;      /* DEPTH_MISMATCH; GUARD_MISMATCH: the guard's bits */
    word_t guard_found;     /* GUARD_MISMATCH */
};

struct thread;
/* A capability address of 64 bits in the thread's CSpace, for invocation. Null and *failure set when not found. */
struct slot *cspace_lookup(struct thread *t, word_t address, struct lookup_failure *failure);
/* A slot for a CNode operation: exactly depth bits, from the CNode capability root. */
seL4_Error cspace_lookup_target(const struct cap *root, word_t index, word_t depth, struct slot **found,
                                struct lookup_failure *failure) MUST_USE;
