/* SPDX-License-Identifier: BSD-2-Clause
 * Decor: see decor.h. */
#include "decor.h"

#include <lib/draw/colour.h>
#include <lib/text/text.h>

enum {
    SKY = 0x1b2a49, GROUND = 0x3f6c86,              /* backdrop, top and bottom */
    DULL = 0x39424f, DULL_TEXT = 0xb8c0cc,          /* a window that has no focus */
    DEAD = 0x2b2f36, DEAD_TEXT = 0x7d8590, DEAD_STRIPE = 0x31363e,
    BRIGHT_TEXT = 0xffffff,
    TEXT_SIZE = 17, DOT_RADIUS = 5, DOT_AT = 15, TEXT_AT = 30, STRIPE = 16,
};

static const uint32_t colours[] = {0x3b7dd8, 0xc4573f, 0x2f9e74, 0x8a5cc9, 0xb9852b, 0x2c93a8, 0xb84a86, 0x6b8f2e};

uint32_t decor_colour(uint32_t label)
{
    return colours[label % (sizeof colours / sizeof colours[0])];
}

void decor_backdrop(const struct canvas *canvas, struct rect screen)
{
    canvas_gradient(canvas, canvas->clip, screen, SKY, GROUND);
}

static void title(const struct canvas *canvas, const struct pane *pane, bool focused)
{
    struct canvas bar = canvas_clipped(canvas, pane_title(pane));
    struct rect r = pane_title(pane);
    bool gone = pane->state == PANE_GONE;
    uint32_t own = decor_colour(pane->label);
    uint32_t body = gone ? DEAD : focused ? own : DULL;
    uint32_t ink = gone ? DEAD_TEXT : focused ? BRIGHT_TEXT : DULL_TEXT;
    int32_t base = r.y0 + (PANE_TITLE - TEXT_SIZE) / 2 + text_ascent(TEXT_SIZE);
    float x = (float)(r.x0 + DOT_AT), y = (float)r.y0 + PANE_TITLE / 2;

    if (rect_empty(bar.clip))
        return;
    canvas_gradient(&bar, r, r, colour_mix(body, 0xffffff, focused ? 40 : 16), body);
    canvas_fill(&bar, (struct rect){r.x0, r.y0, r.x1, r.y0 + 1}, colour_mix(body, 0xffffff, 72));
    canvas_line(&bar, x, y, x, y, DOT_RADIUS, gone ? DEAD_TEXT : focused ? BRIGHT_TEXT : own);
    text_draw(&bar, r.x0 + TEXT_AT, base, pane->name, TEXT_SIZE, ink);
    if (gone)
        text_draw(&bar, r.x0 + TEXT_AT + text_width(pane->name, TEXT_SIZE) + text_width("  ", TEXT_SIZE), base, "gone",
                  TEXT_SIZE, ink);
}

static void border(const struct canvas *canvas, const struct pane *pane, bool focused)
{
    struct rect frame = pane_frame(pane), content = pane_content(pane);
    uint32_t colour = pane->state == PANE_GONE ? DEAD : focused ? decor_colour(pane->label) : DULL;

    canvas_fill(canvas, (struct rect){frame.x0, content.y0, content.x0, frame.y1}, colour);
    canvas_fill(canvas, (struct rect){content.x1, content.y0, frame.x1, frame.y1}, colour);
    canvas_fill(canvas, (struct rect){content.x0, content.y1, content.x1, frame.y1}, colour);
}

/* Slanting stripes, fixed to the window. */
static void gone(const struct canvas *canvas, const struct pane *pane)
{
    struct rect in = rect_common(canvas->clip, pane_content(pane));

    for (int32_t y = in.y0; y < in.y1; y++)
        for (int32_t x = in.x0; x < in.x1; x++)
            *canvas_at(canvas, x, y) = ((x - pane->x) + (y - pane->y)) / STRIPE % 2 ? DEAD : DEAD_STRIPE;
}

void decor_pane(const struct canvas *canvas, const struct pane *pane, bool focused)
{
    title(canvas, pane, focused);
    border(canvas, pane, focused);
    if (pane->state == PANE_GONE)
        gone(canvas, pane);
}
