/* SPDX-License-Identifier: BSD-2-Clause
 * Stop: the ways in which a program ends other than by sleeping. Each says why on one line, then faults, so that its
 * fault handler learns of it and names the place. */
#include "stop.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sel4/assert.h>

#include "output.h"

_Noreturn void sel4ish_stop_fault(void)
{
    for (;;)
        __asm__ volatile("udf %0" ::"i"(SEL4ISH_STOP_UDF));
}

_Noreturn void sel4ish_stop(const char *format, ...)
{
    char text[200];
    int len;
    va_list arguments;

    sel4ish_output_finish_line();
    len = snprintf(text, sizeof text, "%s: ", sel4ish_stop_name());
    va_start(arguments, format);
    vsnprintf(text + len, sizeof text - (size_t)len, format, arguments);
    va_end(arguments);
    sel4ish_stop_say(text);
    sel4ish_stop_fault();
}

_Noreturn void __assert_func(const char *file, int line, const char *function, const char *condition)
{
    sel4ish_stop("%s:%d: %s: assertion failed: %s", file, line, function ? function : "?", condition);
}

/* libsel4's assertions. A program may bring its own. */
__attribute__((weak)) void __assert_fail(const char *str, const char *file, int line, const char *function)
{
    __assert_func(file, line, function, str);
}

_Noreturn void abort(void)
{
    sel4ish_stop("abort() called");
}

_Noreturn void _exit(int status)
{
    sel4ish_output_finish_line();
    if (status)
        printf("exit with status %d\n", status);
    sel4ish_park();
}
