/* SPDX-License-Identifier: BSD-2-Clause
 * Gesture: what a device says, in the screen's terms. */
#include <test.h>

#include "gesture.h"

static struct desk desk;
static struct gesture tablet = {.range_x = {0, 32767}, .range_y = {0, 32767}};

static void ignore(void *context, unsigned pane, const struct window_event *event)
{
    (void)context;
    (void)pane;
    (void)event;
}

static void start(void)
{
    desk_start(&desk, (struct rect){0, 0, 1024, 768}, (struct desk_sink){ignore, NULL});
}

static void say(struct gesture *gesture, uint16_t type, uint16_t code, int32_t value)
{
    gesture_event(gesture, &(struct input_event){type, code, value}, &desk);
}

TEST(a_place_takes_effect_when_its_group_ends)
{
    start();
    say(&tablet, INPUT_ABSOLUTE, INPUT_X, 16384);
    say(&tablet, INPUT_ABSOLUTE, INPUT_Y, 32767);
    CHECK(desk.y == 384);
    say(&tablet, INPUT_SYN, INPUT_SYN_REPORT, 0);
    CHECK(desk.x == 512 && desk.y == 767);
}

TEST(a_button_is_pressed_where_the_same_group_puts_the_pointer)
{
    start();
    say(&tablet, INPUT_ABSOLUTE, INPUT_X, 0);
    say(&tablet, INPUT_ABSOLUTE, INPUT_Y, 0);
    say(&tablet, INPUT_KEY, INPUT_BUTTON_LEFT, INPUT_PRESSED);
    CHECK(desk.x == 0 && desk.y == 0 && desk.buttons == 1);
}

TEST(no_place_lies_outside_of_the_screen)
{
    start();
    say(&tablet, INPUT_ABSOLUTE, INPUT_X, INT32_MAX);
    say(&tablet, INPUT_ABSOLUTE, INPUT_Y, INT32_MIN);
    say(&tablet, INPUT_SYN, 0, 0);
    CHECK(desk.x == 1023 && desk.y == 0);
}

TEST(a_device_without_a_range_moves_nothing)
{
    struct gesture keyboard = {0};

    start();
    say(&keyboard, INPUT_ABSOLUTE, INPUT_X, 7);
    say(&keyboard, INPUT_SYN, 0, 0);
    CHECK(desk.x == 512 && desk.y == 384);
}
