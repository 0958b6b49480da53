/* SPDX-License-Identifier: BSD-2-Clause
 * Text: the same pixels for the same text, whatever was drawn before. */
#include <string.h>

#include <test.h>

#include <lib/text/text.h>

enum { WIDTH = 200, HEIGHT = 40 };

static uint32_t first[WIDTH * HEIGHT], second[WIDTH * HEIGHT];

static void draw(uint32_t *pixels, const char *text, int32_t size)
{
    struct canvas canvas = canvas_of(pixels, WIDTH, HEIGHT, WIDTH);

    memset(pixels, 0, sizeof first);
    text_draw(&canvas, 3, 30, text, size, 0xffffff);
}

TEST(text_draws_the_same_whatever_came_before)
{
    char all[96] = {0};

    CHECK(text_start());
    draw(first, "Compositor 12:34", 17);
    for (int32_t size = 8; size < 60; size++) {
        for (char c = ' '; c <= '~'; c++)
            all[c - ' '] = c;
        draw(second, all, size);
    }
    draw(second, "Compositor 12:34", 17);
    CHECK(memcmp(first, second, sizeof first) == 0);
}

TEST(text_leaves_ink_within_its_width)
{
    bool ink = false;
    int32_t end;

    CHECK(text_start());
    draw(first, "Hm", 20);
    end = 3 + text_width("Hm", 20);
    for (int32_t y = 0; y < HEIGHT; y++)
        for (int32_t x = 0; x < WIDTH; x++) {
            ink = ink || first[y * WIDTH + x];
            CHECK((x >= 3 && x <= end) || !first[y * WIDTH + x]);
        }
    CHECK(ink && text_width("Hmm", 20) > text_width("Hm", 20) && text_width("", 20) == 0);
}

TEST(what_is_no_printable_character_shows_as_a_question_mark)
{
    CHECK(text_start());
    draw(first, "a\x01\xff", 20);
    draw(second, "a??", 20);
    CHECK(memcmp(first, second, sizeof first) == 0);
}
