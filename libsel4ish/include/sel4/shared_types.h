/* SPDX-License-Identifier: BSD-2-Clause
 * Shared types: words with fields that user and kernel both take apart, and the IPC buffer.
 *
 *   message info   label << 12 | capsUnwrapped << 9 | extraCaps << 7 | length
 *   rights         grant-reply << 3 | grant << 2 | read << 1 | write
 *   CNode data     guard << 6 | guardSize */
#pragma once

#include <sel4/bitfield.h>
#include <sel4/constants.h>

typedef struct seL4_MessageInfo { seL4_Word words[1]; } seL4_MessageInfo_t;

SEL4ISH_FIELD(seL4_MessageInfo, label, 12, 52)
SEL4ISH_FIELD(seL4_MessageInfo, capsUnwrapped, 9, 3)
SEL4ISH_FIELD(seL4_MessageInfo, extraCaps, 7, 2)
SEL4ISH_FIELD(seL4_MessageInfo, length, 0, 7)

LIBSEL4_INLINE_FUNC CONST seL4_MessageInfo_t seL4_MessageInfo_new(seL4_Word label, seL4_Word capsUnwrapped,
                                                                  seL4_Word extraCaps, seL4_Word length)
{
    seL4_MessageInfo_t info;

    info.words[0] = label << 12 | (capsUnwrapped & 7) << 9 | (extraCaps & 3) << 7 | (length & 127);
    return info;
}

LIBSEL4_INLINE_FUNC void seL4_MessageInfo_ptr_new(seL4_MessageInfo_t *at, seL4_Word label, seL4_Word capsUnwrapped,
                                                  seL4_Word extraCaps, seL4_Word length)
{
    *at = seL4_MessageInfo_new(label, capsUnwrapped, extraCaps, length);
}

typedef struct seL4_CapRights { seL4_Word words[1]; } seL4_CapRights_t;

SEL4ISH_FIELD(seL4_CapRights, capAllowGrantReply, 3, 1)
SEL4ISH_FIELD(seL4_CapRights, capAllowGrant, 2, 1)
SEL4ISH_FIELD(seL4_CapRights, capAllowRead, 1, 1)
SEL4ISH_FIELD(seL4_CapRights, capAllowWrite, 0, 1)

LIBSEL4_INLINE_FUNC CONST seL4_CapRights_t seL4_CapRights_new(seL4_Word capAllowGrantReply, seL4_Word capAllowGrant,
                                                              seL4_Word capAllowRead, seL4_Word capAllowWrite)
{
    seL4_CapRights_t rights;

    rights.words[0] = (capAllowGrantReply & 1) << 3 | (capAllowGrant & 1) << 2 | (capAllowRead & 1) << 1 |
                      (capAllowWrite & 1);
    return rights;
}

LIBSEL4_INLINE_FUNC void seL4_CapRights_ptr_new(seL4_CapRights_t *at, seL4_Word capAllowGrantReply,
                                                seL4_Word capAllowGrant, seL4_Word capAllowRead,
                                                seL4_Word capAllowWrite)
{
    *at = seL4_CapRights_new(capAllowGrantReply, capAllowGrant, capAllowRead, capAllowWrite);
}

#define seL4_ReadWrite      seL4_CapRights_new(0, 0, 1, 1)
#define seL4_AllRights      seL4_CapRights_new(1, 1, 1, 1)
#define seL4_CanRead        seL4_CapRights_new(0, 0, 1, 0)
#define seL4_CanWrite       seL4_CapRights_new(0, 0, 0, 1)
#define seL4_CanGrant       seL4_CapRights_new(0, 1, 0, 0)
#define seL4_CanGrantReply  seL4_CapRights_new(1, 0, 0, 0)
#define seL4_NoWrite        seL4_CapRights_new(1, 1, 1, 0)
#define seL4_NoRead         seL4_CapRights_new(1, 1, 0, 1)
#define seL4_NoRights       seL4_CapRights_new(0, 0, 0, 0)

typedef struct seL4_CNode_CapData { seL4_Word words[1]; } seL4_CNode_CapData_t;

SEL4ISH_FIELD(seL4_CNode_CapData, guard, 6, 58)
SEL4ISH_FIELD(seL4_CNode_CapData, guardSize, 0, 6)

LIBSEL4_INLINE_FUNC CONST seL4_CNode_CapData_t seL4_CNode_CapData_new(seL4_Word guard, seL4_Word guardSize)
{
    seL4_CNode_CapData_t data;

    data.words[0] = guard << 6 | (guardSize & 63);
    return data;
}

LIBSEL4_INLINE_FUNC void seL4_CNode_CapData_ptr_new(seL4_CNode_CapData_t *at, seL4_Word guard, seL4_Word guardSize)
{
    *at = seL4_CNode_CapData_new(guard, guardSize);
}

/* A part of a page of a thread's memory through which messages longer than its registers travel. */
typedef struct seL4_IPCBuffer_ {
    seL4_MessageInfo_t tag;
    seL4_Word msg[seL4_MsgMaxLength];
    seL4_Word userData;
    seL4_Word caps_or_badges[seL4_MsgMaxExtraCaps];
    seL4_CPtr receiveCNode;
    seL4_CPtr receiveIndex;
    seL4_Word receiveDepth;
} seL4_IPCBuffer __attribute__((aligned(1ul << seL4_IPCBufferSizeBits)));

SEL4_COMPILE_ASSERT(ipc_buffer_is_1_KiB, sizeof(seL4_IPCBuffer) == 1ul << seL4_IPCBufferSizeBits)

/* Message words of a capability fault. */
__extension__ typedef enum {
    seL4_CapFault_IP,
    seL4_CapFault_Addr,
    seL4_CapFault_InRecvPhase,
    seL4_CapFault_LookupFailureType,
    seL4_CapFault_BitsLeft,
    seL4_CapFault_DepthMismatch_BitsFound,
    seL4_CapFault_GuardMismatch_GuardFound = seL4_CapFault_DepthMismatch_BitsFound,
    seL4_CapFault_GuardMismatch_BitsFound,
    SEL4_FORCE_LONG_ENUM(seL4_CapFault_Msg)
} seL4_CapFault_Msg;
