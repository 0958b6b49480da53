/* SPDX-License-Identifier: BSD-2-Clause
 * Decor: what of the screen is the compositor's own: backdrop, title bars, borders, the mark of a window whose client
 * left. Name and colour are the pane's, and follow from its label.
 * Invariant: draws within the canvas's clip, and gives a pixel the same colour however the screen was cut. */
#pragma once

#include <lib/draw/canvas.h>

#include "pane.h"

/* The colour by which a person knows a client. */
uint32_t decor_colour(uint32_t label);
void decor_backdrop(const struct canvas *canvas, struct rect screen);
/* Title bar, border, and the content of a pane that is gone; not the content of one that is open. */
void decor_pane(const struct canvas *canvas, const struct pane *pane, bool focused);
