/* SPDX-License-Identifier: BSD-2-Clause
 * Guest: one connection of window@1 as the compositor sees it. Everything here that reads the client's page reads each
 * value once, checks its own copy, and uses that.
 * Invariants: counters are the compositor's own and only published; a client whose counter cannot be true is broken:
 * nothing of it is read any more, and its window stays as it is. */
#pragma once

#include <interfaces/window/window.h>
#include <lib/draw/rect.h>

#include "pane.h"

struct guest {
    bool live, opened, broken;
    struct window_base *base;
    struct window_events *events;
    const struct window_damage *damage;
    const uint32_t *pixels;
    int32_t width, height;      /* granted */
    uint32_t taken, written, lost;
    uint32_t wanted;            /* the last frame_wanted that was read */
    uint32_t in_flight;         /* that which the frame under way answers */
    uint32_t done;
    bool undrawn;               /* rectangles were read that no frame holds yet */
    bool ring;                  /* there is something that a client asleep wants to know */
};

void guest_start(struct guest *guest, struct window_base *base, struct window_events *events,
                 const struct window_damage *damage, const uint32_t *pixels);

/* Has the client asked for its window since? Then it is granted what comes nearest: true, once. */
bool guest_open(struct guest *guest, struct surface *surface);

/* Reads what changed: calls changed for each rectangle, within the content, at most WINDOW_RECTS of them. A frame that is wanted
 * when all that was queued is drawn already (the client was interrupted between the two) is the frame under way, or the last. */
typedef void guest_changed(void *context, struct rect r);
void guest_read(struct guest *guest, guest_changed *changed, void *context);

void guest_send(struct guest *guest, const struct window_event *event);

/* Part of the content is in the frame that is now under way. */
void guest_drawn(struct guest *guest);
/* No frame is under way any more: the last is on the screen. True: it is the first of this client. */
bool guest_shown(struct guest *guest);

/* Should the client be rung now? Answers true once for each reason. */
bool guest_rings(struct guest *guest);
