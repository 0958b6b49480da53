/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: the capabilities that a thread keeps: its spaces, its buffer, its handlers.
 *
 * Every call here checks all that it was given, then empties the slots that change, which may be long and is restarted,
 * and then fills them. What it was given may be gone by then, taken apart with what was in the slots: then the slot
 * stays empty. */
#include "tcb.h"

#include "../core/derivation.h"
#include "../core/derive.h"
#include "../core/fault.h"
#include "../core/invoke.h"
#include "../core/sched.h"
#include "../core/vspace.h"
#include "sched_context.h"

struct change {
    enum thread_slot which;
    struct slot *source;    /* null: the slot is emptied */
    struct cap cap;         /* what a copy of the source's capability holds */
};

static seL4_Error check_cspace(struct slot *source, word_t data, struct change *change)
{
    *change = (struct change){ .which = SLOT_CSPACE, .source = source, .cap = source->cap };
    if (change->cap.type != CAP_CNODE)
        return seL4_IllegalOperation;
    if (data && !cap_set_data(&change->cap, data, false))
        return seL4_IllegalOperation;
    return cap_derive(source, &change->cap);
}

static seL4_Error check_vspace(struct slot *source, struct change *change)
{
    *change = (struct change){ .which = SLOT_VSPACE, .source = source, .cap = source->cap };
    if (!vspace_usable(&source->cap))
        return seL4_IllegalOperation;
    return cap_derive(source, &change->cap);
}

static seL4_Error check_buffer(struct slot *source, vaddr_t vaddr, struct change *change)
{
    *change = (struct change){ .which = SLOT_BUFFER, .source = vaddr ? source : NULL, .cap = source->cap };
    if (!vaddr)
        return seL4_NoError;
    if (change->cap.type != CAP_FRAME || change->cap.flags & CAP_DEVICE)
        return seL4_IllegalOperation;
    if (vaddr & ((1u << MSG_BUFFER_BITS) - 1))
        return seL4_AlignmentError;
    return cap_derive(source, &change->cap);
}

static seL4_Error check_handler(struct invocation *inv, word_t which, enum thread_slot slot, struct change *change)
{
    struct slot *source = inv->caps[which - 1];

    *change = (struct change){ .which = slot, .source = slot_empty(source) ? NULL : source, .cap = source->cap };
    if (!fault_handler_valid(&source->cap))
        return inv_bad_cap(inv, which);
    return change->source ? cap_derive(source, &change->cap) : seL4_NoError;
}

/* Empty the slot and fill it. Preempted: the slot is empty or being emptied, and the call is made again. */
static seL4_Error apply(struct invocation *inv, struct thread *t, const struct change *change)
{
    struct slot *slot = thread_slot(t, change->which);
    const seL4_Error error = slot_delete(slot);

    if (error)
        return error;
    t->space.seen = 0;
    if (inv->slot->cap.object != t || !change->source || change->source->cap.object != change->cap.object)
        return seL4_NoError;
    derivation_insert(slot, &change->cap, change->source);
    return seL4_NoError;
}

static seL4_Error apply_all(struct invocation *inv, struct thread *t, const struct change *changes, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const seL4_Error error = apply(inv, t, &changes[i]);

        if (error)
            return error;
    }
    sched_machine_changed(t);
    return seL4_NoError;
}

/* The kernel writes through the buffer only where the thread could. */
static void set_buffer(struct thread *t, vaddr_t vaddr, const struct change *change)
{
    const rights_t needed = RIGHT_READ | RIGHT_WRITE;

    thread_set_buffer(t, vaddr, change->source && (change->cap.rights & needed) == needed ? &change->cap : NULL);
}

seL4_Error tcb_configure(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;
    const word_t cspace_data = inv_arg(inv, 0);
    const vaddr_t buffer = inv_arg(inv, 2);
    struct change changes[3];
    seL4_Error error;

    error = check_cspace(inv->caps[0], cspace_data, &changes[0]);
    if (!error)
        error = check_vspace(inv->caps[1], &changes[1]);
    if (!error)
        error = check_buffer(inv->caps[2], buffer, &changes[2]);
    if (error)
        return error;

    error = apply_all(inv, t, changes, 3);
    if (error)
        return error;
    set_buffer(t, buffer, &changes[2]);
    return seL4_NoError;
}

seL4_Error tcb_set_space(struct invocation *inv)
{
    struct change changes[3];
    seL4_Error error;

    error = check_handler(inv, 1, SLOT_FAULT_HANDLER, &changes[0]);
    if (!error)
        error = check_cspace(inv->caps[1], inv_arg(inv, 0), &changes[1]);
    if (!error)
        error = check_vspace(inv->caps[2], &changes[2]);
    if (error)
        return error;
    return apply_all(inv, inv->slot->cap.object, changes, 3);
}

seL4_Error tcb_set_ipc_buffer(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;
    const vaddr_t buffer = inv_arg(inv, 0);
    struct change change;
    seL4_Error error = check_buffer(inv->caps[0], buffer, &change);

    if (error)
        return error;
    error = apply_all(inv, t, &change, 1);
    if (error)
        return error;
    set_buffer(t, buffer, &change);
    return seL4_NoError;
}

seL4_Error tcb_set_timeout_endpoint(struct invocation *inv)
{
    struct change change;
    const seL4_Error error = check_handler(inv, 1, SLOT_TIMEOUT_HANDLER, &change);

    return error ? error : apply_all(inv, inv->slot->cap.object, &change, 1);
}

/* May t have this scheduling context, or lose its own (a null capability)? */
static seL4_Error check_context(struct invocation *inv, const struct thread *t, const struct cap *cap)
{
    if (cap->type == CAP_NULL)
        return t == inv->caller ? seL4_IllegalOperation : seL4_NoError;
    if (cap->type != CAP_SC)
        return inv_bad_cap(inv, 2);
    return sc_may_bind(cap->object, t) ? seL4_NoError : seL4_IllegalOperation;
}

seL4_Error tcb_set_sched_params(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;
    const word_t mcp = inv_arg(inv, 0), priority = inv_arg(inv, 1);
    const struct cap *authority = &inv->caps[0]->cap, *context = &inv->caps[1]->cap;
    struct change handler;
    seL4_Error error;

    error = tcb_check_priority(inv, authority, mcp);
    if (!error)
        error = tcb_check_priority(inv, authority, priority);
    if (!error)
        error = check_context(inv, t, context);
    if (!error)
        error = check_handler(inv, 3, SLOT_FAULT_HANDLER, &handler);
    if (error)
        return error;

    error = apply_all(inv, t, &handler, 1);
    if (error)
        return error;
    t->mcp = (uint8_t)mcp;
    thread_set_priority(t, (uint8_t)priority);
    if (context->type == CAP_SC)
        sc_bind_thread(context->object, t);
    else if (t->sc)
        sc_unbind_thread(t->sc);
    return seL4_NoError;
}
