/* SPDX-License-Identifier: BSD-2-Clause
 * Scan-out: the memory that a display shows, XRGB8888. Surfaces that are copied from have the same width, height and
 * stride.
 * Invariant: a store goes into stride * height bytes from `pixels`, aligned to its own size, so that `pixels` may be a
 * device's memory as well as RAM. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <interfaces/framebuffer/framebuffer.h>

struct scanout {
    volatile void *pixels;      /* 8-byte aligned */
    uint32_t width, height;     /* at most UINT16_MAX */
    uint32_t stride;            /* bytes, a multiple of 8 */
};

/* May a screen be like that, in so many bytes of memory, and a surface as well? */
bool scanout_valid(const struct scanout *scanout, uint64_t bytes);

/* Black. */
void scanout_clear(const struct scanout *scanout);

/* What of the rectangle lies on the screen; no width and no height if nothing does. */
struct framebuffer_rect scanout_clamp(const struct scanout *scanout, struct framebuffer_rect rect);

/* Copies what of the rectangle lies on the screen. The surface may change meanwhile: then so does what is shown. */
void scanout_copy(const struct scanout *scanout, const void *surface, struct framebuffer_rect rect);

/* All of it. */
static inline struct framebuffer_rect scanout_whole(const struct scanout *scanout)
{
    return (struct framebuffer_rect){.width = (uint16_t)scanout->width, .height = (uint16_t)scanout->height};
}
