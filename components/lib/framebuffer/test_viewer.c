/* SPDX-License-Identifier: BSD-2-Clause
 * Viewer: what reaches the screen when, of an honest client and of one that lies. */
#include <test.h>

#include "viewer.h"

enum { WIDTH = 16, HEIGHT = 8, STRIDE = 64 };

static uint32_t surface[WIDTH * HEIGHT], screen[WIDTH * HEIGHT] __attribute__((aligned(8)));
static struct framebuffer_base base;
static struct framebuffer_damage damage;
static const struct scanout scanout = {screen, WIDTH, HEIGHT, STRIDE};
static struct viewer viewer = {.base = &base, .damage = &damage, .surface = surface};
static struct viewer first_version = {.base = &base, .surface = surface};

static void draw(uint32_t pixel)
{
    for (int i = 0; i < WIDTH * HEIGHT; i++)
        surface[i] = pixel;
}

static void client_says(uint16_t x, uint16_t y, uint16_t width, uint16_t height)
{
    damage.rects[damage.written++ % FRAMEBUFFER_RECTS] = (struct framebuffer_rect){x, y, width, height};
}

static unsigned shown_with(uint32_t pixel)
{
    unsigned count = 0;

    for (int i = 0; i < WIDTH * HEIGHT; i++)
        count += screen[i] == pixel;
    return count;
}

TEST(damage_is_shown_and_nothing_else)
{
    draw(7);
    CHECK(!viewer_waiting(&viewer));
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_IDLE);
    client_says(1, 1, 2, 3);
    client_says(10, 0, 1, 1);
    CHECK(viewer_waiting(&viewer));
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_DONE);
    CHECK_EQUAL(shown_with(7), 7);
    CHECK(base.taken == 2 && base.shown == 2);
    CHECK(!viewer_waiting(&viewer));
}

TEST(each_rectangle_is_shown_once)
{
    draw(7);
    client_says(0, 0, 4, 4);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_DONE);
    draw(8);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_IDLE);
    CHECK_EQUAL(shown_with(8), 0);
}

TEST(a_turn_ends_after_a_screenful)
{
    client_says(0, 0, WIDTH, HEIGHT);
    client_says(0, 0, WIDTH, HEIGHT);
    client_says(0, 0, 1, 1);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_MORE);
    CHECK_EQUAL(base.shown, 1);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_MORE);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_DONE);
    CHECK_EQUAL(base.shown, 3);
}

TEST(a_full_ring_of_nothing_is_one_turn)
{
    for (int i = 0; i < FRAMEBUFFER_RECTS; i++)
        client_says(UINT16_MAX, UINT16_MAX, UINT16_MAX, UINT16_MAX);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_DONE);
    CHECK_EQUAL(base.shown, FRAMEBUFFER_RECTS);
}

TEST(counters_of_damage_wrap_round)
{
    viewer.shown = damage.written = UINT32_MAX;
    draw(9);
    client_says(0, 0, 1, 1);
    client_says(1, 0, 1, 1);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_DONE);
    CHECK_EQUAL(base.shown, 1);
    CHECK_EQUAL(shown_with(9), 2);
}

TEST(a_damage_counter_that_cannot_be_true_shows_nothing)
{
    draw(7);
    damage.rects[0] = (struct framebuffer_rect){0, 0, WIDTH, HEIGHT};
    damage.written = FRAMEBUFFER_RECTS + 1;
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_BROKEN);
    CHECK_EQUAL(shown_with(7), 0);
    client_says(0, 0, 1, 1);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_DONE);
    CHECK_EQUAL(shown_with(7), 1);
}

TEST(what_the_driver_published_is_not_what_it_believes)
{
    draw(7);
    base.taken = base.shown = 1000;
    client_says(0, 0, 1, 1);
    CHECK(viewer_take_turn(&viewer, &scanout) == VIEWER_DONE);
    CHECK(base.taken == 1 && base.shown == 1);
}

TEST(version_1_shows_everything_when_rung_and_only_then)
{
    draw(7);
    CHECK(viewer_take_turn(&first_version, &scanout) == VIEWER_IDLE);
    first_version.rung = true;
    CHECK(viewer_waiting(&first_version));
    CHECK(viewer_take_turn(&first_version, &scanout) == VIEWER_DONE);
    CHECK_EQUAL(shown_with(7), WIDTH * HEIGHT);
    CHECK_EQUAL(base.shown, 1);
    CHECK(viewer_wants_bell(&first_version));
    CHECK(viewer_take_turn(&first_version, &scanout) == VIEWER_IDLE);
}

TEST(a_viewer_that_left_is_idle)
{
    struct viewer gone = {0};

    CHECK(!viewer_waiting(&gone));
    CHECK(viewer_take_turn(&gone, &scanout) == VIEWER_IDLE);
    viewer_want_bell(&gone, true);
}

TEST(bells_are_asked_for_through_the_pages)
{
    viewer_want_bell(&viewer, true);
    CHECK(base.bell_wanted == 1);
    viewer_want_bell(&viewer, false);
    CHECK(base.bell_wanted == 0);
    CHECK(!viewer_wants_bell(&viewer));
    damage.bell_wanted = 1;
    CHECK(viewer_wants_bell(&viewer));
}
