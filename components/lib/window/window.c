/* SPDX-License-Identifier: BSD-2-Clause
 * Window: see window.h. */
#include "window.h"

#include <sel4ish/event.h>
#include <sel4ish/log.h>
#include <sel4ish/run.h>

#include <lib/ring/ring.h>

static void attach(struct window *window)
{
    const struct sel4ish_connection *c = &window->connection;
    const struct window_base *base = sel4ish_base(c);

    window->base = base;
    window->events = sel4ish_data(c, base->events, sizeof *window->events, _Alignof(struct window_events));
    window->damage = sel4ish_data_writable(c, base->damage, sizeof *window->damage, _Alignof(uint64_t));
    window->queue = (window_queue_routine *)sel4ish_routine(c, base->queue);
    window->next = (window_next_routine *)sel4ish_routine(c, base->next);
    if (!window->events || !window->damage || !window->queue || !window->next)
        sel4ish_stop("window@%d points outside its connection, or its code is not trusted", WINDOW_V1);
}

/* The grant is there; false: the compositor left before. */
static bool granted(struct window *window, uint32_t width, uint32_t height)
{
    window->damage->width = width;
    window->damage->height = height;
    ring_store(&window->damage->bell_wanted, !window->polls);
    ring_store(&window->damage->asked, 1);
    sel4ish_ring(&window->connection);
    while (ring_load(&window->base->granted) != 1) {
        if (!window_alive(window))
            return false;
        if (window->polls)
            seL4_Yield();
        else
            sel4ish_event_wait_for(sel4ish_connection_bits(&window->connection));
    }
    return true;
}

static void take_surface(struct window *window)
{
    const struct window_base *base = window->base;
    uint32_t width = ring_load(&base->width), height = ring_load(&base->height), stride = ring_load(&base->stride);
    uint32_t *pixels = NULL;

    if (width >= WINDOW_LEAST && width <= WINDOW_MOST_WIDE && height >= WINDOW_LEAST && height <= WINDOW_MOST_HIGH &&
        stride / sizeof *pixels >= width && stride <= WINDOW_V1_PIXELS_BYTES)
        pixels = sel4ish_data_writable(&window->connection, base->pixels, (size_t)stride * height, _Alignof(uint64_t));
    if (!pixels)
        sel4ish_stop("the surface that was granted is none");
    window->width = (int32_t)width;
    window->height = (int32_t)height;
    window->canvas = canvas_of(pixels, window->width, window->height, (int32_t)(stride / sizeof *pixels));
}

void window_open(struct window *window, uint32_t width, uint32_t height)
{
    bool is_granted = false;

    while (!is_granted) {
        sel4ish_release(&window->connection);
        switch (sel4ish_connect("window", &window->connection)) {
        case seL4_NoError:
            attach(window);
            is_granted = granted(window, width, height);
            break;
        case seL4_FailedLookup:
            break;                      /* it did not get ready: ask again */
        default:
            sel4ish_stop("no window@%d", WINDOW_V1);
        }
    }
    take_surface(window);
    window->left_over = (struct rect){0};
    window->frame = 0;
    window->ring = false;
}

bool window_alive(const struct window *window)
{
    return sel4ish_ready(&window->connection);
}

static bool queue(struct window *window, struct rect r)
{
    return window->queue(window->damage, window->base,
                         (struct window_rect){(uint16_t)r.x0, (uint16_t)r.y0, (uint16_t)rect_width(r),
                                              (uint16_t)rect_height(r)});
}

void window_changed(struct window *window, struct rect r)
{
    struct rect in = rect_common(r, window->canvas.clip);

    if (!rect_empty(in) && (!rect_empty(window->left_over) || !queue(window, in)))
        window->left_over = rect_around(window->left_over, in);
}

void window_show(struct window *window)
{
    if (!rect_empty(window->left_over) && queue(window, window->left_over))
        window->left_over = (struct rect){0};
    ring_store(&window->damage->frame_wanted, ++window->frame);
    window->ring = true;
}

bool window_shown(const struct window *window)
{
    return ring_load(&window->base->frame_done) == window->frame;
}

bool window_event(struct window *window, struct window_event *event)
{
    return window->next(window->damage, window->events, event);
}

seL4_Word window_wait(struct window *window)
{
    seL4_Word bits = 0;
    bool ring = window->ring;

    window->ring = false;
    ring_fence();
    if (ring && ring_load(&window->base->bell_wanted)) {
        if (window->polls) {
            sel4ish_ring(&window->connection);
            return 0;
        }
        seL4_NBSendWait(window->connection.use->v[SEL4ISH_USE_DOORBELL], seL4_MessageInfo_new(0, 0, 0, 0),
                        sel4ish_config()->inbox, &bits);
        sel4ish_event_keep(bits);
        log_flush();
    }
    return window->polls ? 0 : sel4ish_event_wait();
}
