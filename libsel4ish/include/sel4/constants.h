/* SPDX-License-Identifier: BSD-2-Clause
 * Constants: limits of messages, priorities and scheduling contexts. */
#pragma once

#include <sel4/sel4_arch/constants.h>

enum seL4_MsgLimits {
    seL4_MsgLengthBits    = 7,
    seL4_MsgExtraCapBits  = 2,
    seL4_MsgMaxLength     = 120,
    seL4_MsgMaxExtraCaps  = 3,
};

enum priorityConstants {
    seL4_InvalidPrio = -1,
    seL4_MinPrio     = 0,
    seL4_MaxPrio     = CONFIG_NUM_PRIORITIES - 1,
};

/* A scheduling context of the smallest size has two refills; each refill more takes seL4_RefillSizeBytes. */
#define seL4_MinSchedContextBits   8
#define seL4_CoreSchedContextBytes LIBSEL4_BIT(seL4_MinSchedContextBits)
#define seL4_RefillSizeBytes       16

/* What extra_refills may be for a context of 2^size bytes, size >= seL4_MinSchedContextBits. */
LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_MaxExtraRefills(seL4_Word size)
{
    return (LIBSEL4_BIT(size) - seL4_CoreSchedContextBytes) / seL4_RefillSizeBytes;
}

typedef enum {
    seL4_SchedContext_NoFlag   = 0,
    seL4_SchedContext_Sporadic = 1,
    SEL4_FORCE_LONG_ENUM(seL4_SchedContextFlag),
} seL4_SchedContextFlag;

typedef enum {
    seL4_CapFault_IP,
    seL4_CapFault_Addr,
    seL4_CapFault_InRecvPhase,
    seL4_CapFault_LookupFailureType,
    seL4_CapFault_BitsLeft,
    seL4_CapFault_DepthMismatch_BitsFound,
    seL4_CapFault_GuardMismatch_GuardFound = seL4_CapFault_DepthMismatch_BitsFound,
    seL4_CapFault_GuardMismatch_BitsFound,
    SEL4_FORCE_LONG_ENUM(seL4_CapFault_Msg),
} seL4_CapFault_Msg;

#define seL4_ReadWrite      seL4_CapRights_new(0, 0, 1, 1)
#define seL4_AllRights      seL4_CapRights_new(1, 1, 1, 1)
#define seL4_CanRead        seL4_CapRights_new(0, 0, 1, 0)
#define seL4_CanWrite       seL4_CapRights_new(0, 0, 0, 1)
#define seL4_CanGrant       seL4_CapRights_new(0, 1, 0, 0)
#define seL4_CanGrantReply  seL4_CapRights_new(1, 0, 0, 0)
#define seL4_NoWrite        seL4_CapRights_new(1, 1, 1, 0)
#define seL4_NoRead         seL4_CapRights_new(1, 1, 0, 1)
#define seL4_NoRights       seL4_CapRights_new(0, 0, 0, 0)

#define seL4_NilData        0ul
