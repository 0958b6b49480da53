/* SPDX-License-Identifier: BSD-2-Clause
 * Canvas: what is drawn, and that nothing is drawn beside it. */
#include <string.h>

#include <test.h>

#include <lib/draw/canvas.h>
#include <lib/draw/colour.h>

enum { SIDE = 32, NOTHING = 0x123456 };

static uint32_t pixels[SIDE * SIDE];

static struct canvas blank(void)
{
    for (int i = 0; i < SIDE * SIDE; i++)
        pixels[i] = NOTHING;
    return canvas_of(pixels, SIDE, SIDE, SIDE);
}

static bool only_within(struct rect r)
{
    for (int32_t y = 0; y < SIDE; y++)
        for (int32_t x = 0; x < SIDE; x++)
            if (!rect_holds(r, x, y) && pixels[y * SIDE + x] != NOTHING)
                return false;
    return true;
}

TEST(a_rectangle_is_filled_at_every_alignment)
{
    for (int32_t x0 = 0; x0 < 9; x0++)
        for (int32_t width = 1; width < 12; width++) {
            struct canvas canvas = blank();
            struct rect r = rect_at(x0, 3, width, 2);

            canvas_fill(&canvas, r, 7);
            CHECK(only_within(r));
            for (int32_t x = r.x0; x < r.x1; x++)
                CHECK(pixels[3 * SIDE + x] == 7 && pixels[4 * SIDE + x] == 7);
        }
}

TEST(nothing_is_drawn_outside_of_the_clip)
{
    struct canvas whole = blank();
    struct rect clip = {5, 6, 21, 19}, far = {-1000, -1000, 1000, 1000};
    struct canvas canvas = canvas_clipped(&whole, clip);
    static uint32_t from[SIDE * SIDE];

    canvas_fill(&canvas, far, 1);
    canvas_gradient(&canvas, far, far, 0, 0xffffff);
    canvas_copy(&canvas, (struct rect){0, 0, SIDE, SIDE}, from, SIDE, 0, 0);
    canvas_line(&canvas, -50, -50, 90, 90, 9, 2);
    canvas_ring(&canvas, 16, 16, 10, 14, 3);
    canvas_blend(&canvas, 4, 6, 5, 255);
    CHECK(only_within(clip));
}

TEST(an_empty_clip_takes_nothing)
{
    struct canvas whole = blank();
    struct canvas canvas = canvas_clipped(&whole, (struct rect){20, 20, 4, 4});
    static uint32_t from[SIDE * SIDE];

    canvas_fill(&canvas, whole.clip, 1);
    canvas_gradient(&canvas, whole.clip, whole.clip, 0, 0xffffff);
    canvas_copy(&canvas, whole.clip, from, SIDE, 0, 0);
    canvas_line(&canvas, 0, 0, 31, 31, 9, 2);
    CHECK(only_within((struct rect){0}));
}

TEST(a_copy_brings_the_sources_pixels_to_their_place)
{
    struct canvas canvas = blank();
    uint32_t from[4 * 8];

    for (uint32_t i = 0; i < 32; i++)
        from[i] = i;
    canvas_copy(&canvas, (struct rect){11, 12, 14, 14}, from, 8, 10, 11);
    CHECK(only_within((struct rect){11, 12, 14, 14}));
    CHECK(pixels[12 * SIDE + 11] == 8 + 1 && pixels[13 * SIDE + 13] == 16 + 3);
}

TEST(a_gradient_is_the_same_in_one_piece_and_in_many)
{
    struct canvas canvas = blank();
    uint32_t whole[SIDE * SIDE];
    struct rect all = {0, 0, SIDE, SIDE};

    canvas_gradient(&canvas, all, all, 0x102030, 0xa0b0c0);
    memcpy(whole, pixels, sizeof pixels);
    canvas = blank();
    for (int32_t y = 0; y < SIDE; y += 5)
        for (int32_t x = 0; x < SIDE; x += 7)
            canvas_gradient(&canvas, rect_at(x, y, 7, 5), all, 0x102030, 0xa0b0c0);
    CHECK(memcmp(whole, pixels, sizeof pixels) == 0);
    CHECK((pixels[0] & 0xff) < (pixels[SIDE * SIDE - 1] & 0xff));
}

TEST(mixing_and_adding_stay_within_their_channels)
{
    CHECK(colour_mix(0x112233, 0xffeedd, 0) == 0x112233 && colour_mix(0x112233, 0xffeedd, 256) == 0xffeedd);
    CHECK(colour_mix(0, 0xffffff, 128) == 0x7f7f7f);
    CHECK(colour_add(0x80ff10, 0x900120) == 0xffff30);
}

TEST(what_is_left_of_a_rectangle_covers_it_with_the_hole_once)
{
    struct rect r = {4, 4, 12, 12}, rest[4];

    for (int32_t x0 = 0; x0 < 16; x0 += 3)
        for (int32_t y0 = 0; y0 < 16; y0 += 3) {
            struct rect hole = rect_at(x0, y0, 5, 6);
            unsigned n = rect_without(r, hole, rest);

            for (int32_t y = 0; y < 20; y++)
                for (int32_t x = 0; x < 20; x++) {
                    unsigned times = rect_holds(r, x, y) && rect_holds(hole, x, y);

                    for (unsigned i = 0; i < n; i++)
                        times += rect_holds(rest[i], x, y);
                    CHECK(times == rect_holds(r, x, y));
                }
        }
}
