/* SPDX-License-Identifier: BSD-2-Clause
 * Canvas: see canvas.h. */
#include "canvas.h"

#include <math.h>
#include <string.h>

#include <lib/draw/colour.h>

/* Pixels x0 to x1 of the row that begins at `row`: one by one to a multiple of four, from there on four at a time. */
static void fill(uint32_t *row, int32_t x0, int32_t x1, const uint32_t colours[4])
{
    for (; x0 < x1 && x0 & 3; x0++)
        row[x0] = colours[x0 & 3];
    for (; x1 - x0 >= 4; x0 += 4)
        memcpy(row + x0, colours, 4 * sizeof *colours);
    for (; x0 < x1; x0++)
        row[x0] = colours[x0 & 3];
}

void canvas_fill(const struct canvas *canvas, struct rect r, uint32_t colour)
{
    struct rect in = rect_common(r, canvas->clip);
    const uint32_t colours[4] = {colour, colour, colour, colour};

    for (int32_t y = in.y0; y < in.y1; y++)
        fill(canvas_at(canvas, 0, y), in.x0, in.x1, colours);
}

/* Eight pixels at a time: the C library's memcpy goes byte by byte. */
static void copy(uint32_t *to, const uint32_t *from, int32_t count)
{
    enum { STEP = 8 };

    for (; count >= STEP; count -= STEP, to += STEP, from += STEP)
        memcpy(to, from, STEP * sizeof *to);
    while (count-- > 0)
        *to++ = *from++;
}

void canvas_copy(const struct canvas *canvas, struct rect r, const uint32_t *from, int32_t from_stride, int32_t x,
                 int32_t y)
{
    struct rect in = rect_common(r, canvas->clip);

    if (rect_empty(in))
        return;
    for (int32_t row = in.y0; row < in.y1; row++)
        copy(canvas_at(canvas, in.x0, row), from + (int64_t)(row - y) * from_stride + (in.x0 - x), rect_width(in));
}

void canvas_blend(const struct canvas *canvas, int32_t x, int32_t y, uint32_t colour, unsigned alpha)
{
    uint32_t *pixel;

    if (!alpha || !rect_holds(canvas->clip, x, y))
        return;
    pixel = canvas_at(canvas, x, y);
    *pixel = colour_mix(*pixel, colour, alpha + (alpha >> 7));
}

void canvas_mask(const struct canvas *canvas, int32_t x, int32_t y, const uint8_t *alphas, int32_t width,
                 int32_t height, uint32_t colour)
{
    struct rect in = rect_common(rect_at(x, y, width, height), canvas->clip);

    for (int32_t row = in.y0; row < in.y1; row++)
        for (int32_t column = in.x0; column < in.x1; column++)
            canvas_blend(canvas, column, row, colour, alphas[(row - y) * width + (column - x)]);
}

/* The order in which the pixels of a 4 x 4 tile take the next shade. */
static const uint8_t dither[4][4] = {{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}};

static uint32_t shade(uint32_t top, uint32_t bottom, int32_t at, int32_t of, unsigned threshold)
{
    uint32_t colour = 0;

    for (unsigned shift = 0; shift < 24; shift += 8) {
        int32_t a = (int32_t)(top >> shift & 0xff), b = (int32_t)(bottom >> shift & 0xff);
        int32_t sixteenths = a * 16 + (b - a) * 16 * at / of;

        colour |= (uint32_t)((sixteenths + (int32_t)threshold) >> 4) << shift;
    }
    return colour;
}

void canvas_gradient(const struct canvas *canvas, struct rect r, struct rect whole, uint32_t top, uint32_t bottom)
{
    struct rect in = rect_common(rect_common(r, whole), canvas->clip);

    for (int32_t y = in.y0; y < in.y1 && in.x0 < in.x1; y++) {
        uint32_t colours[4];

        for (int i = 0; i < 4; i++)
            colours[i] = shade(top, bottom, y - whole.y0, rect_height(whole), dither[y & 3][i]);
        fill(canvas_at(canvas, 0, y), in.x0, in.x1, colours);
    }
}

/* How much of a pixel is within: its centre's distance beyond the edge says. */
static unsigned coverage(float beyond)
{
    if (beyond <= -0.5f)
        return 255;
    if (beyond >= 0.5f)
        return 0;
    return (unsigned)((0.5f - beyond) * 255.0f);
}

static struct rect pixels_around(float x0, float y0, float x1, float y1, float radius)
{
    return (struct rect){(int32_t)floorf(x0 - radius) - 1, (int32_t)floorf(y0 - radius) - 1,
                         (int32_t)ceilf(x1 + radius) + 1, (int32_t)ceilf(y1 + radius) + 1};
}

void canvas_line(const struct canvas *canvas, float ax, float ay, float bx, float by, float radius, uint32_t colour)
{
    struct rect in = rect_common(pixels_around(fminf(ax, bx), fminf(ay, by), fmaxf(ax, bx), fmaxf(ay, by), radius),
                                 canvas->clip);
    float dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;

    for (int32_t y = in.y0; y < in.y1; y++)
        for (int32_t x = in.x0; x < in.x1; x++) {
            float px = (float)x + 0.5f - ax, py = (float)y + 0.5f - ay;
            float along = length > 0 ? fminf(1, fmaxf(0, (px * dx + py * dy) / length)) : 0;
            float ox = px - along * dx, oy = py - along * dy;

            canvas_blend(canvas, x, y, colour, coverage(sqrtf(ox * ox + oy * oy) - radius));
        }
}

void canvas_ring(const struct canvas *canvas, float cx, float cy, float inner, float outer, uint32_t colour)
{
    struct rect in = rect_common(pixels_around(cx, cy, cx, cy, outer), canvas->clip);

    for (int32_t y = in.y0; y < in.y1; y++)
        for (int32_t x = in.x0; x < in.x1; x++) {
            float px = (float)x + 0.5f - cx, py = (float)y + 0.5f - cy, distance = sqrtf(px * px + py * py);

            canvas_blend(canvas, x, y, colour, coverage(fmaxf(distance - outer, inner - distance)));
        }
}
