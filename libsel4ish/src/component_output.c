/* SPDX-License-Identifier: BSD-2-Clause
 * A component's output: one line under construction, handed to the log whole. */
#include "output.h"

#include <sel4/debug.h>

enum { LINE_BYTES = 240 };

static char line[LINE_BYTES];
static size_t line_len;

void sel4ish_output_finish_line(void)
{
    size_t len = line_len;

    line_len = 0;
    if (len)
        sel4ish_output_line(line, len);
}

void sel4ish_output_char(char c)
{
    if (c == '\n') {
        size_t len = line_len;

        line_len = 0;
        sel4ish_output_line(line, len);
        return;
    }
    if (line_len == LINE_BYTES)
        sel4ish_output_finish_line();
    line[line_len++] = c;
}

void sel4ish_output_debug(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        seL4_DebugPutChar(text[i]);
    seL4_DebugPutChar('\n');
}
