/* SPDX-License-Identifier: BSD-2-Clause
 * Paint: a screen drawn piece by piece as it changes is the screen drawn at once, and nothing but the damage
 * is drawn. */
#include <stdio.h>
#include <string.h>

#include <test.h>

#include <interfaces/input/input.h>
#include <lib/text/text.h>

#include "paint.h"

enum { WIDTH = 320, HEIGHT = 240, SIDE = 96, WINDOWS = 5 };

static const struct rect screen = {0, 0, WIDTH, HEIGHT};
static uint32_t shown[WIDTH * HEIGHT], fresh[WIDTH * HEIGHT], before[WIDTH * HEIGHT];
static uint32_t surfaces[WINDOWS][SIDE * SIDE];
static struct desk desk;
static uint32_t state = 2463534242;

static int32_t below(int32_t limit)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return (int32_t)(state % (uint32_t)limit);
}

static void ignore(void *context, unsigned pane, const struct window_event *event)
{
    (void)context;
    (void)pane;
    (void)event;
}

static void start(void)
{
    CHECK(text_start());
    desk_start(&desk, screen, (struct desk_sink){ignore, NULL});
    for (unsigned n = 0; n < WINDOWS; n++) {
        struct pane *pane = &desk.stack.panes[n];

        pane->label = n;
        snprintf(pane->name, sizeof pane->name, "window %u", n);
        for (uint32_t i = 0; i < SIDE * SIDE; i++)
            surfaces[n][i] = n << 16 | i;
        desk_open(&desk, n, (struct surface){SIDE, SIDE - 8 * (int32_t)n, SIDE, surfaces[n]});
    }
}

static uint32_t paint_damage(void)
{
    struct canvas canvas = canvas_of(shown, WIDTH, HEIGHT, WIDTH);

    return paint(&canvas, &desk);
}

/* As a compositor that draws everything anew would. */
static void paint_all(void)
{
    struct canvas canvas = canvas_of(fresh, WIDTH, HEIGHT, WIDTH);
    struct desk whole = desk;

    whole.damage = (struct region){1, {screen}};
    paint(&canvas, &whole);
}

static bool damaged(int32_t x, int32_t y)
{
    for (unsigned i = 0; i < desk.damage.count; i++)
        if (rect_holds(desk.damage.rects[i], x, y))
            return true;
    return false;
}

static void draw_something(unsigned n)
{
    struct rect r = rect_at(below(SIDE), below(SIDE), 1 + below(40), 1 + below(40));
    struct rect in = rect_common(r, (struct rect){0, 0, SIDE, SIDE});

    for (int32_t y = in.y0; y < in.y1; y++)
        for (int32_t x = in.x0; x < in.x1; x++)
            surfaces[n][y * SIDE + x] = (uint32_t)below(1 << 24);
    desk_changed(&desk, n, rect_common(r, (struct rect){0, 0, SIDE, desk.stack.panes[n].surface.height}));
}

static void do_something(void)
{
    unsigned n = (unsigned)below(WINDOWS);

    switch (below(8)) {
    case 0:
        desk_button(&desk, INPUT_BUTTON_LEFT, below(2));
        break;
    case 1:
        desk_gone(&desk, n);
        break;
    case 2:
        if (desk.stack.panes[n].state != PANE_OPEN)
            desk_open(&desk, n, (struct surface){SIDE - below(20), SIDE - 40, SIDE, surfaces[n]});
        break;
    case 3:
    case 4:
        draw_something(n);
        break;
    default:
        desk_pointer(&desk, below(WIDTH), below(HEIGHT));
        break;
    }
}

TEST(a_screen_drawn_as_it_changes_is_the_screen_drawn_at_once)
{
    start();
    for (int i = 0; i < 1500; i++) {
        memcpy(before, shown, sizeof shown);
        paint_damage();
        paint_all();
        CHECK(memcmp(shown, fresh, sizeof shown) == 0);
        for (int32_t p = 0; p < WIDTH * HEIGHT; p++)
            if (shown[p] != before[p])
                CHECK(damaged(p % WIDTH, p / WIDTH));
        desk.damage = (struct region){0};
        for (int changes = below(4); changes; changes--)
            do_something();
    }
}

TEST(only_windows_of_whose_content_something_was_drawn_are_named)
{
    unsigned lowest;

    start();
    lowest = desk.stack.order[WINDOWS - 1];
    CHECK(paint_damage() & 1u << lowest);
    desk.damage = (struct region){0};
    CHECK(paint_damage() == 0);
    desk_changed(&desk, lowest, (struct rect){0, 0, 1, 1});
    CHECK(paint_damage() == 1u << lowest);
}
