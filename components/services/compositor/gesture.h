/* SPDX-License-Identifier: BSD-2-Clause
 * Gesture: a device's events, put into the desk's terms. Values of any kind may come in; places that come out lie on
 * the screen. */
#pragma once

#include <interfaces/input/input.h>

#include "desk.h"

/* A group of events that is not whole yet. */
struct gesture {
    bool moved;
    int32_t x, y;               /* the last place, in the device's units */
    struct input_range range_x, range_y;
};

/* One event. */
void gesture_event(struct gesture *gesture, const struct input_event *event, struct desk *desk);
