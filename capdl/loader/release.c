/* SPDX-License-Identifier: BSD-2-Clause */
#include "channel.h"

void channel_put(const char *text)
{
    (void)text;
}

void channel_name_thread(seL4_TCB tcb, const char *name)
{
    (void)tcb;
    (void)name;
}

_Noreturn void channel_halt(void)
{
    for (;;)
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
}
