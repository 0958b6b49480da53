/* SPDX-License-Identifier: BSD-2-Clause
 * Faults as values: the fault's type, then its message words in the order of the type's seL4_..._Msg enumeration. */
#pragma once

#include <sel4/shared_types.h>

typedef enum seL4_Fault_tag {
    seL4_Fault_NullFault,
    seL4_Fault_CapFault,
    seL4_Fault_UnknownSyscall,
    seL4_Fault_UserException,
    seL4_Fault_Timeout,
    seL4_Fault_VMFault,
    seL4_Fault_DebugException
} seL4_Fault_tag_t;
typedef seL4_Fault_tag_t seL4_FaultType;

typedef struct seL4_Fault { seL4_Word words[1 + seL4_UnknownSyscall_Length]; } seL4_Fault_t;

/* A fault of that type, all its words 0. */
LIBSEL4_INLINE_FUNC CONST seL4_Fault_t sel4ish_fault(seL4_Word type)
{
    seL4_Fault_t fault;

    fault.words[0] = type;
    for (seL4_Word i = 0; i < seL4_UnknownSyscall_Length; i++)
        fault.words[1 + i] = 0;
    return fault;
}

LIBSEL4_INLINE_FUNC CONST seL4_Word seL4_Fault_get_seL4_FaultType(seL4_Fault_t fault)
{
    return fault.words[0];
}

LIBSEL4_INLINE_FUNC CONST int seL4_Fault_seL4_FaultType_equals(seL4_Fault_t fault, seL4_Word type)
{
    return fault.words[0] == type;
}

LIBSEL4_INLINE_FUNC PURE seL4_Word seL4_Fault_ptr_get_seL4_FaultType(seL4_Fault_t *at)
{
    return at->words[0];
}

#define SEL4ISH_FAULT_FIELD(fault, field, index) \
    LIBSEL4_INLINE_FUNC CONST seL4_Word seL4_Fault_##fault##_get_##field(seL4_Fault_t value) \
    { \
        return value.words[1 + index]; \
    } \
    LIBSEL4_INLINE_FUNC CONST seL4_Fault_t seL4_Fault_##fault##_set_##field(seL4_Fault_t value, seL4_Word field) \
    { \
        value.words[1 + index] = field; \
        return value; \
    } \
    LIBSEL4_INLINE_FUNC PURE seL4_Word seL4_Fault_##fault##_ptr_get_##field(seL4_Fault_t *at) \
    { \
        return at->words[1 + index]; \
    } \
    LIBSEL4_INLINE_FUNC void seL4_Fault_##fault##_ptr_set_##field(seL4_Fault_t *at, seL4_Word field) \
    { \
        at->words[1 + index] = field; \
    }

/* NullFault */
LIBSEL4_INLINE_FUNC CONST seL4_Fault_t seL4_Fault_NullFault_new(void)
{
    seL4_Fault_t fault = sel4ish_fault(seL4_Fault_NullFault);

    return fault;
}

LIBSEL4_INLINE_FUNC void seL4_Fault_NullFault_ptr_new(seL4_Fault_t *at)
{
    *at = seL4_Fault_NullFault_new();
}

/* CapFault */
SEL4ISH_FAULT_FIELD(CapFault, IP, seL4_CapFault_IP)
SEL4ISH_FAULT_FIELD(CapFault, Addr, seL4_CapFault_Addr)
SEL4ISH_FAULT_FIELD(CapFault, InRecvPhase, seL4_CapFault_InRecvPhase)
SEL4ISH_FAULT_FIELD(CapFault, LookupFailureType, seL4_CapFault_LookupFailureType)
SEL4ISH_FAULT_FIELD(CapFault, MR4, seL4_CapFault_BitsLeft)
SEL4ISH_FAULT_FIELD(CapFault, MR5, seL4_CapFault_DepthMismatch_BitsFound)
SEL4ISH_FAULT_FIELD(CapFault, MR6, seL4_CapFault_GuardMismatch_BitsFound)

LIBSEL4_INLINE_FUNC CONST seL4_Fault_t seL4_Fault_CapFault_new(seL4_Word IP, seL4_Word Addr, seL4_Word InRecvPhase,
                                                               seL4_Word LookupFailureType, seL4_Word MR4, seL4_Word
                                                               MR5, seL4_Word MR6)
{
    seL4_Fault_t fault = sel4ish_fault(seL4_Fault_CapFault);

    seL4_Fault_CapFault_ptr_set_IP(&fault, IP);
    seL4_Fault_CapFault_ptr_set_Addr(&fault, Addr);
    seL4_Fault_CapFault_ptr_set_InRecvPhase(&fault, InRecvPhase);
    seL4_Fault_CapFault_ptr_set_LookupFailureType(&fault, LookupFailureType);
    seL4_Fault_CapFault_ptr_set_MR4(&fault, MR4);
    seL4_Fault_CapFault_ptr_set_MR5(&fault, MR5);
    seL4_Fault_CapFault_ptr_set_MR6(&fault, MR6);
    return fault;
}

