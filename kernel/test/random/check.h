/* SPDX-License-Identifier: BSD-2-Clause
 * Check: after every kernel entry all invariants hold; and what a refused call leaves is what it found. */
#pragma once

#include "../fixture.h"

/* A world was booted: from here on every entry is checked, and counted in *entries_made. */
void check_begin(uint64_t *entries_made);
unsigned check_entries(void);       /* since it was last asked */
/* A number that changes with capabilities, their tree, mappings, bindings, queues and threads; as of the last entry.
 * Left out: time, counters, how far memory is zeroed, and the registers of who runs. */
uint64_t check_state(void);
