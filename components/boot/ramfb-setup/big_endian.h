/* SPDX-License-Identifier: BSD-2-Clause
 * Big endian: numbers of 1 to 8 bytes, most significant first, at any address. */
#pragma once

#include <stdint.h>

static inline uint64_t big_endian_get(const uint8_t *at, unsigned bytes)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | at[i];
    return value;
}

static inline void big_endian_put(uint8_t *at, unsigned bytes, uint64_t value)
{
    for (unsigned i = bytes; i-- > 0; value >>= 8)
        at[i] = (uint8_t)value;
}
