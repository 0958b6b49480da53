/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: a stopped thread's registers, in the order of libsel4's seL4_UserContext. */
#include "tcb.h"

#include "../arch/arch.h"
#include "../core/invoke.h"
#include "../core/ipc.h"

enum { READ_SUSPEND = 1, WRITE_RESUME = 1 };
enum { COPY_SUSPEND_SOURCE = 1, COPY_RESUME_TARGET = 2, COPY_FRAME = 4, COPY_INTEGER = 8 };

seL4_Error tcb_read_registers(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;
    const word_t flags = inv_arg(inv, 0), count = inv_arg(inv, 1);
    word_t registers[ARCH_REGS];

    if (count < 1 || count > ARCH_REGS)
        return inv_range(inv, 1, ARCH_REGS);
    if (t == inv->caller)
        return seL4_IllegalOperation;

    if (flags & READ_SUSPEND)
        thread_suspend(t);
    arch_frame_export(&t->frame, registers);
    for (word_t i = 0; i < count; i++)
        inv_return(inv, i, registers[i]);
    return seL4_NoError;
}

seL4_Error tcb_write_registers(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;
    const word_t flags = inv_arg(inv, 0);
    word_t count = inv_arg(inv, 1), registers[ARCH_REGS];

    if (inv->argc - 2 < count)
        return seL4_TruncatedMessage;
    if (t == inv->caller)
        return seL4_IllegalOperation;

    if (count > ARCH_REGS)
        count = ARCH_REGS;
    for (word_t i = 0; i < count; i++)
        registers[i] = inv_arg(inv, 2 + i);
    arch_frame_import(&t->frame, registers, count);
    if (flags & WRITE_RESUME)
        thread_resume(t);
    return seL4_NoError;
}

seL4_Error tcb_copy_registers(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object, *source = inv->caps[0]->cap.object;
    const word_t flags = inv_arg(inv, 0);
    word_t from[ARCH_REGS], registers[ARCH_REGS];

    if (inv->caps[0]->cap.type != CAP_TCB)
        return inv_bad_cap(inv, 1);

    if (flags & COPY_SUSPEND_SOURCE)
        thread_suspend(source);
    arch_frame_export(&source->frame, from);
    arch_frame_export(&t->frame, registers);
    for (unsigned i = 0; i < ARCH_REGS; i++)
        if (flags & (i < ARCH_FRAME_REGS ? COPY_FRAME : COPY_INTEGER))
            registers[i] = from[i];
    if (flags & (COPY_FRAME | COPY_INTEGER))
        arch_frame_import(&t->frame, registers, ARCH_REGS);
    if (flags & COPY_RESUME_TARGET)
        thread_resume(t);
    return seL4_NoError;
}

seL4_Error tcb_set_tls_base(struct invocation *inv)
{
    struct thread *t = inv->slot->cap.object;

    arch_frame_set_tls(&t->frame, inv_arg(inv, 0));
    return seL4_NoError;
}
