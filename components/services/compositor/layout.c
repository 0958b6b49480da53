/* SPDX-License-Identifier: BSD-2-Clause
 * Layout: see layout.h. */
#include "layout.h"

#include <stdlib.h>

enum { LEFT = 48, TOP = 40, STEP_RIGHT = 56, STEP_DOWN = 48, STEPS = 8 };

static int32_t within(int32_t value, int32_t least, int32_t most)
{
    return value < least ? least : value > most ? most : value;
}

void layout_place(struct pane *pane, int32_t x, int32_t y, struct rect screen)
{
    int32_t width = pane->surface.width, hold = width < LAYOUT_HOLD ? width : LAYOUT_HOLD;

    pane->x = within(x, screen.x0 + hold - width, screen.x1 - hold);
    pane->y = within(y, screen.y0 + PANE_TITLE, screen.y1);
}

void layout_cascade(struct pane *pane, unsigned n, struct rect screen)
{
    int32_t step = (int32_t)(n % STEPS);

    layout_place(pane, screen.x0 + LEFT + step * STEP_RIGHT, screen.y0 + TOP + PANE_TITLE + step * STEP_DOWN, screen);
}

bool layout_parse(const char *text, int32_t *x, int32_t *y)
{
    char *comma, *end;
    long first = strtol(text, &comma, 10), second;

    if (comma == text || *comma != ',')
        return false;
    second = strtol(comma + 1, &end, 10);
    if (end == comma + 1 || *end || labs(first) > RECT_MOST || labs(second) > RECT_MOST)
        return false;
    *x = (int32_t)first;
    *y = (int32_t)second;
    return true;
}
