/* SPDX-License-Identifier: BSD-2-Clause
 * Output: where what stdio writes goes. A component's lines go to the log (log.c), a root task's to the debug channel. */
#pragma once

#include <stddef.h>

/* The next character of stdout and stderr. */
void sel4ish_output_char(char c);
/* Whatever there is of an unfinished line comes out as one. */
void sel4ish_output_finish_line(void);

/* Components: a whole line without its '\n'; or, of a line that is too long, a piece. */
void sel4ish_output_line(const char *line, size_t len);
/* Components: straight to the kernel's debug channel. */
void sel4ish_output_debug(const char *line, size_t len);
