/* SPDX-License-Identifier: BSD-2-Clause
 * stdout and stderr: one line under construction, handed over whole. There is no stdin: input is an interface. */
#include "output.h"

#include <stdio.h>

#include <sel4/debug.h>

enum { LINE_BYTES = 240 };

static char line[LINE_BYTES];
static size_t line_len;

void output_finish_line(void)
{
    size_t len = line_len;

    line_len = 0;
    if (len)
        output_line(line, len);
}

static int put(char c, FILE *file)
{
    (void)file;
    if (c == '\n') {
        size_t len = line_len;

        line_len = 0;
        output_line(line, len);
        return 0;
    }
    if (line_len == LINE_BYTES)
        output_finish_line();
    line[line_len++] = c;
    return 0;
}

void output_debug(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        seL4_DebugPutChar(text[i]);
    seL4_DebugPutChar('\n');
}

static FILE output = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdout = &output;
FILE *const stderr = &output;
FILE *const stdin = &output;    /* not readable: every read says end of file */
