/* SPDX-License-Identifier: BSD-2-Clause
 * Paint: see paint.h. */
#include "paint.h"

#include "decor.h"
#include "pointer.h"

struct painter {
    struct canvas canvas;
    const struct desk *desk;
    uint32_t drawn;
};

_Static_assert(PANES <= 32, "a set of panes is one word");

static void content(struct painter *painter, const struct canvas *part, unsigned n)
{
    const struct pane *pane = &painter->desk->stack.panes[n];
    struct rect r = rect_common(part->clip, pane_content(pane));

    if (rect_empty(r))
        return;
    canvas_copy(part, r, pane->surface.pixels, pane->surface.stride, pane->x, pane->y);
    painter->drawn |= 1u << n;
}

static void part(void *context, unsigned n, struct rect r)
{
    struct painter *painter = context;
    struct canvas canvas = canvas_clipped(&painter->canvas, r);
    const struct pane *pane = &painter->desk->stack.panes[n];

    if (n == STACK_NONE) {
        decor_backdrop(&canvas, painter->desk->screen);
        return;
    }
    if (pane->state == PANE_OPEN)
        content(painter, &canvas, n);
    if (pane->state != PANE_OPEN || !rect_covers(pane_content(pane), r))
        decor_pane(&canvas, pane, painter->desk->focus == n);
}

uint32_t paint(const struct canvas *canvas, const struct desk *desk)
{
    struct painter painter = {.desk = desk};

    for (unsigned i = 0; i < desk->damage.count; i++) {
        painter.canvas = canvas_clipped(canvas, rect_common(desk->damage.rects[i], desk->screen));
        stack_parts(&desk->stack, painter.canvas.clip, part, &painter);
        pointer_draw(&painter.canvas, desk->x, desk->y);
    }
    return painter.drawn;
}
