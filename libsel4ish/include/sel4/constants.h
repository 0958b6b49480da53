/* SPDX-License-Identifier: BSD-2-Clause
 * Constants: limits of messages, priorities and scheduling contexts, and why a lookup fails. */
#pragma once

#include <sel4/macros.h>

#define seL4_MsgMaxExtraCaps       3
#define seL4_CapRightsBits         4

/* A scheduling context: what it always takes, and then its refills, of which two are no extra ones. */
#define seL4_MinSchedContextBits   8
#define seL4_CoreSchedContextBytes 104
#define seL4_RefillSizeBytes       16

#ifndef __ASSEMBLER__

#include <sel4/simple_types.h>

enum priorityConstants {
    seL4_InvalidPrio = -1,
    seL4_MinPrio     = 0,
    seL4_MaxPrio     = CONFIG_NUM_PRIORITIES - 1
};

enum seL4_MsgLimits {
    seL4_MsgLengthBits   = 7,
    seL4_MsgExtraCapBits = 2,
    seL4_MsgMaxLength    = 120
};

/* What extra_refills may be for a context of 2^size bytes, size >= seL4_MinSchedContextBits. */
LIBSEL4_INLINE_FUNC CONST seL4_Word seL4_MaxExtraRefills(seL4_Word size)
{
    const seL4_Word most = 510, held = (LIBSEL4_BIT(size) - seL4_CoreSchedContextBytes) / seL4_RefillSizeBytes - 2;

    return held < most ? held : most;
}

__extension__ typedef enum {
    seL4_SchedContext_NoFlag   = 0,
    seL4_SchedContext_Sporadic = 1,
    SEL4_FORCE_LONG_ENUM(seL4_SchedContextFlag)
} seL4_SchedContextFlag;

__extension__ typedef enum {
    seL4_TCBFlag_NoFlag      = 0,
    seL4_TCBFlag_fpuDisabled = 1,
    seL4_TCBFlag_MASK        = seL4_TCBFlag_fpuDisabled,    /* libsel4's flags */
    sel4ish_TCBFlag_timer    = 2,   /* may use the machine's physical timer from user mode */
    SEL4_FORCE_LONG_ENUM(seL4_TCBFlag)
} seL4_TCBFlag;

/* Breakpoints: what they are for, at which accesses they stop, and the message of a debug exception, whose last two words
 * single steps and software breakpoints lack. */
__extension__ typedef enum {
    seL4_DataBreakpoint,
    seL4_InstructionBreakpoint,
    seL4_SingleStep,
    seL4_SoftwareBreakRequest,
    SEL4_FORCE_LONG_ENUM(seL4_BreakpointType)
} seL4_BreakpointType;

__extension__ typedef enum {
    seL4_BreakOnRead,
    seL4_BreakOnWrite,
    seL4_BreakOnReadWrite,
    seL4_MaxBreakpointAccess,
    SEL4_FORCE_LONG_ENUM(seL4_BreakpointAccess)
} seL4_BreakpointAccess;

__extension__ typedef enum {
    seL4_DebugException_FaultIP,
    seL4_DebugException_ExceptionReason,
    seL4_DebugException_TriggerAddress,
    seL4_DebugException_BreakpointNumber,
    seL4_DebugException_Length,
    SEL4_FORCE_LONG_ENUM(seL4_DebugException_Msg)
} seL4_DebugException_Msg;

__extension__ typedef enum {
    seL4_NoFailure,
    seL4_InvalidRoot,
    seL4_MissingCapability,
    seL4_DepthMismatch,
    seL4_GuardMismatch,
    SEL4_FORCE_LONG_ENUM(seL4_LookupFailureType)
} seL4_LookupFailureType;

#endif
