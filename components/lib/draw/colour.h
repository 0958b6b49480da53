/* SPDX-License-Identifier: BSD-2-Clause
 * Colour: 0x00RRGGBB, as every surface holds it. */
#pragma once

#include <stdint.h>

/* a where weight is 0, b where it is 256; two channels at a time. */
static inline uint32_t colour_mix(uint32_t a, uint32_t b, uint32_t weight)
{
    uint32_t rb = ((a & 0xff00ff) * (256 - weight) + (b & 0xff00ff) * weight) >> 8 & 0xff00ff;
    uint32_t g = ((a & 0x00ff00) * (256 - weight) + (b & 0x00ff00) * weight) >> 8 & 0x00ff00;

    return rb | g;
}

/* Each channel's sum, at most full. */
static inline uint32_t colour_add(uint32_t a, uint32_t b)
{
    uint32_t sum = 0;

    for (unsigned shift = 0; shift < 24; shift += 8) {
        uint32_t channel = (a >> shift & 0xff) + (b >> shift & 0xff);

        sum |= (channel > 0xff ? 0xff : channel) << shift;
    }
    return sum;
}
