/* SPDX-License-Identifier: BSD-2-Clause
 * Screen: the framebuffer that the compositor draws in, of whichever version there is.
 * Invariants: at most one frame is under way, and no pixel is drawn while it is; the surface lies in the connection. */
#pragma once

#include <interfaces/framebuffer/framebuffer.h>
#include <lib/draw/canvas.h>

#include "bells.h"
#include "link.h"
#include "region.h"

struct screen {
    struct link link;
    const struct framebuffer_base *base;
    struct framebuffer_damage *damage;  /* null in version 1 */
    struct canvas canvas;
    uint32_t written;                   /* rectangles, or in version 1 what `shown` was */
    bool frame_pending;
};

void screen_start(struct screen *screen);
/* True: a screen has come, nothing is on it yet. polls: do not ask to be signalled. */
bool screen_update(struct screen *screen, seL4_Word bits, bool polls);
bool screen_ready(const struct screen *screen);
/* Shows what has been drawn. */
void screen_present(struct screen *screen, const struct region *damage, struct bells *bells);
/* Looks whether the frame under way has come to the screen. */
void screen_look(struct screen *screen);
