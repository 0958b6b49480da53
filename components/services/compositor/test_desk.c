/* SPDX-License-Identifier: BSD-2-Clause
 * Desk: who gets what, and what has to be drawn for it. */
#include <stdio.h>

#include <test.h>

#include <interfaces/input/input.h>

#include "desk.h"
#include "layout.h"
#include "pointer.h"

static const struct rect screen = {0, 0, 640, 480};
static struct desk desk;
static uint32_t surface[64 * 64];

static struct {
    unsigned count;
    unsigned pane[64];
    struct window_event event[64];
} sent;

static void record(void *context, unsigned pane, const struct window_event *event)
{
    (void)context;
    if (sent.count < 64) {
        sent.pane[sent.count] = pane;
        sent.event[sent.count++] = *event;
    }
}

static bool was_sent(unsigned i, unsigned pane, enum window_event_type type, int32_t value)
{
    return i < sent.count && sent.pane[i] == pane && sent.event[i].type == type && sent.event[i].value == value;
}

static void forget(void)
{
    desk.damage = (struct region){0};
    sent.count = 0;
}

/* A window of 64 x 64 with its content there. */
static void window(unsigned pane, uint32_t label, int32_t x, int32_t y)
{
    struct pane *p = &desk.stack.panes[pane];

    p->label = label;
    p->x = x;
    p->y = y;
    p->placed = true;
    desk_open(&desk, pane, (struct surface){64, 64, 64, surface});
}

/* 0 at 100,100; 1 at 130,120, over it. */
static void two_windows(void)
{
    desk_start(&desk, screen, (struct desk_sink){record, NULL});
    window(0, 10, 100, 100);
    window(1, 11, 130, 120);
    forget();
}

static void click(int32_t x, int32_t y)
{
    desk_pointer(&desk, x, y);
    desk_button(&desk, INPUT_BUTTON_LEFT, true);
    desk_button(&desk, INPUT_BUTTON_LEFT, false);
}

static bool damaged(int32_t x, int32_t y)
{
    for (unsigned i = 0; i < desk.damage.count; i++)
        if (rect_holds(desk.damage.rects[i], x, y))
            return true;
    return false;
}

TEST(untouched_windows_lie_in_the_order_of_their_labels_whichever_comes_first)
{
    desk_start(&desk, screen, (struct desk_sink){record, NULL});
    window(2, 12, 0, 50);
    window(0, 10, 0, 50);
    window(1, 11, 0, 50);
    CHECK(desk.stack.order[0] == 2 && desk.stack.order[1] == 1 && desk.stack.order[2] == 0);
    CHECK(desk.focus == 2);
}

TEST(a_window_that_opens_after_a_click_comes_on_top_and_takes_no_focus)
{
    two_windows();
    click(105, 105);
    window(2, 5, 300, 300);
    CHECK(desk.stack.order[0] == 2 && desk.focus == 0);
}

TEST(a_click_raises_focuses_and_reaches_the_window_under_it)
{
    two_windows();
    click(105, 110);
    CHECK(desk.focus == 0 && desk.stack.order[0] == 0);
    CHECK(was_sent(0, 0, WINDOW_MOVE, 0));
    CHECK(was_sent(1, 1, WINDOW_FOCUS, 0) && was_sent(2, 0, WINDOW_FOCUS, 1));
    CHECK(was_sent(3, 0, WINDOW_BUTTON, 1) && sent.event[3].x == 5 && sent.event[3].y == 10);
    CHECK(was_sent(4, 0, WINDOW_BUTTON, 0) && sent.count == 5);
}

TEST(keys_go_to_the_window_with_the_focus_alone)
{
    two_windows();
    desk_key(&desk, 30, 1);
    CHECK(sent.count == 1 && was_sent(0, 1, WINDOW_KEY, 1) && sent.event[0].code == 30);
}

TEST(the_buttons_release_goes_where_its_press_went)
{
    two_windows();
    desk_pointer(&desk, 105, 110);
    desk_button(&desk, INPUT_BUTTON_LEFT, true);
    forget();
    desk_pointer(&desk, 150, 150);
    CHECK(was_sent(0, 0, WINDOW_MOVE, 0) && sent.event[0].x == 50);
    desk_pointer(&desk, 600, 400);
    CHECK(was_sent(1, 0, WINDOW_MOVE, 0) && sent.event[1].x == 500);
    desk_button(&desk, INPUT_BUTTON_LEFT, false);
    CHECK(was_sent(2, 0, WINDOW_BUTTON, 0) && sent.count == 3);
}

