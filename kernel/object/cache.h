/* SPDX-License-Identifier: BSD-2-Clause
 * Cache maintenance on a program's behalf, which may be long, so in steps. */
#pragma once

#include "../core/invoke.h"

enum cache_operation { CACHE_CLEAN, CACHE_INVALIDATE, CACHE_CLEAN_INVALIDATE, CACHE_UNIFY };

/* Maintain bytes start .. end - 1 of memory, where start is the call's first argument: when interrupted, that argument is
 * moved on, so that the call goes on where it stopped. seL4_NoError or KERNEL_PREEMPTED. */
seL4_Error cache_maintain(struct invocation *inv, enum cache_operation operation, uint8_t *memory, word_t start,
                          word_t end) MUST_USE;
