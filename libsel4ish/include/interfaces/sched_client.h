/* SPDX-License-Identifier: BSD-2-Clause
 * Scheduling contexts and interrupts. Times are microseconds. */
#pragma once

#include <interfaces/invoke.h>

LIBSEL4_INLINE_FUNC seL4_Error seL4_SchedControl_ConfigureFlags(seL4_SchedControl _service, seL4_SchedContext target,
                                                                seL4_Time budget, seL4_Time period,
                                                                seL4_Word extra_refills, seL4_Word badge,
                                                                seL4_Word flags)
{
    seL4_SetCap(0, target);
    seL4_SetMR(4, flags);
    return sel4ish_invoke4(_service, SchedControlConfigureFlags, 1, 5, budget, period, extra_refills, badge);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_SchedControl_Configure(seL4_SchedControl _service, seL4_SchedContext target,
                                                           seL4_Time budget, seL4_Time period, seL4_Word extra_refills,
                                                           seL4_Word badge)
{
    return seL4_SchedControl_ConfigureFlags(_service, target, budget, period, extra_refills, badge,
                                            seL4_SchedContext_NoFlag);
}

struct seL4_SchedContext_Consumed {
    int error;
    seL4_Time consumed;
};
typedef struct seL4_SchedContext_Consumed seL4_SchedContext_Consumed_t;

struct seL4_SchedContext_YieldTo {
    int error;
    seL4_Time consumed;
};
typedef struct seL4_SchedContext_YieldTo seL4_SchedContext_YieldTo_t;

LIBSEL4_INLINE_FUNC seL4_SchedContext_Consumed_t seL4_SchedContext_Consumed(seL4_SchedContext _service)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };
    seL4_SchedContext_Consumed_t result;

    result.error = (int)sel4ish_invoke(_service, SchedContextConsumed, 0, 0, &m);
    result.consumed = m.mr0;
    return result;
}

LIBSEL4_INLINE_FUNC seL4_SchedContext_YieldTo_t seL4_SchedContext_YieldTo(seL4_SchedContext _service)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };
    seL4_SchedContext_YieldTo_t result;

    result.error = (int)sel4ish_invoke(_service, SchedContextYieldTo, 0, 0, &m);
    result.consumed = m.mr0;
    return result;
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_SchedContext_Bind(seL4_SchedContext _service, seL4_CPtr cap)
{
    seL4_SetCap(0, cap);
    return sel4ish_invoke4(_service, SchedContextBind, 1, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_SchedContext_Unbind(seL4_SchedContext _service)
{
    return sel4ish_invoke4(_service, SchedContextUnbind, 0, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_SchedContext_UnbindObject(seL4_SchedContext _service, seL4_CPtr cap)
{
    seL4_SetCap(0, cap);
    return sel4ish_invoke4(_service, SchedContextUnbindObject, 1, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_IRQControl_Get(seL4_IRQControl _service, seL4_Word irq, seL4_CNode root,
                                                   seL4_Word index, seL4_Uint8 depth)
{
    seL4_SetCap(0, root);
    return sel4ish_invoke4(_service, IRQIssueIRQHandler, 1, 3, irq, index, depth, 0);
}

/* trigger: 1 edge, 0 level. */
LIBSEL4_INLINE_FUNC seL4_Error seL4_IRQControl_GetTrigger(seL4_IRQControl _service, seL4_Word irq, seL4_Word trigger,
                                                          seL4_CNode root, seL4_Word index, seL4_Uint8 depth)
{
    seL4_SetCap(0, root);
    return sel4ish_invoke4(_service, ARMIRQIssueIRQHandlerTrigger, 1, 4, irq, trigger, index, depth);
}

/* What it puts into the slot raises interrupt irq (of those that software may raise) at that processor, by any message. */
LIBSEL4_INLINE_FUNC seL4_Error seL4_IRQControl_IssueSGISignal(seL4_IRQControl _service, seL4_Word irq, seL4_Word target,
                                                              seL4_CNode root, seL4_Word index, seL4_Uint8 depth)
{
    seL4_SetCap(0, root);
    return sel4ish_invoke4(_service, ARMIRQIssueSGISignal, 1, 4, irq, target, index, depth);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_IRQHandler_Ack(seL4_IRQHandler _service)
{
    return sel4ish_invoke4(_service, IRQAckIRQ, 0, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_IRQHandler_SetNotification(seL4_IRQHandler _service, seL4_CPtr notification)
{
    seL4_SetCap(0, notification);
    return sel4ish_invoke4(_service, IRQSetIRQHandler, 1, 0, 0, 0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_Error seL4_IRQHandler_Clear(seL4_IRQHandler _service)
{
    return sel4ish_invoke4(_service, IRQClearIRQHandler, 0, 0, 0, 0, 0, 0);
}
