/* SPDX-License-Identifier: BSD-2-Clause
 * Screen: see screen.h. */
#include "screen.h"

#include <lib/ring/ring.h>

_Static_assert((int)REGION_RECTS <= FRAMEBUFFER_RECTS, "a frame's rectangles fit the ring");

void screen_start(struct screen *screen)
{
    *screen = (struct screen){.link = {.name = "framebuffer"}};
}

static bool attach(struct screen *screen)
{
    const struct sel4ish_connection *c = &screen->link.connection;
    const struct framebuffer_base *base = sel4ish_base(c);
    uint32_t width = ring_load(&base->width), height = ring_load(&base->height), stride = ring_load(&base->stride);
    uint32_t *pixels;

    if (width == 0 || height == 0 || width > UINT16_MAX || height > UINT16_MAX ||
        stride > FRAMEBUFFER_V1_PIXELS_BYTES || stride % sizeof *pixels || stride / sizeof *pixels < width)
        return false;
    pixels = sel4ish_data_writable(c, base->pixels, (size_t)stride * height, _Alignof(uint64_t));
    screen->base = base;
    screen->damage = NULL;
    if (c->version >= FRAMEBUFFER_V2)
        screen->damage = sel4ish_data_writable(c, base->damage, sizeof *screen->damage,
                                               _Alignof(struct framebuffer_damage));
    if (!pixels || (c->version >= FRAMEBUFFER_V2 && !screen->damage))
        return false;
    screen->canvas = canvas_of(pixels, (int32_t)width, (int32_t)height, (int32_t)(stride / sizeof *pixels));
    screen->written = 0;
    screen->frame_pending = false;
    return true;
}

bool screen_update(struct screen *screen, seL4_Word bits, bool polls)
{
    if (link_update(&screen->link, bits) != LINK_CAME)
        return false;
    if (!attach(screen)) {
        link_refuse(&screen->link);
        return false;
    }
    if (screen->damage)
        ring_store(&screen->damage->bell_wanted, !polls);
    return true;
}

bool screen_ready(const struct screen *screen)
{
    return screen->link.state == LINK_UP && !screen->frame_pending;
}

void screen_present(struct screen *screen, const struct region *damage, struct bells *bells)
{
    seL4_CPtr doorbell = screen->link.connection.use->v[SEL4ISH_USE_DOORBELL];

    screen->frame_pending = true;
    if (!screen->damage) {
        screen->written = ring_load(&screen->base->shown);
        bells_add(bells, doorbell);
        return;
    }
    for (unsigned i = 0; i < damage->count; i++) {
        struct rect r = damage->rects[i];

        screen->damage->rects[screen->written++ % FRAMEBUFFER_RECTS] = (struct framebuffer_rect){
            (uint16_t)r.x0, (uint16_t)r.y0, (uint16_t)rect_width(r), (uint16_t)rect_height(r)};
    }
    ring_store(&screen->damage->written, screen->written);
    ring_fence();
    if (ring_load(&screen->base->bell_wanted))
        bells_add(bells, doorbell);
}

void screen_look(struct screen *screen)
{
    uint32_t shown;

    if (screen->link.state != LINK_UP || !screen->frame_pending)
        return;
    shown = ring_load(&screen->base->shown);
    screen->frame_pending = screen->damage ? shown != screen->written : shown == screen->written;
}
