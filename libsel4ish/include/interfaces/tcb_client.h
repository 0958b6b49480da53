/* SPDX-License-Identifier: BSD-2-Clause
 * TCB: what may be done to a thread by whoever holds its capability. */
#pragma once

#include <interfaces/invoke.h>

enum { sel4ish_ContextWords = sizeof(seL4_UserContext) / sizeof(seL4_Word) };

/* The first count registers of *regs. The thread must not be the caller. */
LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_ReadRegisters(seL4_TCB _service, seL4_Bool suspend_source,
                                                      seL4_Uint8 arch_flags, seL4_Word count, seL4_UserContext *regs)
{
    struct sel4ish_message m = { 0, (seL4_Word)(suspend_source & 1) | (seL4_Word)arch_flags << 8, count, 0, 0 };
    seL4_Error error = sel4ish_invoke(_service, TCBReadRegisters, 0, 2, &m);
    seL4_Word *to = &regs->pc;

    if (error != seL4_NoError)
        return error;
    sel4ish_message_store(&m);
    for (seL4_Word i = 0; i < count && i < sel4ish_ContextWords; i++)
        to[i] = seL4_GetMR((int)i);
    return seL4_NoError;
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_WriteRegisters(seL4_TCB _service, seL4_Bool resume_target,
                                                       seL4_Uint8 arch_flags, seL4_Word count, seL4_UserContext *regs)
{
    const seL4_Word *from = &regs->pc;

    if (count > sel4ish_ContextWords)
        count = sel4ish_ContextWords;
    for (seL4_Word i = 2; i < count; i++)
        seL4_SetMR((int)i + 2, from[i]);
    return sel4ish_invoke4(_service, TCBWriteRegisters, 0, count + 2,
                           (seL4_Word)(resume_target & 1) | (seL4_Word)arch_flags << 8, count,
                           count > 0 ? from[0] : 0, count > 1 ? from[1] : 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_CopyRegisters(seL4_TCB _service, seL4_TCB source, seL4_Bool suspend_source,
                                                      seL4_Bool resume_target, seL4_Bool transfer_frame,
                                                      seL4_Bool transfer_integer, seL4_Uint8 arch_flags)
{
    seL4_Word flags = (seL4_Word)(suspend_source & 1) | (seL4_Word)(resume_target & 1) << 1 |
                      (seL4_Word)(transfer_frame & 1) << 2 | (seL4_Word)(transfer_integer & 1) << 3 |
                      (seL4_Word)arch_flags << 8;

    seL4_SetCap(0, source);
    return sel4ish_invoke4(_service, TCBCopyRegisters, 1, 1, flags, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_Configure(seL4_TCB _service, seL4_CNode cspace_root, seL4_Word cspace_root_data,
                                                  seL4_CPtr vspace_root, seL4_Word vspace_root_data, seL4_Word buffer,
                                                  seL4_CPtr bufferFrame)
{
    seL4_SetCap(0, cspace_root);
    seL4_SetCap(1, vspace_root);
    seL4_SetCap(2, bufferFrame);
    return sel4ish_invoke4(_service, TCBConfigure, 3, 3, cspace_root_data, vspace_root_data, buffer, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_SetPriority(seL4_TCB _service, seL4_CPtr authority, seL4_Word priority)
{
    seL4_SetCap(0, authority);
    return sel4ish_invoke4(_service, TCBSetPriority, 1, 1, priority, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_SetMCPriority(seL4_TCB _service, seL4_CPtr authority, seL4_Word mcp)
{
    seL4_SetCap(0, authority);
    return sel4ish_invoke4(_service, TCBSetMCPriority, 1, 1, mcp, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_SetSchedParams(seL4_TCB _service, seL4_CPtr authority, seL4_Word mcp,
                                                       seL4_Word priority, seL4_CPtr sched_context, seL4_CPtr fault_ep)
{
    seL4_SetCap(0, authority);
    seL4_SetCap(1, sched_context);
    seL4_SetCap(2, fault_ep);
    return sel4ish_invoke4(_service, TCBSetSchedParams, 3, 2, mcp, priority, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_SetTimeoutEndpoint(seL4_TCB _service, seL4_CPtr timeout_fault_ep)
{
    seL4_SetCap(0, timeout_fault_ep);
    return sel4ish_invoke4(_service, TCBSetTimeoutEndpoint, 1, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_SetIPCBuffer(seL4_TCB _service, seL4_Word buffer, seL4_CPtr bufferFrame)
{
    seL4_SetCap(0, bufferFrame);
    return sel4ish_invoke4(_service, TCBSetIPCBuffer, 1, 1, buffer, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_SetSpace(seL4_TCB _service, seL4_CPtr fault_ep, seL4_CNode cspace_root,
                                                 seL4_Word cspace_root_data, seL4_CPtr vspace_root,
                                                 seL4_Word vspace_root_data)
{
    seL4_SetCap(0, fault_ep);
    seL4_SetCap(1, cspace_root);
    seL4_SetCap(2, vspace_root);
    return sel4ish_invoke4(_service, TCBSetSpace, 3, 2, cspace_root_data, vspace_root_data, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_Suspend(seL4_TCB _service)
{
    return sel4ish_invoke4(_service, TCBSuspend, 0, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_Resume(seL4_TCB _service)
{
    return sel4ish_invoke4(_service, TCBResume, 0, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_BindNotification(seL4_TCB _service, seL4_CPtr notification)
{
    seL4_SetCap(0, notification);
    return sel4ish_invoke4(_service, TCBBindNotification, 1, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_UnbindNotification(seL4_TCB _service)
{
    return sel4ish_invoke4(_service, TCBUnbindNotification, 0, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_TCB_SetTLSBase(seL4_TCB _service, seL4_Word tls_base)
{
    return sel4ish_invoke4(_service, TCBSetTLSBase, 0, 1, tls_base, 0, 0, 0);
}

struct seL4_TCB_SetFlags {
    int error;
    seL4_Word flags;
};
typedef struct seL4_TCB_SetFlags seL4_TCB_SetFlags_t;

/* Clears, then sets; answers the flags that hold now. */
LIBSEL4_INLINE_FUNC seL4_TCB_SetFlags_t seL4_TCB_SetFlags(seL4_TCB _service, seL4_Word clear, seL4_Word set)
{
    struct sel4ish_message m = { 0, clear, set, 0, 0 };
    seL4_TCB_SetFlags_t result;

    result.error = (int)sel4ish_invoke(_service, TCBSetFlags, 0, 2, &m);
    result.flags = m.mr0;
    return result;
}
