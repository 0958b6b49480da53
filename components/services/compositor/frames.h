/* SPDX-License-Identifier: BSD-2-Clause
 * Frames: when the next frame may be drawn. With a clock (time@1) there is a least time between two, so that a client
 * that floods costs the others no more than that; without one, a frame follows when the last is on the screen. */
#pragma once

#include <interfaces/time/time_client.h>

#include "link.h"

struct frames {
    struct link link;
    struct time_client time;
    uint64_t interval;          /* nanoseconds; 0: none */
    uint64_t next;              /* not before this time */
    bool alarm_set;
};

void frames_start(struct frames *frames, uint64_t interval);
void frames_update(struct frames *frames, seL4_Word bits);
/* May a frame be drawn now? If not, an alarm is set for when it may. */
bool frames_due(struct frames *frames);
/* A frame is drawn now. */
void frames_drawn(struct frames *frames);