LIBSEL4_INLINE_FUNC void seL4_Fault_CapFault_ptr_new(seL4_Fault_t *at, seL4_Word IP, seL4_Word Addr, seL4_Word
                                                     InRecvPhase, seL4_Word LookupFailureType, seL4_Word MR4,
                                                     seL4_Word MR5, seL4_Word MR6)
{
    *at = seL4_Fault_CapFault_new(IP, Addr, InRecvPhase, LookupFailureType, MR4, MR5, MR6);
}

/* UnknownSyscall */
SEL4ISH_FAULT_FIELD(UnknownSyscall, X0, seL4_UnknownSyscall_X0)
SEL4ISH_FAULT_FIELD(UnknownSyscall, X1, seL4_UnknownSyscall_X1)
SEL4ISH_FAULT_FIELD(UnknownSyscall, X2, seL4_UnknownSyscall_X2)
SEL4ISH_FAULT_FIELD(UnknownSyscall, X3, seL4_UnknownSyscall_X3)
SEL4ISH_FAULT_FIELD(UnknownSyscall, X4, seL4_UnknownSyscall_X4)
SEL4ISH_FAULT_FIELD(UnknownSyscall, X5, seL4_UnknownSyscall_X5)
SEL4ISH_FAULT_FIELD(UnknownSyscall, X6, seL4_UnknownSyscall_X6)
SEL4ISH_FAULT_FIELD(UnknownSyscall, X7, seL4_UnknownSyscall_X7)
SEL4ISH_FAULT_FIELD(UnknownSyscall, FaultIP, seL4_UnknownSyscall_FaultIP)
SEL4ISH_FAULT_FIELD(UnknownSyscall, SP, seL4_UnknownSyscall_SP)
SEL4ISH_FAULT_FIELD(UnknownSyscall, LR, seL4_UnknownSyscall_LR)
SEL4ISH_FAULT_FIELD(UnknownSyscall, SPSR, seL4_UnknownSyscall_SPSR)
SEL4ISH_FAULT_FIELD(UnknownSyscall, Syscall, seL4_UnknownSyscall_Syscall)

LIBSEL4_INLINE_FUNC CONST seL4_Fault_t seL4_Fault_UnknownSyscall_new(seL4_Word X0, seL4_Word X1, seL4_Word X2,
                                                                     seL4_Word X3, seL4_Word X4, seL4_Word X5,
                                                                     seL4_Word X6, seL4_Word X7, seL4_Word FaultIP,
                                                                     seL4_Word SP, seL4_Word LR, seL4_Word SPSR,
                                                                     seL4_Word Syscall)
{
    seL4_Fault_t fault = sel4ish_fault(seL4_Fault_UnknownSyscall);

    seL4_Fault_UnknownSyscall_ptr_set_X0(&fault, X0);
    seL4_Fault_UnknownSyscall_ptr_set_X1(&fault, X1);
    seL4_Fault_UnknownSyscall_ptr_set_X2(&fault, X2);
    seL4_Fault_UnknownSyscall_ptr_set_X3(&fault, X3);
    seL4_Fault_UnknownSyscall_ptr_set_X4(&fault, X4);
    seL4_Fault_UnknownSyscall_ptr_set_X5(&fault, X5);
    seL4_Fault_UnknownSyscall_ptr_set_X6(&fault, X6);
    seL4_Fault_UnknownSyscall_ptr_set_X7(&fault, X7);
    seL4_Fault_UnknownSyscall_ptr_set_FaultIP(&fault, FaultIP);
    seL4_Fault_UnknownSyscall_ptr_set_SP(&fault, SP);
    seL4_Fault_UnknownSyscall_ptr_set_LR(&fault, LR);
    seL4_Fault_UnknownSyscall_ptr_set_SPSR(&fault, SPSR);
    seL4_Fault_UnknownSyscall_ptr_set_Syscall(&fault, Syscall);
    return fault;
}

LIBSEL4_INLINE_FUNC void seL4_Fault_UnknownSyscall_ptr_new(seL4_Fault_t *at, seL4_Word X0, seL4_Word X1, seL4_Word X2,
                                                           seL4_Word X3, seL4_Word X4, seL4_Word X5, seL4_Word X6,
                                                           seL4_Word X7, seL4_Word FaultIP, seL4_Word SP, seL4_Word
                                                           LR, seL4_Word SPSR, seL4_Word Syscall)
{
    *at = seL4_Fault_UnknownSyscall_new(X0, X1, X2, X3, X4, X5, X6, X7, FaultIP, SP, LR, SPSR, Syscall);
}

/* UserException */
SEL4ISH_FAULT_FIELD(UserException, FaultIP, seL4_UserException_FaultIP)
SEL4ISH_FAULT_FIELD(UserException, Stack, seL4_UserException_SP)
SEL4ISH_FAULT_FIELD(UserException, SPSR, seL4_UserException_SPSR)
SEL4ISH_FAULT_FIELD(UserException, Number, seL4_UserException_Number)
SEL4ISH_FAULT_FIELD(UserException, Code, seL4_UserException_Code)

