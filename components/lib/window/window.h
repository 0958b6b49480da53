/* SPDX-License-Identifier: BSD-2-Clause
 * Window: a program's end of window@1: a canvas to draw in, and what a person does to it.
 *
 *   for (;;) {
 *       window_open(&window, 320, 240);
 *       ... draw all of window.canvas, window_changed, window_show ...
 *       while (window_alive(&window)) { window_event ...; draw; window_show; window_wait }
 *   }
 *
 * Between window_open and window_wait nothing makes a system call. When the compositor leaves, what was drawn is lost.
 * Invariant: pointers are the client's checked copies; a rectangle that the ring has no room for is kept, and grows. */
#pragma once

#include <sel4ish/client.h>

#include <interfaces/window/window.h>
#include <lib/draw/canvas.h>

struct window {
    struct sel4ish_connection connection;
    const struct window_base *base;
    const struct window_events *events;
    struct window_damage *damage;
    window_queue_routine *queue;
    window_next_routine *next;
    struct canvas canvas;
    int32_t width, height;      /* as granted */
    struct rect left_over;      /* changed, not queued yet */
    uint32_t frame;             /* the last one asked for */
    bool ring;                  /* there is something that the compositor does not know */
    bool polls;                 /* set before window_open: never ask to be signalled */
};

/* Waits for a compositor, and for the window that it grants; stops the component if it may not have one. A window
 * that was open before is given back. */
void window_open(struct window *window, uint32_t width, uint32_t height);
/* Is the compositor still there? */
bool window_alive(const struct window *window);

void window_changed(struct window *window, struct rect r);
/* All that changed is to be shown, and to be told of when it is: see window_shown. */
void window_show(struct window *window);
/* Is what was to be shown last on the screen? */
bool window_shown(const struct window *window);

bool window_event(struct window *window, struct window_event *event);
/* Tells the compositor what is new, and sleeps until something happens, there or to this component otherwise. Returns
 * the inbox's bits. A window that polls does neither. */
seL4_Word window_wait(struct window *window);
