/* SPDX-License-Identifier: BSD-2-Clause
 * Paint: draws where the pointer goes while its left button is held; a click on a colour takes it, the key C clears.
 * The picture is the program's own and shown in whatever window it has. */
#include <stdlib.h>

#include <sel4ish/log.h>
#include <sel4ish/run.h>

#include <interfaces/input/input.h>
#include <lib/text/text.h>
#include <lib/window/window.h>

enum { WIDTH = 400, HEIGHT = 300, BAR = 40, KEY_C = 46 };
enum { PAPER = 0xfdfcf7, BAR_TOP = 0xeceff4, BAR_BOTTOM = 0xd5dbe5, BAR_EDGE = 0xb4bdcb, INK = 0x4a5568 };
#define PEN 2.5f

static const uint32_t colours[] = {0x253044, 0xd64541, 0xe8912d, 0xe5c32f, 0x2f9e74, 0x3b7dd8, 0x8a5cc9};
enum { COLOURS = sizeof colours / sizeof colours[0], SWATCH = 32 };

static struct window window;
static struct canvas picture;           /* all of the window, of which the bar lies at the bottom */
static uint32_t colour = 0;             /* index of colours */
static bool drawing;
static int32_t last_x, last_y;

/* Part of the picture comes into the window. */
static void show(struct rect r)
{
    canvas_copy(&window.canvas, r, picture.pixels, picture.stride, 0, 0);
    window_changed(&window, r);
    window_show(&window);
}

static struct rect paper(void)
{
    return (struct rect){0, 0, WIDTH, HEIGHT - BAR};
}

static struct rect bar(void)
{
    return (struct rect){0, HEIGHT - BAR, WIDTH, HEIGHT};
}

static float swatch_x(uint32_t i)
{
    return (float)(BAR / 2 + (int32_t)i * SWATCH);
}

static void draw_bar(void)
{
    const char *hint = "press C to clear";
    float y = HEIGHT - (float)BAR / 2;

    canvas_gradient(&picture, bar(), bar(), BAR_TOP, BAR_BOTTOM);
    canvas_fill(&picture, rect_at(0, HEIGHT - BAR, WIDTH, 1), BAR_EDGE);
    for (uint32_t i = 0; i < COLOURS; i++) {
        if (i == colour)
            canvas_ring(&picture, swatch_x(i), y, 11, 13, colours[i]);
        canvas_line(&picture, swatch_x(i), y, swatch_x(i), y, 9, colours[i]);
    }
    text_draw(&picture, WIDTH - 12 - text_width(hint, 15), HEIGHT - BAR / 2 + 5, hint, 15, INK);
}

static void clear(void)
{
    canvas_fill(&picture, paper(), PAPER);
    show(paper());
}

static void line_to(int32_t x, int32_t y)
{
    struct canvas part = canvas_clipped(&picture, paper());
    struct rect r = rect_around(rect_at(last_x, last_y, 1, 1), rect_at(x, y, 1, 1));
    int32_t edge = (int32_t)PEN + 2;

    canvas_line(&part, (float)last_x + 0.5f, (float)last_y + 0.5f, (float)x + 0.5f, (float)y + 0.5f, PEN,
                colours[colour]);
    last_x = x;
    last_y = y;
    show(rect_common((struct rect){r.x0 - edge, r.y0 - edge, r.x1 + edge, r.y1 + edge}, paper()));
}

static void press(int32_t x, int32_t y)
{
    if (rect_holds(paper(), x, y)) {
        drawing = true;
        last_x = x;
        last_y = y;
        line_to(x, y);
        return;
    }
    for (uint32_t i = 0; i < COLOURS; i++)
        if (abs(x - (int32_t)swatch_x(i)) <= SWATCH / 2)
            colour = i;
    draw_bar();
    show(bar());
}

static void handle(const struct window_event *event)
{
    int32_t x = event->x, y = event->y;

    if (abs(x) > WINDOW_MOST_WIDE || abs(y) > WINDOW_MOST_HIGH)
        return;
    if (event->type == WINDOW_BUTTON && event->code == INPUT_BUTTON_LEFT) {
        drawing = false;
        if (event->value)
            press(x, y);
    } else if (event->type == WINDOW_MOVE && drawing) {
        line_to(x, y);
    } else if (event->type == WINDOW_KEY && event->code == KEY_C && event->value == 1) {
        clear();
    }
}

int main(void)
{
    struct window_event event;
    uint32_t *pixels = malloc(WIDTH * HEIGHT * sizeof *pixels);

    if (!pixels || !text_start())
        sel4ish_stop("no memory for a picture, or no font");
    picture = canvas_of(pixels, WIDTH, HEIGHT, WIDTH);
    canvas_fill(&picture, paper(), PAPER);
    draw_bar();
    for (;;) {
        window_open(&window, WIDTH, HEIGHT);
        drawing = false;
        show(picture.clip);
        log_line("ready");
        while (window_alive(&window)) {
            while (window_event(&window, &event))
                handle(&event);
            window_wait(&window);
        }
    }
}
