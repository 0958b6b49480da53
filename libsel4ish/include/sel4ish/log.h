/* SPDX-License-Identifier: BSD-2-Clause
 * Log: lines of text to whoever provides log@1. Everything written to stdout and stderr goes the same way: whole lines,
 * to log@1 once it is connected, to the kernel's debug channel when the component has no log@1 in its config.
 *
 *   start --> buffered --(log@1 ready)--> connected --(it leaves)--> buffered
 *
 * Lines are kept, up to a limit, until log@1 is there: a component may log before its provider runs. The library asks
 * again, without waiting, at each line. What finds no room is counted in the ring's `dropped`, never waited for.
 * Invariant: bytes of one line lie in the ring together. */
#pragma once

#include <stddef.h>

#include <sel4/sel4.h>

/* Formats one line and sends it; '\n' is added. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Sends what has been buffered, if that is possible now; components need it only before they stop. */
void log_flush(void);
/* For the component that provides log@1 itself: where its own lines go, instead of the above. */
void log_divert(void (*put)(const char *line, size_t len));
