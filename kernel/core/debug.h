/* SPDX-License-Identifier: BSD-2-Clause
 * What a kernel says to people. debug.c and release.c both implement this: an executable links one of them. */
#pragma once

#include "assert.h"
#include "cspace.h"
#include "thread.h"

/* The debug system calls. False: the number is none of them, and nothing was done. */
bool debug_syscall(struct thread *t, word_t number) MUST_USE;
/* A thread faulted, and nobody handles its faults: it has been stopped. */
void debug_unhandled_fault(struct thread *t);
/* One line on the debug channel, "kernel|text"; nothing in release kernels. */
void debug_line(const char *text);
