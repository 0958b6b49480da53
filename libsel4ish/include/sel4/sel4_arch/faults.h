/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: what a fault handler received, as a value. The message's label is the fault's type. */
#pragma once

#include <sel4/functions.h>

/* Every message word that this type of fault has; a handler's message of another kind is a null fault. */
LIBSEL4_INLINE_FUNC seL4_Fault_t sel4ish_fault_received(seL4_Word type, seL4_Word length)
{
    seL4_Fault_t fault = sel4ish_fault(type);

    for (seL4_Word i = 0; i < length; i++)
        fault.words[1 + i] = seL4_GetMR((int)i);
    return fault;
}

LIBSEL4_INLINE_FUNC seL4_Fault_t seL4_getArchFault(seL4_MessageInfo_t tag)
{
    const seL4_Word type = seL4_MessageInfo_get_label(tag);

    switch (type) {
    case seL4_Fault_UnknownSyscall:
        return sel4ish_fault_received(type, seL4_UnknownSyscall_Length);
    case seL4_Fault_UserException:
        return sel4ish_fault_received(type, seL4_UserException_Length);
    case seL4_Fault_VMFault:
        return sel4ish_fault_received(type, seL4_VMFault_Length);
    case seL4_Fault_DebugException:
        return sel4ish_fault_received(type, seL4_DebugException_Length);
    case seL4_Fault_Timeout:
        return sel4ish_fault_received(type, seL4_Timeout_Length);
    default:
        return seL4_Fault_NullFault_new();
    }
}
