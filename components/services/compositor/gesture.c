/* SPDX-License-Identifier: BSD-2-Clause
 * Gesture: see gesture.h. */
#include "gesture.h"

static int32_t scaled(int32_t value, struct input_range range, int32_t from, int32_t to)
{
    int64_t length = (int64_t)range.greatest - range.least + 1;

    return from + (int32_t)(((int64_t)value - range.least) * (to - from) / length);
}

/* Moves take effect when a group ends, or before a button in it: then the button is where the pointer is. */
static void move(struct gesture *gesture, struct desk *desk)
{
    if (!gesture->moved)
        return;
    gesture->moved = false;
    desk_pointer(desk, scaled(gesture->x, gesture->range_x, desk->screen.x0, desk->screen.x1),
                 scaled(gesture->y, gesture->range_y, desk->screen.y0, desk->screen.y1));
}

static int32_t clamped(int32_t value, struct input_range range)
{
    return value < range.least ? range.least : value > range.greatest ? range.greatest : value;
}

static void absolute(struct gesture *gesture, const struct input_event *event)
{
    if (event->code == INPUT_X)
        gesture->x = clamped(event->value, gesture->range_x);
    else if (event->code == INPUT_Y)
        gesture->y = clamped(event->value, gesture->range_y);
    gesture->moved = true;
}

void gesture_event(struct gesture *gesture, const struct input_event *event, struct desk *desk)
{
    switch (event->type) {
    case INPUT_ABSOLUTE:
        if (gesture->range_x.least < gesture->range_x.greatest && gesture->range_y.least < gesture->range_y.greatest)
            absolute(gesture, event);
        break;
    case INPUT_KEY:
        if (event->code >= INPUT_BUTTON_LEFT && event->code < INPUT_BUTTON_LEFT + 8) {
            move(gesture, desk);
            desk_button(desk, event->code, event->value != INPUT_RELEASED);
        } else if (event->value >= INPUT_RELEASED && event->value <= INPUT_REPEATED) {
            desk_key(desk, event->code, event->value);
        }
        break;
    case INPUT_SYN:
        move(gesture, desk);
        break;
    default:
        break;
    }
}
