/* SPDX-License-Identifier: BSD-2-Clause
 * Clock: what time it is, with hands and in figures. Wakes once a second. No machine of ours knows the time of day:
 * when the time service began it was `phase` seconds past midnight, and with `frozen` it stays so. */
#include <math.h>
#include <stdio.h>

#include <sel4ish/log.h>
#include <sel4ish/run.h>

#include <interfaces/time/time_client.h>
#include <lib/text/text.h>
#include <lib/window/window.h>

enum { WIDTH = 240, HEIGHT = 280, FIGURES = 24, DAY = 24 * 60 * 60 };
enum { PAPER_TOP = 0xfafbfd, PAPER_BOTTOM = 0xdfe5ee, INK = 0x253044, PALE = 0xa9b4c4, SECOND_HAND = 0xd64541 };

#define SECOND UINT64_C(1000000000)
#define TURN   6.2831853f

static struct window window;
static struct time_client clock;
static bool frozen;

/* A hand, or a mark on the face: from `inner` to `outer` of the radius, at that part of a turn from the top. */
static void spoke(float turn, float inner, float outer, float thickness, uint32_t colour)
{
    float cx = (float)window.width / 2, cy = cx, radius = cx - 14, sine = sinf(turn * TURN), cosine = cosf(turn * TURN);

    canvas_line(&window.canvas, cx + sine * radius * inner, cy - cosine * radius * inner, cx + sine * radius * outer,
                cy - cosine * radius * outer, thickness, colour);
}

static void face(void)
{
    float centre = (float)window.width / 2;

    canvas_gradient(&window.canvas, window.canvas.clip, window.canvas.clip, PAPER_TOP, PAPER_BOTTOM);
    canvas_line(&window.canvas, centre, centre, centre, centre, centre - 8, 0xffffff);
    canvas_ring(&window.canvas, centre, centre, centre - 11, centre - 8, INK);
    for (int minute = 0; minute < 60; minute++) {
        bool hour = minute % 5 == 0;

        spoke((float)minute / 60, hour ? 0.86f : 0.93f, 0.96f, hour ? 1.8f : 0.7f, hour ? INK : PALE);
    }
}

static void hands(unsigned seconds)
{
    float centre = (float)window.width / 2;

    spoke((float)(seconds % (DAY / 2)) / (DAY / 2), -0.10f, 0.52f, 3.6f, INK);
    spoke((float)(seconds % 3600) / 3600, -0.12f, 0.78f, 2.6f, INK);
    spoke((float)(seconds % 60) / 60, -0.18f, 0.86f, 1.0f, SECOND_HAND);
    canvas_line(&window.canvas, centre, centre, centre, centre, 4.5f, SECOND_HAND);
    canvas_line(&window.canvas, centre, centre, centre, centre, 1.5f, 0xffffff);
}

static void figures(unsigned seconds)
{
    char text[16];
    int32_t room = window.height - window.width;

    snprintf(text, sizeof text, "%02u:%02u:%02u", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    text_draw(&window.canvas, (window.width - text_width(text, FIGURES)) / 2,
              window.width + (room - FIGURES) / 2 + text_ascent(FIGURES) - 6, text, FIGURES, INK);
}

static void draw(unsigned seconds)
{
    face();
    hands(seconds);
    figures(seconds);
    window_changed(&window, window.canvas.clip);
    window_show(&window);
}

/* Is the time known? Connects when it is not; without it the clock shows nothing new. */
static bool time_known(void)
{
    if (frozen || sel4ish_ready(&clock.connection))
        return true;
    sel4ish_release(&clock.connection);
    if (sel4ish_connect("time", &clock.connection) != seL4_NoError)
        return false;
    return time_client_attach(&clock);
}

/* Since the time service began. */
static uint64_t seconds_now(void)
{
    return frozen ? 0 : time_client_now(&clock) / SECOND;
}

int main(void)
{
    struct window_event event;

    frozen = sel4ish_option("frozen", 0);
    if (!text_start())
        sel4ish_stop("the font cannot be read");
    for (;;) {
        uint64_t shown = UINT64_MAX;

        window_open(&window, WIDTH, HEIGHT);
        log_line("ready");
        while (window_alive(&window)) {
            if (!time_known())
                sel4ish_stop("no time");
            if (seconds_now() != shown) {
                shown = seconds_now();
                draw((unsigned)((sel4ish_option("phase", 0) % DAY + shown) % DAY));
                if (!frozen)
                    time_client_set(&clock, (shown + 1) * SECOND);
            }
            while (window_event(&window, &event))
                ;                           /* a clock is looked at */
            window_wait(&window);
        }
    }
}
