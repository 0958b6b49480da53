/* SPDX-License-Identifier: BSD-2-Clause
 * Faults: what a fault handler received, as a value. The message's label is the fault's type. */
#pragma once

#include <sel4/functions.h>

typedef enum {
    seL4_Fault_NullFault,
    seL4_Fault_CapFault,
    seL4_Fault_UnknownSyscall,
    seL4_Fault_UserException,
    seL4_Fault_Timeout,
    seL4_Fault_VMFault,
    seL4_Fault_DebugException,
    SEL4_FORCE_LONG_ENUM(seL4_FaultType),
} seL4_FaultType;

/* The type, then the message words in the order of the type's seL4_..._Msg enumeration. */
typedef struct seL4_Fault {
    seL4_Word type;
    seL4_Word words[seL4_UnknownSyscall_Length];
} seL4_Fault_t;

LIBSEL4_INLINE_FUNC seL4_Fault_t seL4_getFault(seL4_MessageInfo_t tag)
{
    seL4_Fault_t fault = { .type = seL4_MessageInfo_get_label(tag) };
    seL4_Word length = seL4_MessageInfo_get_length(tag);

    for (seL4_Word i = 0; i < length && i < seL4_UnknownSyscall_Length; i++)
        fault.words[i] = seL4_GetMR((int)i);
    return fault;
}

LIBSEL4_INLINE_FUNC seL4_Fault_t seL4_getArchFault(seL4_MessageInfo_t tag)
{
    return seL4_getFault(tag);
}

LIBSEL4_INLINE_FUNC seL4_Word seL4_Fault_get_seL4_FaultType(seL4_Fault_t fault)
{
    return fault.type;
}


#define SEL4ISH_FAULT_FIELD(fault, field, index) \
    LIBSEL4_INLINE_FUNC seL4_Word seL4_Fault_##fault##_get_##field(seL4_Fault_t f) { return f.words[index]; }

SEL4ISH_FAULT_FIELD(CapFault, IP, seL4_CapFault_IP)
SEL4ISH_FAULT_FIELD(CapFault, Addr, seL4_CapFault_Addr)
SEL4ISH_FAULT_FIELD(CapFault, InRecvPhase, seL4_CapFault_InRecvPhase)
SEL4ISH_FAULT_FIELD(CapFault, LookupFailureType, seL4_CapFault_LookupFailureType)
SEL4ISH_FAULT_FIELD(CapFault, MR4, seL4_CapFault_BitsLeft)
SEL4ISH_FAULT_FIELD(CapFault, MR5, seL4_CapFault_DepthMismatch_BitsFound)
SEL4ISH_FAULT_FIELD(CapFault, MR6, seL4_CapFault_GuardMismatch_BitsFound)
SEL4ISH_FAULT_FIELD(UnknownSyscall, FaultIP, seL4_UnknownSyscall_FaultIP)
SEL4ISH_FAULT_FIELD(UnknownSyscall, SP, seL4_UnknownSyscall_SP)
SEL4ISH_FAULT_FIELD(UnknownSyscall, LR, seL4_UnknownSyscall_LR)
SEL4ISH_FAULT_FIELD(UnknownSyscall, SPSR, seL4_UnknownSyscall_SPSR)
SEL4ISH_FAULT_FIELD(UnknownSyscall, Syscall, seL4_UnknownSyscall_Syscall)
SEL4ISH_FAULT_FIELD(UserException, FaultIP, seL4_UserException_FaultIP)
SEL4ISH_FAULT_FIELD(UserException, Stack, seL4_UserException_SP)
SEL4ISH_FAULT_FIELD(UserException, SPSR, seL4_UserException_SPSR)
SEL4ISH_FAULT_FIELD(UserException, Number, seL4_UserException_Number)
SEL4ISH_FAULT_FIELD(UserException, Code, seL4_UserException_Code)
SEL4ISH_FAULT_FIELD(VMFault, IP, seL4_VMFault_IP)
SEL4ISH_FAULT_FIELD(VMFault, Addr, seL4_VMFault_Addr)
SEL4ISH_FAULT_FIELD(VMFault, PrefetchFault, seL4_VMFault_PrefetchFault)
SEL4ISH_FAULT_FIELD(VMFault, FSR, seL4_VMFault_FSR)
SEL4ISH_FAULT_FIELD(Timeout, data, seL4_Timeout_Data)
SEL4ISH_FAULT_FIELD(Timeout, consumed, seL4_Timeout_Consumed)
#undef SEL4ISH_FAULT_FIELD

#define seL4_VMFault_get_IP            seL4_Fault_VMFault_get_IP
#define seL4_VMFault_get_Addr          seL4_Fault_VMFault_get_Addr
#define seL4_VMFault_get_PrefetchFault seL4_Fault_VMFault_get_PrefetchFault
#define seL4_VMFault_get_FSR           seL4_Fault_VMFault_get_FSR

#define SEL4ISH_FAULT_TAG(fault) \
    LIBSEL4_INLINE_FUNC seL4_Bool seL4_is##fault##_tag(seL4_MessageInfo_t tag) \
    { \
        return seL4_MessageInfo_get_label(tag) == seL4_Fault_##fault; \
    }

SEL4ISH_FAULT_TAG(NullFault)
SEL4ISH_FAULT_TAG(CapFault)
SEL4ISH_FAULT_TAG(UnknownSyscall)
SEL4ISH_FAULT_TAG(UserException)
SEL4ISH_FAULT_TAG(VMFault)
#undef SEL4ISH_FAULT_TAG

LIBSEL4_INLINE_FUNC seL4_Bool seL4_isTimeoutFault_tag(seL4_MessageInfo_t tag)
{
    return seL4_MessageInfo_get_label(tag) == seL4_Fault_Timeout;
}
