/* SPDX-License-Identifier: BSD-2-Clause
 * Report: see report.h. */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>

#include <sel4ish/config.h>
#include <sel4ish/log.h>

void report(const char *format, ...)
{
    char line[320];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (sel4ish_option("debug", 1)) {
        seL4_DebugPutString("supervisor: ");
        seL4_DebugPutString(line);
        seL4_DebugPutString("\n");
    }
    if (sel4ish_find(SEL4ISH_USE, "log"))   /* without one, log_line would go to the debug channel as well */
        log_line("%s", line);               /* behind the mark "[supervisor]" */
}

void report_counters(const struct member *member)
{
    sel4ish_TCB_ReadCounters_t counters = sel4ish_TCB_ReadCounters(member->tcb);

    report("counters %s: syscalls=%lu faults=%lu switches=%lu denials=%lu", member->name, counters.syscalls,
           counters.faults, counters.switches, counters.denials);
}
