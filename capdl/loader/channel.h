/* SPDX-License-Identifier: BSD-2-Clause
 * Channel: the debug kernel's output. debug.c is linked into the loader for debug kernels, release.c into the one for
 * release kernels, which have no such channel and answer such a call with a fault. */
#pragma once

#include <sel4/sel4.h>

void channel_put(const char *text);
/* The name that stands before a thread's lines. */
void channel_name_thread(seL4_TCB tcb, const char *name);
_Noreturn void channel_halt(void);
