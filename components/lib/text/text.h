/* SPDX-License-Identifier: BSD-2-Clause
 * Text: lines of printable ASCII in DejaVu Sans, smooth. The same text gives the same pixels, whatever came before.
 * The font is part of the program; glyphs are drawn once and kept while there is room, in memory from malloc. */
#pragma once

#include <lib/draw/canvas.h>

enum { TEXT_LARGEST = 96 };     /* pixels from the highest to the deepest point of a line */

/* Is the font what it should be? Once, before anything else here. */
bool text_start(void);
/* How far the pen moves, in pixels. */
int32_t text_width(const char *text, int32_t size);
/* From a line's top to its base, on which letters stand. */
int32_t text_ascent(int32_t size);
/* Draws from x on, standing on base. Characters that are not printable ASCII show as '?'. */
void text_draw(const struct canvas *canvas, int32_t x, int32_t base, const char *text, int32_t size, uint32_t colour);
