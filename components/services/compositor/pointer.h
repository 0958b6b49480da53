/* SPDX-License-Identifier: BSD-2-Clause
 * Pointer: the arrow that shows where clicks go. Its tip is its top left pixel. */
#pragma once

#include <lib/draw/canvas.h>

enum { POINTER_WIDTH = 13, POINTER_HEIGHT = 20 };

static inline struct rect pointer_rect(int32_t x, int32_t y)
{
    return rect_at(x, y, POINTER_WIDTH, POINTER_HEIGHT);
}

void pointer_draw(const struct canvas *canvas, int32_t x, int32_t y);
