/* SPDX-License-Identifier: BSD-2-Clause
 * A component's end: its last line goes to the log, and to the debug channel if nobody provides the log. */
#include "stop.h"

#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>

#include "log_state.h"
#include "output.h"
#include "own_config.h"

const char *sel4ish_stop_name(void)
{
    return own_name();
}

void sel4ish_stop_say(const char *text)
{
    sel4ish_output_line(text, strlen(text));
    if (!log_delivered())
        sel4ish_output_debug(text, strlen(text));
}

/* What it provides stays mapped and readable: only deleting its capabilities takes that away. */
_Noreturn void sel4ish_park(void)
{
    for (;;)
        sel4ish_event_wait();
}