TEST(a_title_bar_drags_its_window_and_the_client_hears_nothing_of_it)
{
    two_windows();
    desk_pointer(&desk, 105, 90);
    forget();
    desk_button(&desk, INPUT_BUTTON_LEFT, true);
    CHECK(sent.count == 2 && was_sent(0, 1, WINDOW_FOCUS, 0));
    desk_pointer(&desk, 305, 190);
    desk_button(&desk, INPUT_BUTTON_LEFT, false);
    CHECK(desk.stack.panes[0].x == 300 && desk.stack.panes[0].y == 200 && sent.count == 2);
    CHECK(damaged(101, 101) && damaged(301, 201) && !damaged(250, 101) && !damaged(10, 10));
    desk_pointer(&desk, 400, 300);
    CHECK(desk.stack.panes[0].x == 300);
}

TEST(a_window_can_always_be_held_again)
{
    two_windows();
    desk_pointer(&desk, 105, 90);
    desk_button(&desk, INPUT_BUTTON_LEFT, true);
    desk_pointer(&desk, 639, 479);
    desk_pointer(&desk, 0, 0);
    desk_pointer(&desk, -5000, 9000);
    desk_button(&desk, INPUT_BUTTON_LEFT, false);
    CHECK(rect_width(rect_common(pane_title(&desk.stack.panes[0]), screen)) >= LAYOUT_HOLD);
    CHECK(rect_height(rect_common(pane_title(&desk.stack.panes[0]), screen)) == PANE_TITLE);
}

TEST(what_a_client_changes_is_damaged_where_nothing_covers_it)
{
    two_windows();
    desk_changed(&desk, 0, (struct rect){0, 0, 64, 64});
    CHECK(damaged(100, 100) && damaged(128, 163) && !damaged(130, 120) && !damaged(99, 100) && !damaged(164, 100));
    forget();
    desk_changed(&desk, 1, (struct rect){0, 0, 64, 64});
    CHECK(desk.damage.count == 1 && damaged(130, 120));
    forget();
    desk_changed(&desk, 5, (struct rect){0, 0, 64, 64});
    CHECK(region_empty(&desk.damage));
}

TEST(the_pointer_damages_what_it_leaves_and_where_it_comes)
{
    two_windows();
    desk_pointer(&desk, 20, 30);
    forget();
    desk_pointer(&desk, 400, 300);
    CHECK(damaged(20, 30) && damaged(400, 300) && !damaged(200, 200));
    CHECK(damaged(20 + POINTER_WIDTH - 1, 30 + POINTER_HEIGHT - 1) && !damaged(20 + POINTER_WIDTH, 30));
    forget();
    desk_pointer(&desk, 400, 300);
    CHECK(region_empty(&desk.damage));
}

TEST(a_window_whose_client_left_is_marked_until_it_is_clicked)
{
    two_windows();
    desk_gone(&desk, 1);
    CHECK(desk.stack.panes[1].state == PANE_GONE && desk.stack.count == 2 && desk.focus == 0);
    CHECK(damaged(131, 121) && damaged(131, 100));
    click(140, 130);
    CHECK(desk.stack.count == 1 && desk.stack.panes[1].state == PANE_ABSENT && desk.focus == 0);
}

TEST(a_client_that_comes_back_has_its_place_again)
{
    two_windows();
    desk_gone(&desk, 0);
    forget();
    desk_open(&desk, 0, (struct surface){80, 70, 80, surface});
    CHECK(desk.stack.order[1] == 0 && desk.stack.panes[0].x == 100 && desk.stack.panes[0].surface.width == 80);
    CHECK(damaged(100, 100));
}

TEST(a_client_that_leaves_while_it_is_held_is_forgotten)
{
    two_windows();
    desk_pointer(&desk, 140, 130);
    desk_button(&desk, INPUT_BUTTON_LEFT, true);
    desk_gone(&desk, 1);
    forget();
    desk_pointer(&desk, 141, 131);
    desk_button(&desk, INPUT_BUTTON_LEFT, false);
    CHECK(sent.count == 0 && desk.grab == STACK_NONE);
}

TEST(what_was_not_heard_releases_all)
{
    two_windows();
    desk_pointer(&desk, 140, 130);
    desk_button(&desk, INPUT_BUTTON_LEFT, true);
    forget();
    desk_release_buttons(&desk);
    desk_release_keys(&desk);
    CHECK(was_sent(0, 1, WINDOW_BUTTON, 0) && was_sent(1, 1, WINDOW_FOCUS, 0) && was_sent(2, 1, WINDOW_FOCUS, 1));
    CHECK(desk.buttons == 0);
}

TEST(places_are_two_numbers)
{
    int32_t x, y;

    CHECK(layout_parse("40,-7", &x, &y) && x == 40 && y == -7);
    CHECK(!layout_parse("", &x, &y) && !layout_parse("4", &x, &y) && !layout_parse("4,", &x, &y));
    CHECK(!layout_parse("4,5x", &x, &y) && !layout_parse("99999999999,1", &x, &y));
}
