/* SPDX-License-Identifier: BSD-2-Clause
 * A root task's output and its end. Each character goes straight to the debug channel, where the kernel keeps a line of
 * each thread until it ends: so it comes out whole, in the order of whatever wrote it, and none is lost when the thread
 * faults or halts the machine. Nobody is there to be told of the end. */
#include "stop.h"

#include <stdbool.h>

#include <sel4/debug.h>

#include "output.h"

static bool used;       /* who never prints ends without a debug call, which a release kernel has not */

void sel4ish_output_char(char c)
{
    used = true;
    if (c)              /* it would end the line */
        seL4_DebugPutChar(c);
}

void sel4ish_output_finish_line(void)
{
    if (used)
        seL4_DebugPutChar('\0');
}

const char *sel4ish_stop_name(void)
{
    return "root task";
}

void sel4ish_stop_say(const char *text)
{
    seL4_DebugPutString(text);
    seL4_DebugPutChar('\n');
}

_Noreturn void sel4ish_park(void)
{
    for (;;)
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
}
