/* SPDX-License-Identifier: BSD-2-Clause
 * Debug calls: served by the debug kernel alone; on a release kernel each faults as an unknown system call. Text goes
 * out on the machine's debug channel, whole lines behind the name that DebugNameThread gave the thread. */
#pragma once

#include <sel4/syscalls.h>

LIBSEL4_INLINE_FUNC void seL4_DebugPutChar(char c)
{
    sel4ish_svc_plain(seL4_SysDebugPutChar, (unsigned char)c);
}

LIBSEL4_INLINE_FUNC void seL4_DebugPutString(const char *str)
{
    for (; *str; str++)
        seL4_DebugPutChar(*str);
}

LIBSEL4_INLINE_FUNC void seL4_DebugDumpScheduler(void)
{
    sel4ish_svc_plain(seL4_SysDebugDumpScheduler, 0);
}

LIBSEL4_INLINE_FUNC void seL4_DebugSnapshot(void)
{
    sel4ish_svc_plain(seL4_SysDebugSnapshot, 0);
}

/* Every invariant of the kernel holds, or it says which does not and stops. */
LIBSEL4_INLINE_FUNC void seL4_DebugCheck(void)
{
    sel4ish_svc_plain(seL4_SysDebugCheck, 0);
}

/* Ends the machine, if it can be ended, with a status that is not 0. */
LIBSEL4_INLINE_FUNC void seL4_DebugHalt(void)
{
    sel4ish_svc_plain(seL4_SysDebugHalt, 0);
}

/* Which type of capability (row of kernel/abi/capabilities.def) is at that address; 0 for none. */
LIBSEL4_INLINE_FUNC seL4_Uint32 seL4_DebugCapIdentify(seL4_CPtr cap)
{
    return (seL4_Uint32)sel4ish_svc_plain(seL4_SysDebugCapIdentify, cap);
}

/* The name, cut to what the kernel keeps, travels in the IPC buffer's message words. */
LIBSEL4_INLINE_FUNC void seL4_DebugNameThread(seL4_CPtr tcb, const char *name)
{
    volatile char *to = (volatile char *)seL4_GetIPCBuffer()->msg;
    seL4_Word i = 0;

    for (; name[i] && i < sizeof(seL4_Word) * seL4_MsgMaxLength - 1; i++)
        to[i] = name[i];
    to[i] = 0;
    sel4ish_svc_plain(seL4_SysDebugNameThread, tcb);
}
