/* SPDX-License-Identifier: BSD-2-Clause
 * Meter: does the work whose cost is counted, when it is typed.
 *
 *   show W H             the window's first W x H pixels as damage: waits until they are on the screen; with `marks`,
 *                        between marks
 *   seconds N            N times: sleeps from the middle of a second to that of the next, between marks */
#include <stdlib.h>
#include <string.h>

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/run.h>

#include <interfaces/console/console_client.h>
#include <interfaces/time/time_client.h>
#include <lib/marks/marks.h>
#include <lib/window/window.h>

enum { WIDTH = 448, HEIGHT = 320, COLOUR = 0x2f9e74 };
#define SECOND (1000 * TIME_MS)

static struct window window;
static struct console_client console;
static struct time_client clock;

static void show(int32_t width, int32_t height, bool marks)
{
    if (marks)
        mark_start();
    window_changed(&window, rect_at(0, 0, width, height));
    window_show(&window);
    while (window_alive(&window) && !window_shown(&window))
        window_wait(&window);
    if (marks)
        mark_end();
    log_line("shown %d x %d", (int)width, (int)height);
}

static void sleep_until(uint64_t deadline)
{
    time_client_set(&clock, deadline);
    while (!time_client_rung(&clock))
        sel4ish_event_wait_for(sel4ish_connection_bits(&clock.connection));
}

static void seconds(unsigned long count)
{
    uint64_t next = (time_client_now(&clock) / SECOND + 1) * SECOND + SECOND / 2;

    sleep_until(next);
    for (unsigned long i = 0; i < count; i++) {
        next += SECOND;
        mark_start();
        sleep_until(next);
        mark_end();
    }
    log_line("slept %lu seconds", count);
}

static void obey(char *line)
{
    char *second;
    unsigned long first;

    if (strncmp(line, "show ", 5) == 0) {
        first = strtoul(line + 5, &second, 0);
        show((int32_t)first, (int32_t)strtoul(second, NULL, 0), sel4ish_option("marks", 0));
    } else if (strncmp(line, "seconds ", 8) == 0) {
        seconds(strtoul(line + 8, NULL, 0));
    } else {
        log_line("'%s' is nothing to measure", line);
    }
}

int main(void)
{
    char line[CONSOLE_LINE + 1];
    struct window_event event;

    if (sel4ish_connect("console", &console.connection) != seL4_NoError || !console_client_attach(&console))
        sel4ish_stop("no console");
    if (sel4ish_connect("time", &clock.connection) != seL4_NoError || !time_client_attach(&clock))
        sel4ish_stop("no time");
    window_open(&window, WIDTH, HEIGHT);
    canvas_fill(&window.canvas, window.canvas.clip, COLOUR);
    show(WIDTH, HEIGHT, false);
    for (;;) {
        while (console_client_line(&console, line))
            obey(line);
        while (window_event(&window, &event))
            ;                           /* nobody is to click here */
        sel4ish_event_wait();
    }
}
