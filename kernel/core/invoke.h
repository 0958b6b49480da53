/* SPDX-License-Identifier: BSD-2-Clause
 * Invocation: a message to a kernel object. Handlers are named in kernel/abi/invocations.def; each starts with
 * capability type and counts already proven, checks everything, and then changes. */
#pragma once

#include "../arch/arch.h"
#include "cap.h"
#include "cspace.h"
#include "thread.h"

struct invocation {
    struct thread *caller;
    const struct ipc_buffer *buffer;/* the caller's, if argc > MSG_REGS */
    struct slot *slot;              /* that holds the invoked capability */
    word_t label;
    word_t argc;                    /* message words present */
    word_t capc;                    /* extra capabilities present */
    struct slot *const *caps;       /* each found in the caller's CSpace (never null for index < capc; may hold CAP_NULL) */
    bool call;                      /* the caller waits for a reply (Call) */
    bool blocked;                   /* the handler arranged the reply itself (YieldTo): send none */
    /* What goes back. On error, msg is filled by the inv_... helpers as libsel4 documents it. */
    word_t reply_len;
};

seL4_Error invoke(struct invocation *inv) MUST_USE;      /* table checks, then the handler */

/* Message word i < argc. Read each once: it may be user memory. */
static inline word_t inv_arg(const struct invocation *inv, word_t i)
{
    return i < MSG_REGS ? arch_frame_get(&inv->caller->frame, (unsigned)i)
                        : *(volatile const word_t *)&inv->buffer->msg[i];
}
void   inv_return(struct invocation *inv, word_t i, word_t value);   /* the reply's next message word, i */

/* Errors with what libsel4 puts beside them in the reply's message words; each returns its code. */
APART seL4_Error inv_bad_arg(struct invocation *inv, word_t which);  /* seL4_InvalidArgument, MR0 = number of the argument */
APART seL4_Error inv_bad_cap(struct invocation *inv, word_t which);  /* seL4_InvalidCapability, MR0 = number; 0: the invoked */
APART seL4_Error inv_range(struct invocation *inv, word_t min, word_t max);  /* seL4_RangeError */
/* seL4_FailedLookup, MR0 source, MR1 kind, MR2 and on its details. */
APART seL4_Error inv_lookup(struct invocation *inv, bool source, const struct lookup_failure *f);
/* The same: missing capability, or a level with so many bits. */
APART seL4_Error inv_missing(struct invocation *inv, bool source, word_t bits);
APART seL4_Error inv_memory(struct invocation *inv, word_t bytes_left);      /* seL4_NotEnoughMemory */
APART seL4_Error inv_occupied(struct invocation *inv, word_t which); /* seL4_DeleteFirst, MR0 = number of the slot argument */

/* The slot at index, from a CNode capability: empty or not. source: a failure is reported as one of the source's. */
seL4_Error inv_slot(struct invocation *inv, bool source, const struct cap *root, word_t index, word_t depth,
                    struct slot **found) MUST_USE;
/* An empty slot for a new capability. root is a CNode capability. `which`: number of the index argument, for errors. */
seL4_Error inv_target_slot(struct invocation *inv, const struct cap *root, word_t index, word_t depth, word_t which,
                           struct slot **found) MUST_USE;
/* May the thread that runs go on with long work, or must it stop here (interrupt pending)? */
bool preempt_pending(void);

#define INVOCATION(label, handler, cap, args, caps) seL4_Error handler(struct invocation *inv) MUST_USE;
#include "../abi/invocations.def"
#undef INVOCATION
