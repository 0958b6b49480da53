/* SPDX-License-Identifier: BSD-2-Clause
 * Output: where finished lines go. A component's go to the log (log.c), a root task's to the debug channel. */
#pragma once

#include <stddef.h>

/* A whole line without its '\n'; or, of a line that is too long, a piece. */
void output_line(const char *line, size_t len);
/* Whatever stdout still holds of an unfinished line. */
void output_finish_line(void);

/* Straight to the kernel's debug channel. */
void output_debug(const char *line, size_t len);
