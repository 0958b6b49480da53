/* SPDX-License-Identifier: BSD-2-Clause
 * Viewer: see viewer.h. */
#include "viewer.h"

#include <lib/ring/ring.h>

static enum viewer_turn show_whole(struct viewer *viewer, const struct scanout *scanout)
{
    if (!viewer->rung)
        return VIEWER_IDLE;
    viewer->rung = false;
    scanout_copy(scanout, viewer->surface, scanout_whole(scanout));
    ring_store(&viewer->base->shown, ++viewer->shown);
    return VIEWER_DONE;
}

/* Each number once, so that what is clamped is what is copied. */
static struct framebuffer_rect read_rect(const struct framebuffer_damage *damage, uint32_t n)
{
    const volatile struct framebuffer_rect *rect = &damage->rects[n % FRAMEBUFFER_RECTS];

    return (struct framebuffer_rect){.x = rect->x, .y = rect->y, .width = rect->width, .height = rect->height};
}

/* Returns how many pixels that were. */
static uint32_t show_rect(struct viewer *viewer, const struct scanout *scanout)
{
    struct framebuffer_rect rect = scanout_clamp(scanout, read_rect(viewer->damage, viewer->shown));

    ring_store(&viewer->base->taken, viewer->shown + 1);
    scanout_copy(scanout, viewer->surface, rect);
    ring_store(&viewer->base->shown, ++viewer->shown);
    return (uint32_t)rect.width * rect.height;
}

static enum viewer_turn show_damage(struct viewer *viewer, const struct scanout *scanout)
{
    uint32_t written = ring_load(&viewer->damage->written);
    uint32_t screenful = scanout->width * scanout->height;
    uint32_t pixels = 0;
    uint32_t count;

    if (!ring_used(written, viewer->shown, FRAMEBUFFER_RECTS, &count)) {
        viewer->shown = written;
        ring_store(&viewer->base->taken, written);
        ring_store(&viewer->base->shown, written);
        return VIEWER_BROKEN;
    }
    if (!count)
        return VIEWER_IDLE;
    for (; count && pixels < screenful; count--)
        pixels += show_rect(viewer, scanout);
    return count ? VIEWER_MORE : VIEWER_DONE;
}

enum viewer_turn viewer_take_turn(struct viewer *viewer, const struct scanout *scanout)
{
    if (!viewer->base)
        return VIEWER_IDLE;
    return viewer->damage ? show_damage(viewer, scanout) : show_whole(viewer, scanout);
}

bool viewer_waiting(const struct viewer *viewer)
{
    if (!viewer->base)
        return false;
    return viewer->damage ? ring_load(&viewer->damage->written) != viewer->shown : viewer->rung;
}

void viewer_want_bell(struct viewer *viewer, bool wanted)
{
    if (viewer->base && viewer->damage)
        ring_store(&viewer->base->bell_wanted, wanted);
}

bool viewer_wants_bell(const struct viewer *viewer)
{
    if (!viewer->damage)
        return true;
    ring_fence();
    return ring_load(&viewer->damage->bell_wanted);
}
