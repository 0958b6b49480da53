/* SPDX-License-Identifier: BSD-2-Clause
 * Invocation: every check that needs only the table is made here, once, so that a handler starts with its arguments
 * present. */
#include "invoke.h"

#include "../object/sgi.h"

static const struct {
    seL4_Error (*run)(struct invocation *);
    uint8_t cap, argc, capc;
} table[INVOCATION_COUNT] = {
    [INVALID_INVOCATION] = { .cap = CAP_COUNT },    /* of no capability; nor is any other row of a null one or a zombie */
#define INVOCATION(label, handler, cap, args, caps) [label] = { handler, CAP_##cap, args, caps },
#include "../abi/invocations.def"
#undef INVOCATION
};

/* The label is of no call of the capability, or the capability is of none. */
static seL4_Error no_row(struct invocation *inv)
{
    switch (inv->slot->cap.type) {
    case CAP_NULL:
    case CAP_ZOMBIE:
        return inv_bad_cap(inv, 0);
    case CAP_SGI_SIGNAL:
        return sgi_raise(&inv->slot->cap);
    default:
        return seL4_IllegalOperation;
    }
}

seL4_Error invoke(struct invocation *inv)
{
    const struct cap *cap = &inv->slot->cap;

    if (inv->label >= INVOCATION_COUNT || table[inv->label].cap != cap->type)
        return no_row(inv);
    if (inv->argc < table[inv->label].argc || inv->capc < table[inv->label].capc)
        return seL4_TruncatedMessage;
    return table[inv->label].run(inv);
}

void inv_return(struct invocation *inv, word_t i, word_t value)
{
    if (!inv->call)
        return;         /* nobody waits for an answer: the sender's registers stay as they are */
    struct ipc_buffer *buffer = i < MSG_REGS ? NULL : thread_buffer(inv->caller);
    if (i < MSG_REGS)
        arch_frame_set(&inv->caller->frame, (unsigned)i, value);
    else if (buffer)
        buffer->msg[i] = value;
    else
        return;         /* no buffer: the answer ends with the registers */
    inv->reply_len = i + 1;
}

seL4_Error inv_bad_arg(struct invocation *inv, word_t which)
{
    inv_return(inv, 0, which);
    return seL4_InvalidArgument;
}

seL4_Error inv_bad_cap(struct invocation *inv, word_t which)
{
    inv_return(inv, 0, which);
    return seL4_InvalidCapability;
}

seL4_Error inv_range(struct invocation *inv, word_t min, word_t max)
{
    inv_return(inv, 0, min);
    inv_return(inv, 1, max);
    return seL4_RangeError;
}

seL4_Error inv_lookup(struct invocation *inv, bool source, const struct lookup_failure *f)
{
    inv_return(inv, 0, source);
    inv_return(inv, 1, f->kind);
    switch (f->kind) {
    case LOOKUP_NONE:
    case LOOKUP_INVALID_ROOT:
        break;
    case LOOKUP_MISSING_CAPABILITY:
        inv_return(inv, 2, f->bits_left);
        break;
    case LOOKUP_DEPTH_MISMATCH:
        inv_return(inv, 2, f->bits_left);
        inv_return(inv, 3, f->bits_found);
        break;
    case LOOKUP_GUARD_MISMATCH:
        inv_return(inv, 2, f->bits_left);
        inv_return(inv, 3, f->guard_found);
        inv_return(inv, 4, f->bits_found);
        break;
    }
    return seL4_FailedLookup;
}

seL4_Error inv_missing(struct invocation *inv, bool source, word_t bits)
{
    const struct lookup_failure failure = { .kind = LOOKUP_MISSING_CAPABILITY, .bits_left = bits };

    return inv_lookup(inv, source, &failure);
}

seL4_Error inv_memory(struct invocation *inv, word_t bytes_left)
{
    inv_return(inv, 0, bytes_left);
    return seL4_NotEnoughMemory;
}

seL4_Error inv_occupied(struct invocation *inv, word_t which)
{
    inv_return(inv, 0, which);
    return seL4_DeleteFirst;
}

/* Through any number of CNodes, or to an error. */
APART static seL4_Error walk(struct invocation *inv, bool source, const struct cap *root, word_t index, word_t depth,
                             struct slot **found)
{
    struct lookup_failure failure;
    const seL4_Error error = cspace_lookup_target(root, index, depth, found, &failure);

    if (error == seL4_RangeError)
        return inv_range(inv, 1, WORD_BITS);
    if (error)
        return inv_lookup(inv, source, &failure);
    return seL4_NoError;
}

seL4_Error inv_slot(struct invocation *inv, bool source, const struct cap *root, word_t index, word_t depth,
                    struct slot **found)
{
    return cnode_find(root, index, depth, found) ? seL4_NoError : walk(inv, source, root, index, depth, found);
}

seL4_Error inv_target_slot(struct invocation *inv, const struct cap *root, word_t index, word_t depth, word_t which,
                           struct slot **found)
{
    const seL4_Error error = inv_slot(inv, false, root, index, depth, found);

    if (error)
        return error;
    return slot_empty(*found) ? seL4_NoError : inv_occupied(inv, which);
}

bool preempt_pending(void)
{
    return arch_irq_pending();
}
