/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: which fault a message tells of, and how a time-out is answered. */
#pragma once

#include <sel4/sel4_arch/faults.h>

LIBSEL4_INLINE_FUNC seL4_Fault_t seL4_getFault(seL4_MessageInfo_t tag)
{
    if (seL4_MessageInfo_get_label(tag) == seL4_Fault_CapFault)
        return sel4ish_fault_received(seL4_Fault_CapFault, seL4_CapFault_GuardMismatch_BitsFound + 1);
    return seL4_getArchFault(tag);
}

#define SEL4ISH_FAULT_TAG(name, fault) \
    LIBSEL4_INLINE_FUNC seL4_Bool seL4_is##name##_tag(seL4_MessageInfo_t tag) \
    { \
        return seL4_MessageInfo_get_label(tag) == seL4_Fault_##fault; \
    }

SEL4ISH_FAULT_TAG(NullFault, NullFault)
SEL4ISH_FAULT_TAG(CapFault, CapFault)
SEL4ISH_FAULT_TAG(UnknownSyscall, UnknownSyscall)
SEL4ISH_FAULT_TAG(UserException, UserException)
SEL4ISH_FAULT_TAG(VMFault, VMFault)
SEL4ISH_FAULT_TAG(TimeoutFault, Timeout)
SEL4ISH_FAULT_TAG(DebugException, DebugException)
#undef SEL4ISH_FAULT_TAG

/* The message that answers a time-out fault: the thread goes on if resume, with the first length registers of regs. */
LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_TimeoutReply_new(seL4_Bool resume, seL4_UserContext regs, seL4_Word length)
{
    const seL4_Word *from = &regs.pc;

    for (seL4_Word i = 0; i < length; i++)
        seL4_SetMR((int)i, from[i]);
    return seL4_MessageInfo_new(!resume, 0, 0, length);
}
