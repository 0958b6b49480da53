/* SPDX-License-Identifier: BSD-2-Clause
 * Window routines: how a client says what it changed and takes what happened. Sealed: this code runs in the client,
 * from pages that nobody can write; it touches the pages that its caller names, and the caller's event. */
#include <interfaces/window/window.h>
#include <lib/ring/ring.h>

window_queue_routine window_queue;
window_next_routine window_next;

bool window_queue(struct window_damage *damage, const struct window_base *base, struct window_rect rect)
{
    uint32_t written = damage->written;

    if (!rect.width || !rect.height || ring_free(written, ring_load(&base->taken), WINDOW_RECTS) == 0)
        return false;
    damage->slots[written % WINDOW_RECTS] = rect;
    ring_store(&damage->written, written + 1);
    return true;
}

bool window_next(struct window_damage *damage, const struct window_events *events, struct window_event *event)
{
    uint32_t taken = damage->taken;
    uint32_t count;

    if (!ring_used(ring_load(&events->written), taken, WINDOW_EVENTS, &count) || count == 0)
        return false;
    *event = events->slots[taken % WINDOW_EVENTS];
    ring_store(&damage->taken, taken + 1);
    return true;
}
