/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: starting, stopping, priorities, flags and the end of a thread. Its spaces are tcb_space.c's, its registers
 * tcb_registers.c's. */
#include "tcb.h"

#include "../arch/arch.h"
#include "../core/fpu.h"
#include "../core/invoke.h"
#include "../core/ipc.h"
#include "../core/sched.h"
#include "notification.h"
#include "sched_context.h"

seL4_Error tcb_check_priority(struct invocation *inv, const struct cap *authority, word_t priority)
{
    const struct thread *t = authority->object;

    if (authority->type != CAP_TCB)
        return inv_bad_cap(inv, 1);
    return priority > t->mcp ? inv_range(inv, 0, t->mcp) : seL4_NoError;
}

seL4_Error tcb_set_priority(struct invocation *inv)
{
    const word_t priority = inv_arg(inv, 0);
    const seL4_Error error = tcb_check_priority(inv, &inv->caps[0]->cap, priority);

    if (error)
        return error;
    thread_set_priority(inv->slot->cap.object, (uint8_t)priority);
    return seL4_NoError;
}

seL4_Error tcb_set_mcpriority(struct invocation *inv)
{
    const word_t mcp = inv_arg(inv, 0);
    const seL4_Error error = tcb_check_priority(inv, &inv->caps[0]->cap, mcp);
    struct thread *t = inv->slot->cap.object;

    if (error)
        return error;
    t->mcp = (uint8_t)mcp;
    return seL4_NoError;
}

seL4_Error tcb_suspend(struct invocation *inv)
{
    thread_suspend(inv->slot->cap.object);
    return seL4_NoError;
}

seL4_Error tcb_resume(struct invocation *inv)
{
    thread_resume(inv->slot->cap.object);
    return seL4_NoError;
}

seL4_Error tcb_bind_notification(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;
    const struct cap *cap = &inv->caps[0]->cap;
    struct notification *n = cap->object;

    if (t->bound || cap->type != CAP_NOTIFICATION || !(cap->rights & RIGHT_READ))
        return seL4_IllegalOperation;
    if (n->bound || wait_queue_head(&n->waiters))
        return seL4_IllegalOperation;
    notification_bind(n, t);
    notification_deliver(n);
    return seL4_NoError;
}

seL4_Error tcb_unbind_notification(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;

    if (!t->bound)
        return seL4_IllegalOperation;
    notification_unbind(t->bound);
    return seL4_NoError;
}

seL4_Error tcb_set_flags(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;
    const word_t clear = inv_arg(inv, 0), set = inv_arg(inv, 1);
    const word_t known = THREAD_FLAG_FPU_DISABLED | THREAD_FLAG_TIMER;

    t->flags = (uint8_t)((t->flags & (~clear | ~known)) | (set & known));
    if (t->flags & THREAD_FLAG_FPU_DISABLED)
        fpu_store(t);
    sched_machine_changed(t);
    inv_return(inv, 0, t->flags & known);
    return seL4_NoError;
}

seL4_Error tcb_read_counters(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;

    inv_return(inv, 0, t->counters.syscalls);
    inv_return(inv, 1, t->counters.faults);
    inv_return(inv, 2, t->counters.switches);
    inv_return(inv, 3, t->counters.denials);
    inv_return(inv, 4, t->last_fault);
    inv_return(inv, 5, t->counters.drops);
    t->denial_reported = false;
    return seL4_NoError;
}

static void first(struct cap *cap)
{
    struct thread *t = cap->object;

    thread_suspend(t);
    if (t->bound)
        notification_unbind(t->bound);
    if (t->sc)
        sc_unbind_thread(t->sc);
    fpu_drop(t);
}

const struct object_end tcb_end = { .first = first };
