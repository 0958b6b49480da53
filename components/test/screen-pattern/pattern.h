/* SPDX-License-Identifier: BSD-2-Clause
 * Pattern: picture number n, of any size. test_display.py computes the same. */
#pragma once

#include <stdint.h>

static inline uint32_t pattern_pixel(uint32_t n, uint32_t x, uint32_t y)
{
    uint32_t red = 7 * x + 31 * n, green = 5 * y + 17 * n, blue = (x ^ y) + 13 * n;

    return (red & 0xff) << 16 | (green & 0xff) << 8 | (blue & 0xff);
}
