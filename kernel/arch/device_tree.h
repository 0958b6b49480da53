/* SPDX-License-Identifier: BSD-2-Clause
 * Device tree (Devicetree Specification 0.4, chapter 5): the little that the kernel reads of it, memory, reserved
 * memory and the tree's own size. A tree is data from outside: every read is bounded, nothing recurses, malformed means
 * false. */
#pragma once

#include "arch.h"

enum { DEVICE_TREE_RANGES = 16 };

struct device_tree {
    size_t bytes;                                       /* used part, from the tree's first byte */
    struct memory_range memory[DEVICE_TREE_RANGES];     /* as written: any order, any alignment, start <= end */
    unsigned memory_count;
    struct memory_range reserved[DEVICE_TREE_RANGES];
    unsigned reserved_count;
};

/* Read the tree at blob, of which at most limit bytes may be touched. */
bool device_tree_read(const void *blob, size_t limit, struct device_tree *tree) MUST_USE;
/* Make the header of a tree claim that size. */
void device_tree_set_bytes(void *blob, size_t bytes);
