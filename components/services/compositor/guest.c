/* SPDX-License-Identifier: BSD-2-Clause
 * Guest: see guest.h. */
#include "guest.h"

#include <lib/ring/ring.h>

enum { STRIDE = 64 };           /* bytes: a row's length is a multiple of them */

void guest_start(struct guest *guest, struct window_base *base, struct window_events *events,
                 const struct window_damage *damage, const uint32_t *pixels)
{
    *guest = (struct guest){.live = true, .base = base, .events = events, .damage = damage, .pixels = pixels};
}

static uint32_t within(uint32_t value, uint32_t least, uint32_t most)
{
    return value < least ? least : value > most ? most : value;
}

static uint32_t stride_of(uint32_t width)
{
    return (width * (uint32_t)sizeof(uint32_t) + STRIDE - 1) / STRIDE * STRIDE;
}

bool guest_open(struct guest *guest, struct surface *surface)
{
    uint32_t width, height, stride;

    if (!guest->live || guest->opened || ring_load(&guest->damage->asked) != 1)
        return false;
    width = within(ring_load(&guest->damage->width), WINDOW_LEAST, WINDOW_MOST_WIDE);
    stride = stride_of(width);
    height = within(ring_load(&guest->damage->height), WINDOW_LEAST, WINDOW_MOST_HIGH);
    height = within(height, WINDOW_LEAST, WINDOW_V1_PIXELS_BYTES / stride);
    guest->opened = true;
    guest->width = (int32_t)width;
    guest->height = (int32_t)height;
    guest->base->width = width;
    guest->base->height = height;
    guest->base->stride = stride;
    ring_store(&guest->base->granted, 1);
    guest->ring = true;
    *surface = (struct surface){(int32_t)width, (int32_t)height, (int32_t)(stride / sizeof(uint32_t)), guest->pixels};
    return true;
}

/* One word, so that its parts belong together. */
static struct rect rect_read(const struct window_rect *slot)
{
    union {
        uint64_t word;
        struct window_rect rect;
    } copy = {.word = __atomic_load_n((const uint64_t *)(const void *)slot, __ATOMIC_RELAXED)};

    return rect_at(copy.rect.x, copy.rect.y, copy.rect.width, copy.rect.height);
}

/* What is wanted first: whatever was queued before it is then seen. */
void guest_read(struct guest *guest, guest_changed *changed, void *context)
{
    struct rect all = {0, 0, guest->width, guest->height};
    uint32_t taken = guest->taken, wanted, count;

    if (!guest->opened || guest->broken)
        return;
    wanted = ring_load(&guest->damage->frame_wanted);
    if (!ring_used(ring_load(&guest->damage->written), guest->taken, WINDOW_RECTS, &count)) {
        guest->broken = true;
        return;
    }
    guest->wanted = wanted;
    for (; count; count--) {
        struct rect r = rect_common(rect_read(&guest->damage->slots[guest->taken++ % WINDOW_RECTS]), all);

        if (rect_empty(r))
            continue;
        guest->undrawn = true;
        changed(context, r);
    }
    if (guest->taken != taken)
        ring_store(&guest->base->taken, guest->taken);
    if (!guest->undrawn)
        guest->in_flight = wanted;
}

void guest_send(struct guest *guest, const struct window_event *event)
{
    if (!guest->opened || guest->broken)
        return;
    if (event->type == WINDOW_FOCUS)
        ring_store(&guest->base->focus, (uint32_t)event->value);
    if (ring_free(guest->written, ring_load(&guest->damage->taken), WINDOW_EVENTS) == 0) {
        ring_store(&guest->base->lost, ++guest->lost);
        return;
    }
    guest->events->slots[guest->written++ % WINDOW_EVENTS] = *event;
    ring_store(&guest->events->written, guest->written);
    guest->ring = true;
}

void guest_drawn(struct guest *guest)
{
    guest->in_flight = guest->wanted;
    guest->undrawn = false;
}

bool guest_shown(struct guest *guest)
{
    bool first = !guest->done;

    if (!guest->live || guest->in_flight == guest->done)
        return false;
    guest->done = guest->in_flight;
    ring_store(&guest->base->frame_done, guest->done);
    guest->ring = true;
    return first;
}

bool guest_rings(struct guest *guest)
{
    bool ring = guest->live && guest->ring;

    guest->ring = false;
    if (!ring)
        return false;
    ring_fence();
    return ring_load(&guest->damage->bell_wanted) != 0;
}
