/* SPDX-License-Identifier: BSD-2-Clause
 * Bells: who has to be signalled before the compositor sleeps.
 * Invariant: signalling the last one and going to sleep are one system call. */
#pragma once

#include <sel4/sel4.h>

enum { BELLS = 40 };

struct bells {
    unsigned count;
    seL4_CPtr caps[BELLS];
};

/* No capability, no bell. */
void bells_add(struct bells *bells, seL4_CPtr cap);
/* Signals all; then sleeps until there is an event, unless some are kept already, and returns its bits. */
seL4_Word bells_wait(struct bells *bells);
/* Signals all. */
void bells_ring(struct bells *bells);
