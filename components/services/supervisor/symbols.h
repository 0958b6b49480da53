/* SPDX-License-Identifier: BSD-2-Clause
 * Symbols: the functions of every component, as the tool laid them in read-only memory, little-endian:
 *
 *   u32 magic "4sym", u32 programs
 *   programs times:  char name[32], u32 count, u32 offset        offset: of its functions, from the table's start
 *   at each offset:  count times u64 address, u32 size, u32 name ascending; name: of a string, from the table's start
 *
 * The table is the tool's, but a wrong byte in it must cost no more than a name: every offset is checked. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { SYMBOLS_MAGIC = 0x6d797334, SYMBOLS_NAME = 32 };

struct symbols {
    const uint8_t *table;
    size_t bytes;
};

/* The function of that component around the address, and how far into it; null if none is known. */
const char *symbols_find(const struct symbols *symbols, const char *component, uint64_t address, uint64_t *into);
