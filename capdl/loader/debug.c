/* SPDX-License-Identifier: BSD-2-Clause */
#include "channel.h"

void channel_put(const char *text)
{
    seL4_DebugPutString(text);
}

void channel_name_thread(seL4_TCB tcb, const char *name)
{
    seL4_DebugNameThread(tcb, name);
}

_Noreturn void channel_halt(void)
{
    seL4_DebugHalt();
    for (;;)
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
}