LIBSEL4_INLINE_FUNC CONST seL4_Fault_t seL4_Fault_UserException_new(seL4_Word FaultIP, seL4_Word Stack, seL4_Word
                                                                    SPSR, seL4_Word Number, seL4_Word Code)
{
    seL4_Fault_t fault = sel4ish_fault(seL4_Fault_UserException);

    seL4_Fault_UserException_ptr_set_FaultIP(&fault, FaultIP);
    seL4_Fault_UserException_ptr_set_Stack(&fault, Stack);
    seL4_Fault_UserException_ptr_set_SPSR(&fault, SPSR);
    seL4_Fault_UserException_ptr_set_Number(&fault, Number);
    seL4_Fault_UserException_ptr_set_Code(&fault, Code);
    return fault;
}

LIBSEL4_INLINE_FUNC void seL4_Fault_UserException_ptr_new(seL4_Fault_t *at, seL4_Word FaultIP, seL4_Word Stack,
                                                          seL4_Word SPSR, seL4_Word Number, seL4_Word Code)
{
    *at = seL4_Fault_UserException_new(FaultIP, Stack, SPSR, Number, Code);
}

/* Timeout */
SEL4ISH_FAULT_FIELD(Timeout, data, seL4_Timeout_Data)
SEL4ISH_FAULT_FIELD(Timeout, consumed, seL4_Timeout_Consumed)

LIBSEL4_INLINE_FUNC CONST seL4_Fault_t seL4_Fault_Timeout_new(seL4_Word data, seL4_Word consumed)
{
    seL4_Fault_t fault = sel4ish_fault(seL4_Fault_Timeout);

    seL4_Fault_Timeout_ptr_set_data(&fault, data);
    seL4_Fault_Timeout_ptr_set_consumed(&fault, consumed);
    return fault;
}

LIBSEL4_INLINE_FUNC void seL4_Fault_Timeout_ptr_new(seL4_Fault_t *at, seL4_Word data, seL4_Word consumed)
{
    *at = seL4_Fault_Timeout_new(data, consumed);
}

/* VMFault */
SEL4ISH_FAULT_FIELD(VMFault, IP, seL4_VMFault_IP)
SEL4ISH_FAULT_FIELD(VMFault, Addr, seL4_VMFault_Addr)
SEL4ISH_FAULT_FIELD(VMFault, PrefetchFault, seL4_VMFault_PrefetchFault)
SEL4ISH_FAULT_FIELD(VMFault, FSR, seL4_VMFault_FSR)

LIBSEL4_INLINE_FUNC CONST seL4_Fault_t seL4_Fault_VMFault_new(seL4_Word IP, seL4_Word Addr, seL4_Word PrefetchFault,
                                                              seL4_Word FSR)
{
    seL4_Fault_t fault = sel4ish_fault(seL4_Fault_VMFault);

    seL4_Fault_VMFault_ptr_set_IP(&fault, IP);
    seL4_Fault_VMFault_ptr_set_Addr(&fault, Addr);
    seL4_Fault_VMFault_ptr_set_PrefetchFault(&fault, PrefetchFault);
    seL4_Fault_VMFault_ptr_set_FSR(&fault, FSR);
    return fault;
}

LIBSEL4_INLINE_FUNC void seL4_Fault_VMFault_ptr_new(seL4_Fault_t *at, seL4_Word IP, seL4_Word Addr, seL4_Word
                                                    PrefetchFault, seL4_Word FSR)
{
    *at = seL4_Fault_VMFault_new(IP, Addr, PrefetchFault, FSR);
}

/* DebugException: the last two words only of breakpoints */
SEL4ISH_FAULT_FIELD(DebugException, FaultIP, seL4_DebugException_FaultIP)
SEL4ISH_FAULT_FIELD(DebugException, ExceptionReason, seL4_DebugException_ExceptionReason)
SEL4ISH_FAULT_FIELD(DebugException, TriggerAddress, seL4_DebugException_TriggerAddress)
SEL4ISH_FAULT_FIELD(DebugException, BreakpointNumber, seL4_DebugException_BreakpointNumber)

LIBSEL4_INLINE_FUNC CONST seL4_Fault_t seL4_Fault_DebugException_new(seL4_Word FaultIP, seL4_Word ExceptionReason,
                                                                     seL4_Word TriggerAddress,
                                                                     seL4_Word BreakpointNumber)
{
    seL4_Fault_t fault = sel4ish_fault(seL4_Fault_DebugException);

    seL4_Fault_DebugException_ptr_set_FaultIP(&fault, FaultIP);
    seL4_Fault_DebugException_ptr_set_ExceptionReason(&fault, ExceptionReason);
    seL4_Fault_DebugException_ptr_set_TriggerAddress(&fault, TriggerAddress);
    seL4_Fault_DebugException_ptr_set_BreakpointNumber(&fault, BreakpointNumber);
    return fault;
}

LIBSEL4_INLINE_FUNC void seL4_Fault_DebugException_ptr_new(seL4_Fault_t *at, seL4_Word FaultIP,
                                                           seL4_Word ExceptionReason, seL4_Word TriggerAddress,
                                                           seL4_Word BreakpointNumber)
{
    *at = seL4_Fault_DebugException_new(FaultIP, ExceptionReason, TriggerAddress, BreakpointNumber);
}
