/* SPDX-License-Identifier: BSD-2-Clause
 * Memory map: ranges of physical addresses, sorted, disjoint, not touching, none empty. */
#pragma once

#include "arch.h"

struct memory_map {
    struct memory_range *ranges;
    unsigned count, capacity;
    bool full;                  /* something did not fit: the map says less than it should */
};

/* Add what of range lies between multiples of align (a power of two). */
void memory_map_add(struct memory_map *map, struct memory_range range, paddr_t align);
/* Take out range, grown to multiples of align. An end of 0 or below start is the end of all addresses. */
void memory_map_remove(struct memory_map *map, struct memory_range range, paddr_t align);
