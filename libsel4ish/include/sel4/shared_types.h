/* SPDX-License-Identifier: BSD-2-Clause
 * Shared types: words with fields that user and kernel both take apart, and the IPC buffer.
 *
 *   message info   label << 12 | capsUnwrapped << 9 | extraCaps << 7 | length
 *   rights         grant-reply << 3 | grant << 2 | read << 1 | write
 *   CNode data     guard << 6 | guardSize */
#pragma once

#include <sel4/constants.h>
#include <sel4/simple_types.h>

typedef struct seL4_MessageInfo { seL4_Word words[1]; } seL4_MessageInfo_t;

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_MessageInfo_t seL4_MessageInfo_new(seL4_Word label, seL4_Word capsUnwrapped,
                                                                       seL4_Word extraCaps, seL4_Word length)
{
    return (seL4_MessageInfo_t) {{ label << 12 | (capsUnwrapped & 7) << 9 | (extraCaps & 3) << 7 | (length & 127) }};
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_MessageInfo_get_label(seL4_MessageInfo_t info)
{
    return info.words[0] >> 12;
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_MessageInfo_get_capsUnwrapped(seL4_MessageInfo_t info)
{
    return info.words[0] >> 9 & 7;
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_MessageInfo_get_extraCaps(seL4_MessageInfo_t info)
{
    return info.words[0] >> 7 & 3;
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_MessageInfo_get_length(seL4_MessageInfo_t info)
{
    return info.words[0] & 127;
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_MessageInfo_t seL4_MessageInfo_set_label(seL4_MessageInfo_t info, seL4_Word label)
{
    return (seL4_MessageInfo_t) {{ (info.words[0] & 0xfff) | label << 12 }};
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_MessageInfo_t seL4_MessageInfo_set_capsUnwrapped(seL4_MessageInfo_t info,
                                                                                     seL4_Word capsUnwrapped)
{
    return (seL4_MessageInfo_t) {{ (info.words[0] & ~(7ul << 9)) | (capsUnwrapped & 7) << 9 }};
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_MessageInfo_t seL4_MessageInfo_set_extraCaps(seL4_MessageInfo_t info,
                                                                                 seL4_Word extraCaps)
{
    return (seL4_MessageInfo_t) {{ (info.words[0] & ~(3ul << 7)) | (extraCaps & 3) << 7 }};
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_MessageInfo_t seL4_MessageInfo_set_length(seL4_MessageInfo_t info, seL4_Word length)
{
    return (seL4_MessageInfo_t) {{ (info.words[0] & ~127ul) | (length & 127) }};
}

typedef struct seL4_CapRights { seL4_Word words[1]; } seL4_CapRights_t;
#define seL4_CapRightsBits 4

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_CapRights_t seL4_CapRights_new(seL4_Word capAllowGrantReply, seL4_Word capAllowGrant,
                                                                   seL4_Word capAllowRead, seL4_Word capAllowWrite)
{
    return (seL4_CapRights_t) {{ (capAllowGrantReply & 1) << 3 | (capAllowGrant & 1) << 2 | (capAllowRead & 1) << 1 |
                                 (capAllowWrite & 1) }};
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_CapRights_get_capAllowGrantReply(seL4_CapRights_t rights)
{
    return rights.words[0] >> 3 & 1;
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_CapRights_get_capAllowGrant(seL4_CapRights_t rights)
{
    return rights.words[0] >> 2 & 1;
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_CapRights_get_capAllowRead(seL4_CapRights_t rights)
{
    return rights.words[0] >> 1 & 1;
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_CapRights_get_capAllowWrite(seL4_CapRights_t rights)
{
    return rights.words[0] & 1;
}

typedef struct seL4_CNode_CapData { seL4_Word words[1]; } seL4_CNode_CapData_t;

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_CNode_CapData_t seL4_CNode_CapData_new(seL4_Word guard, seL4_Word guardSize)
{
    return (seL4_CNode_CapData_t) {{ guard << 6 | (guardSize & 63) }};
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_CNode_CapData_get_guard(seL4_CNode_CapData_t data)
{
    return data.words[0] >> 6;
}

LIBSEL4_INLINE_FUNC SEL4_CONST seL4_Word seL4_CNode_CapData_get_guardSize(seL4_CNode_CapData_t data)
{
    return data.words[0] & 63;
}

/* One page part of a thread's memory through which messages longer than its registers travel. */
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
