/* SPDX-License-Identifier: BSD-2-Clause
 * Layout: where windows are put and how far they may be moved. Values only.
 * Invariant: of a title bar so much stays on the screen that it can be held. */
#pragma once

#include "pane.h"

enum { LAYOUT_HOLD = 48 };      /* pixels of a title bar that stay on the screen */

/* The content's corner of the n-th window: one behind the other, down and to the right, begun anew where the screen
 * ends. */
void layout_cascade(struct pane *pane, unsigned n, struct rect screen);
/* The nearest place to x, y that may be. */
void layout_place(struct pane *pane, int32_t x, int32_t y, struct rect screen);
/* "X,Y", the frame's corner. False: it is not that. */
bool layout_parse(const char *text, int32_t *x, int32_t *y);
