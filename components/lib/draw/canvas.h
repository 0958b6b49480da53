/* SPDX-License-Identifier: BSD-2-Clause
 * Canvas: pixels to draw in, and the part of them that may change.
 * Invariant: no function here touches a pixel outside of `clip`, which lies within the pixels. */
#pragma once

#include <stdint.h>

#include <lib/draw/rect.h>

struct canvas {
    uint32_t *pixels;
    int32_t stride;             /* pixels from one row to the next */
    struct rect clip;
};

static inline struct canvas canvas_of(uint32_t *pixels, int32_t width, int32_t height, int32_t stride)
{
    return (struct canvas){pixels, stride, {0, 0, width, height}};
}

/* The same pixels with less of them to change. */
static inline struct canvas canvas_clipped(const struct canvas *canvas, struct rect clip)
{
    return (struct canvas){canvas->pixels, canvas->stride, rect_common(canvas->clip, clip)};
}

static inline uint32_t *canvas_at(const struct canvas *canvas, int32_t x, int32_t y)
{
    return canvas->pixels + (int64_t)y * canvas->stride + x;
}

void canvas_fill(const struct canvas *canvas, struct rect r, uint32_t colour);
/* Opaque: the source's pixel (0, 0) comes to x, y; r says what of it, in the canvas's coordinates. */
void canvas_copy(const struct canvas *canvas, struct rect r, const uint32_t *from, int32_t from_stride, int32_t x,
                 int32_t y);
/* alpha: 0 nothing, 255 the colour itself. */
void canvas_blend(const struct canvas *canvas, int32_t x, int32_t y, uint32_t colour, unsigned alpha);
/* Blends a picture of alphas, width bytes a row. */
void canvas_mask(const struct canvas *canvas, int32_t x, int32_t y, const uint8_t *alphas, int32_t width,
                 int32_t height, uint32_t colour);
/* A gradient from top to bottom between two colours, with a fine pattern instead of bands. It depends on the place in
 * `whole` alone, not on which part is drawn. */
void canvas_gradient(const struct canvas *canvas, struct rect r, struct rect whole, uint32_t top, uint32_t bottom);
/* Smooth: all pixels within radius of the line from a to b; a disc where both are the same. */
void canvas_line(const struct canvas *canvas, float ax, float ay, float bx, float by, float radius, uint32_t colour);
/* Smooth: all pixels whose distance from the centre is between inner and outer. */
void canvas_ring(const struct canvas *canvas, float cx, float cy, float inner, float outer, uint32_t colour);
