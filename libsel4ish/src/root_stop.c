/* SPDX-License-Identifier: BSD-2-Clause
 * A root task's output and its end: lines go to the debug channel, and nobody is there to be told of the end. */
#include "stop.h"

#include <string.h>

#include "output.h"

void output_line(const char *line, size_t len)
{
    output_debug(line, len);
}

const char *stop_name(void)
{
    return "root task";
}

void stop_say(const char *text)
{
    output_debug(text, strlen(text));
}

_Noreturn void sel4ish_park(void)
{
    for (;;)
        seL4_TCB_Suspend(seL4_CapInitThreadTCB);
}
