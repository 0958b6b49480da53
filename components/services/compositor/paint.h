/* SPDX-License-Identifier: BSD-2-Clause
 * Paint: the one place where the screen's pixels are made, from what the desk says.
 * Invariant: draws in the rectangles that it is given and nowhere else; each pixel of them is made once, from what lies
 * on top there, and the pointer is blended over it. */
#pragma once

#include <lib/draw/canvas.h>

#include "desk.h"

/* Draws the desk's damage, which the caller then forgets. Returns the set of panes of whose content a part was drawn:
 * bit n is pane n. */
uint32_t paint(const struct canvas *canvas, const struct desk *desk);
