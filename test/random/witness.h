/* SPDX-License-Identifier: BSD-2-Clause
 * Witness: what the kernel's counters of a thread say about a call that it made. Nobody in user mode sees otherwise that its
 * call was preempted, that its message was lost, or that it gave way to another. */
#pragma once

#include "call.h"

struct counters {
    bool known;
    uint64_t syscalls, faults, switches, drops;
};

/* Of a player, read by itself, which is a system call too. Not known if it has no capability to itself, or no buffer. */
struct counters counters_own(unsigned player);
/* ... and by the maker. */
struct counters counters_of(unsigned player);

/* Between the two readings one call was made. */
bool was_preempted(const struct counters *before, const struct counters *after);
bool was_dropped(const struct counters *before, const struct counters *after);
bool gave_way(const struct counters *before, const struct counters *after);
