/* SPDX-License-Identifier: BSD-2-Clause
 * Swarm: a flock of lights with fading trails, one step for each frame that has come to the screen. With `frozen` it
 * shows the picture of step `phase`, which follows from the seed alone. */
#include <sel4ish/log.h>

#include <interfaces/time/time_client.h>
#include <lib/draw/colour.h>
#include <lib/marks/marks.h>
#include <lib/window/window.h>

#include "flock.h"

enum { WIDTH = 360, HEIGHT = 270, GLOW = 6, NIGHT = 0x0c1222 };

static struct window window;
static struct flock flock;
static struct time_client time;
static bool timed;

/* The trails fade into the night: what is above it loses an eighth in each channel, two pixels at a time. No channel is
 * ever below the night's, so no bit crosses from one into the next. */
static void fade(void)
{
    const uint64_t night = NIGHT | (uint64_t)NIGHT << 32;

    for (int32_t y = 0; y < window.height; y++) {
        uint64_t *pair = (uint64_t *)(void *)canvas_at(&window.canvas, 0, y);

        for (int32_t i = 0; i < window.width / 2; i++) {
            uint64_t above = pair[i] - night;

            pair[i] -= (above >> 3 & 0x001f1f1f001f1f1f) + ((above | above >> 1 | above >> 2) & 0x0001010100010101);
        }
    }
}

/* From blue by violet to orange, as the flock's members come. */
static uint32_t hue(int i)
{
    static const uint32_t stops[] = {0x2f7bff, 0x8a4dff, 0xff4f9a, 0xff9a3d, 0x35d6c0, 0x2f7bff};
    int place = i * 5 * 256 / FLOCK_BIRDS;

    return colour_mix(stops[place / 256], stops[place / 256 + 1], (uint32_t)(place % 256));
}

static void light(int32_t cx, int32_t cy, uint32_t colour)
{
    for (int32_t y = -GLOW; y <= GLOW; y++)
        for (int32_t x = -GLOW; x <= GLOW; x++) {
            int32_t left = GLOW * GLOW - x * x - y * y;
            uint32_t weight = left > 0 ? (uint32_t)(left * left * 120 / (GLOW * GLOW * GLOW * GLOW)) : 0;
            uint32_t *pixel;

            if (!weight || !rect_holds(window.canvas.clip, cx + x, cy + y))
                continue;
            pixel = canvas_at(&window.canvas, cx + x, cy + y);
            *pixel = colour_add(*pixel, colour_mix(0, colour, weight));
            if (left > GLOW * GLOW - 3)
                *pixel = colour_add(*pixel, 0x303030);
        }
}

static void step(void)
{
    flock_step(&flock);
    fade();
    for (int i = 0; i < FLOCK_BIRDS; i++)
        light(flock.birds[i].x / FLOCK_UNIT, flock.birds[i].y / FLOCK_UNIT, hue(i));
}

static void show(void)
{
    window_changed(&window, window.canvas.clip);
    window_show(&window);
}

/* Once: the same picture for the same seed and phase. */
static void show_frozen(void)
{
    uint64_t phase = sel4ish_option("phase", 0);

    for (uint64_t i = 0; i < phase; i++)
        step();
    show();
}

/* Is it time for the next step? If not, an alarm says when. */
static bool is_time(uint64_t *next)
{
    uint64_t now;

    if (!timed || !sel4ish_ready(&time.connection))
        return true;
    now = time_client_now(&time);
    if (now < *next)
        return false;
    *next = now + sel4ish_option("step-ms", 0) * TIME_MS;
    time_client_set(&time, *next);
    return true;
}

static void fly(uint64_t frames, bool marks)
{
    struct window_event event;
    uint64_t next = 0, shown = 0;

    if (marks) {                /* measured is what repeats: by the first frame's end all have started */
        step();
        show();
        while (window_alive(&window) && !window_shown(&window))
            window_wait(&window);
        mark_supervisor_1();
        mark_start();
    }
    while (window_alive(&window)) {
        while (window_event(&window, &event))
            ;
        if (window_shown(&window)) {
            if (frames && shown == frames)
                break;
            if (is_time(&next)) {
                step();
                show();
                shown++;
            }
        }
        window_wait(&window);
    }
    if (marks) {
        mark_end();
        mark_supervisor_2();
    }
    log_line("%lu frames", (unsigned long)shown);
}

int main(void)
{
    uint64_t frames = sel4ish_option("frames", 0);
    bool frozen = sel4ish_option("frozen", 0);

    window.polls = sel4ish_option("poll", 0);
    timed = !frozen && sel4ish_option("step-ms", 0) && sel4ish_find(SEL4ISH_USE, "time") &&
            sel4ish_connect("time", &time.connection) == seL4_NoError && time_client_attach(&time);
    for (;;) {
        window_open(&window, WIDTH, HEIGHT);
        canvas_fill(&window.canvas, window.canvas.clip, NIGHT);
        log_line("ready");
        flock_start(&flock, window.width, window.height, (uint32_t)sel4ish_option("seed", 1));
        if (frozen)
            show_frozen();
        else
            fly(frames, sel4ish_option("marks", 0));
        while (window_alive(&window))
            window_wait(&window);
    }
}
