/* SPDX-License-Identifier: BSD-2-Clause
 * System calls: sending, receiving, waiting. A message longer than four words, and every capability, travels in the
 * IPC buffer; sender null pointers are allowed wherever a badge or message register is returned. */
#pragma once

#include <sel4/sel4_arch/syscalls.h>

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t sel4ish_receive(seL4_Syscall_ID number, seL4_CPtr src, struct sel4ish_message *m,
                                                       seL4_Word *sender, seL4_CPtr reply, seL4_CPtr dest)
{
    seL4_Word badge = sel4ish_svc(number, src, m, reply, dest);

    if (sender)
        *sender = badge;
    return sel4ish_message_store(m);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t sel4ish_receive_mrs(seL4_Syscall_ID number, seL4_CPtr src,
                                                           struct sel4ish_message *m, seL4_Word *sender,
                                                           seL4_Word *mr0, seL4_Word *mr1, seL4_Word *mr2,
                                                           seL4_Word *mr3, seL4_CPtr reply, seL4_CPtr dest)
{
    seL4_Word badge = sel4ish_svc(number, src, m, reply, dest);

    if (sender)
        *sender = badge;
    return sel4ish_message_to(m, mr0, mr1, mr2, mr3);
}

/* ---- the message in the IPC buffer ---- */

LIBSEL4_INLINE_FUNC void seL4_Send(seL4_CPtr dest, seL4_MessageInfo_t msgInfo)
{
    struct sel4ish_message m = sel4ish_message_load(msgInfo);

    sel4ish_svc(seL4_SysSend, dest, &m, 0, 0);
}

LIBSEL4_INLINE_FUNC void seL4_NBSend(seL4_CPtr dest, seL4_MessageInfo_t msgInfo)
{
    struct sel4ish_message m = sel4ish_message_load(msgInfo);

    sel4ish_svc(seL4_SysNBSend, dest, &m, 0, 0);
}

LIBSEL4_INLINE_FUNC void seL4_Signal(seL4_CPtr dest)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };

    sel4ish_svc(seL4_SysSend, dest, &m, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_Call(seL4_CPtr dest, seL4_MessageInfo_t msgInfo)
{
    struct sel4ish_message m = sel4ish_message_load(msgInfo);

    return sel4ish_receive(seL4_SysCall, dest, &m, (seL4_Word *)0, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_Recv(seL4_CPtr src, seL4_Word *sender, seL4_CPtr reply)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };

    return sel4ish_receive(seL4_SysRecv, src, &m, sender, reply, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_NBRecv(seL4_CPtr src, seL4_Word *sender, seL4_CPtr reply)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };

    return sel4ish_receive(seL4_SysNBRecv, src, &m, sender, reply, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_ReplyRecv(seL4_CPtr src, seL4_MessageInfo_t msgInfo, seL4_Word *sender,
                                                      seL4_CPtr reply)
{
    struct sel4ish_message m = sel4ish_message_load(msgInfo);

    return sel4ish_receive(seL4_SysReplyRecv, src, &m, sender, reply, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_NBSendRecv(seL4_CPtr dest, seL4_MessageInfo_t msgInfo, seL4_CPtr src,
                                                       seL4_Word *sender, seL4_CPtr reply)
{
    struct sel4ish_message m = sel4ish_message_load(msgInfo);

    return sel4ish_receive(seL4_SysNBSendRecv, src, &m, sender, reply, dest);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_NBSendWait(seL4_CPtr dest, seL4_MessageInfo_t msgInfo, seL4_CPtr src,
                                                       seL4_Word *sender)
{
    struct sel4ish_message m = sel4ish_message_load(msgInfo);

    return sel4ish_receive(seL4_SysNBSendWait, src, &m, sender, 0, dest);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_Wait(seL4_CPtr src, seL4_Word *sender)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };

    return sel4ish_receive(seL4_SysWait, src, &m, sender, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_NBWait(seL4_CPtr src, seL4_Word *sender)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };

    return sel4ish_receive(seL4_SysNBWait, src, &m, sender, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_Poll(seL4_CPtr src, seL4_Word *sender)
{
    return seL4_NBWait(src, sender);
}

LIBSEL4_INLINE_FUNC void seL4_Yield(void)
{
    sel4ish_svc_plain(seL4_SysYield, 0);
}

/* ---- the first four words in registers: the IPC buffer is not touched for them ---- */

LIBSEL4_INLINE_FUNC void seL4_SendWithMRs(seL4_CPtr dest, seL4_MessageInfo_t msgInfo, seL4_Word *mr0, seL4_Word *mr1,
                                          seL4_Word *mr2, seL4_Word *mr3)
{
    struct sel4ish_message m = sel4ish_message_from(msgInfo, mr0, mr1, mr2, mr3);

    sel4ish_svc(seL4_SysSend, dest, &m, 0, 0);
}

LIBSEL4_INLINE_FUNC void seL4_NBSendWithMRs(seL4_CPtr dest, seL4_MessageInfo_t msgInfo, seL4_Word *mr0, seL4_Word *mr1,
                                            seL4_Word *mr2, seL4_Word *mr3)
{
    struct sel4ish_message m = sel4ish_message_from(msgInfo, mr0, mr1, mr2, mr3);

    sel4ish_svc(seL4_SysNBSend, dest, &m, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_CallWithMRs(seL4_CPtr dest, seL4_MessageInfo_t msgInfo, seL4_Word *mr0,
                                                        seL4_Word *mr1, seL4_Word *mr2, seL4_Word *mr3)
{
    struct sel4ish_message m = sel4ish_message_from(msgInfo, mr0, mr1, mr2, mr3);

    return sel4ish_receive_mrs(seL4_SysCall, dest, &m, (seL4_Word *)0, mr0, mr1, mr2, mr3, 0, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_RecvWithMRs(seL4_CPtr src, seL4_Word *sender, seL4_Word *mr0,
                                                        seL4_Word *mr1, seL4_Word *mr2, seL4_Word *mr3, seL4_CPtr reply)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };

    return sel4ish_receive_mrs(seL4_SysRecv, src, &m, sender, mr0, mr1, mr2, mr3, reply, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_ReplyRecvWithMRs(seL4_CPtr src, seL4_MessageInfo_t msgInfo,
                                                             seL4_Word *sender, seL4_Word *mr0, seL4_Word *mr1,
                                                             seL4_Word *mr2, seL4_Word *mr3, seL4_CPtr reply)
{
    struct sel4ish_message m = sel4ish_message_from(msgInfo, mr0, mr1, mr2, mr3);

    return sel4ish_receive_mrs(seL4_SysReplyRecv, src, &m, sender, mr0, mr1, mr2, mr3, reply, 0);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_NBSendRecvWithMRs(seL4_CPtr dest, seL4_MessageInfo_t msgInfo, seL4_CPtr src,
                                                              seL4_Word *sender, seL4_Word *mr0, seL4_Word *mr1,
                                                              seL4_Word *mr2, seL4_Word *mr3, seL4_CPtr reply)
{
    struct sel4ish_message m = sel4ish_message_from(msgInfo, mr0, mr1, mr2, mr3);

    return sel4ish_receive_mrs(seL4_SysNBSendRecv, src, &m, sender, mr0, mr1, mr2, mr3, reply, dest);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_NBSendWaitWithMRs(seL4_CPtr dest, seL4_MessageInfo_t msgInfo, seL4_CPtr src,
                                                              seL4_Word *sender, seL4_Word *mr0, seL4_Word *mr1,
                                                              seL4_Word *mr2, seL4_Word *mr3)
{
    struct sel4ish_message m = sel4ish_message_from(msgInfo, mr0, mr1, mr2, mr3);

    return sel4ish_receive_mrs(seL4_SysNBSendWait, src, &m, sender, mr0, mr1, mr2, mr3, 0, dest);
}

LIBSEL4_INLINE_FUNC seL4_MessageInfo_t seL4_WaitWithMRs(seL4_CPtr src, seL4_Word *sender, seL4_Word *mr0,
                                                        seL4_Word *mr1, seL4_Word *mr2, seL4_Word *mr3)
{
    struct sel4ish_message m = { 0, 0, 0, 0, 0 };

    return sel4ish_receive_mrs(seL4_SysWait, src, &m, sender, mr0, mr1, mr2, mr3, 0, 0);
}
